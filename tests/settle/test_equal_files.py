"""A policy of the same bytes under the same name in several folders is told once."""

from __future__ import annotations

import pytest

from nhilint.api import scan

POLICY = """{
  "Version": "2012-10-17",
  "Statement": [{"Sid": "Keys", "Effect": "Allow", "Action": "kms:*", "Resource": "*"}]
}
"""


TEMPLATE = """
Resources:
  Work:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: lambda.amazonaws.com}}]
      Policies: [{PolicyName: keys, PolicyDocument: {Statement: [{Effect: Allow, Action: "kms:*", Resource: "*"}]}}]
"""


@pytest.mark.parametrize(
    ("other", "content", "told"),
    [
        ("stack/orders.yaml", TEMPLATE, 1),
        ("stack/orders.yaml", TEMPLATE + "# for another account\n", 2),
        ("other/template.yaml", TEMPLATE, 1),
        ("other/template.yaml", TEMPLATE + "# for another account\n", 2),
        ("other/orders.yaml", TEMPLATE, 2),
    ],
)
def test_copies_of_one_template(tmp_path, other, content, told):
    for path, text in (("stack/template.yaml", TEMPLATE), (other, content)):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    assert len(scan(tmp_path, select=["whole-service-wildcard"]).findings) == told


@pytest.mark.parametrize(
    ("other", "content", "told"),
    [
        ("new/keys.json", POLICY, 1),
        ("new/keys.json", POLICY.replace("Keys", "Others"), 2),
        ("new/other.json", POLICY, 2),
    ],
)
def test_copies_of_one_policy(tmp_path, other, content, told):
    for path, text in (("old/keys.json", POLICY), (other, content)):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    found = scan(tmp_path, select=["whole-service-wildcard"]).findings
    assert len(found) == told
    assert [note.place.path for one in found for note in one.related if "same" in note.message] == (
        ["old/keys.json"] if told == 1 else []
    )
