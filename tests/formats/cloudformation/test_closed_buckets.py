"""What a bucket's own block on public access makes of a policy that admits everybody."""

from __future__ import annotations

import pytest

import nhilint

TEMPLATE = """
Resources:
  Open: {Type: AWS::S3::Bucket}
  Drop:
    Type: AWS::S3::Bucket
    Properties: {PublicAccessBlockConfiguration: BLOCK}
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: BUCKET
      PolicyDocument: {Statement: [{Effect: Allow, Principal: "*", Action: "s3:PutObject", Resource: "*"}]}
"""


@pytest.mark.parametrize(
    ("block", "bucket", "told"),
    [
        ("{RestrictPublicBuckets: true}", "!Ref Drop", False),
        ("{BlockPublicPolicy: 'true'}", "{Ref: Drop}", False),
        ("{RestrictPublicBuckets: true}", "!Ref Open", True),
        ("{RestrictPublicBuckets: true}", "drop", True),
        ("{RestrictPublicBuckets: false, BlockPublicAcls: true}", "!Ref Drop", True),
        ("[true]", "!Ref Drop", True),
    ],
)
def test_a_block_on_public_access_closes_its_bucket(tmp_path, block, bucket, told):
    (tmp_path / "template.yaml").write_text(TEMPLATE.replace("BLOCK", block).replace("BUCKET", bucket))
    found = [one.check for one in nhilint.scan(tmp_path).findings]
    assert ("public-resource-policy" in found) is told
