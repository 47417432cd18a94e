"""What a block on public access makes of a policy that admits everybody."""

from __future__ import annotations

import pytest

import nhilint

POLICY = """
resource "aws_s3_bucket" "b" {}
resource "aws_s3_bucket" "other" {}
resource "aws_s3_bucket_policy" "b" {
  bucket = TARGET
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:PutObject", Resource = "*" }] })
}
"""
OF_BUCKET = 'resource "aws_s3_bucket_public_access_block" "b" {{\n  bucket = {}\n  {}\n}}\n'
OF_ACCOUNT = 'resource "aws_s3_account_public_access_block" "all" {{\n  {}\n}}\n'
BUCKET = "aws_s3_bucket.b.id"
RESTRICTED = "restrict_public_buckets = true"


@pytest.mark.parametrize(
    ("target", "beside", "told"),
    [
        (BUCKET, "", True),
        (BUCKET, OF_BUCKET.format(BUCKET, RESTRICTED), False),
        (
            BUCKET,
            OF_BUCKET.format(BUCKET, "block_public_policy = var.closed") + 'variable "closed" { default = true }',
            False,
        ),
        (BUCKET, OF_BUCKET.format(BUCKET, "block_public_policy = var.closed") + 'variable "closed" {}', True),
        (BUCKET, OF_BUCKET.format(BUCKET, "restrict_public_buckets = false"), True),
        (BUCKET, OF_BUCKET.format(BUCKET, "block_public_acls = true"), True),
        (BUCKET, OF_BUCKET.format(BUCKET, f"{RESTRICTED}\n  count = var.n"), True),
        (BUCKET, OF_BUCKET.format("aws_s3_bucket.other.id", RESTRICTED), True),
        ("aws_s3_bucket_public_access_block.b.bucket", OF_BUCKET.format(BUCKET, RESTRICTED), False),
        (BUCKET, OF_ACCOUNT.format(RESTRICTED), False),
        (BUCKET, OF_ACCOUNT.format(f'{RESTRICTED}\n  account_id = "111122223333"'), True),
    ],
)
def test_a_block_on_public_access_closes_its_bucket(tmp_path, target, beside, told):
    (tmp_path / "main.tf").write_text(POLICY.replace("TARGET", target) + beside)
    found = [one.check for one in nhilint.scan(tmp_path).findings]
    assert ("public-resource-policy" in found) is told
