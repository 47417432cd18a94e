"""Which actions are decided on which resources, and what is left open where a text is not filled in."""

from __future__ import annotations

import pytest

from nhilint.knowledge import aws


@pytest.mark.parametrize(
    ("word", "resource", "fitting"),
    [
        ("s3:GetObject", "arn:aws:s3:::ledger", False),
        ("s3:GetObject", "arn:aws:s3:::ledger/*", True),
        ("s3:GetObject", "arn:aws:s3:::ledger*", True),
        ("s3:ListBucket", "arn:aws:s3:::ledger", True),
        ("s3:ListBucket", "arn:aws:s3:::ledger/*", False),
        ("s3:ListBucket", "arn:aws:s3:::${bucket}/*", False),
        ("s3:GetObject", "arn:aws:s3:::${bucket}", True),
        ("s3:*", "arn:aws:s3:::ledger", True),
        ("S3:getobject", "arn:aws:s3:::ledger/a/b", True),
        ("logs:PutLogEvents", "arn:aws:logs:*:*:log-group:/app", False),
        ("logs:PutLogEvents", "arn:aws:logs:*:*:log-group:/app:*", True),
        ("logs:CreateLogGroup", "arn:aws:logs:*:*:/app/*", True),
        ("logs:CreateLogGroup", "arn:aws:logs:${region}:${account}:/app/*", False),
        ("logs:CreateLogGroup", "arn:aws:logs:eu-west-1:111122223333:/app/*", False),
        ("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:*:*:app!*", True),
        ("iam:DeleteRole", "arn:aws:iam::*:user/ci", False),
        ("kms:Decrypt", "arn:aws:kms:eu-west-1:111122223333:alias/app", False),
        ("dynamodb:GetItem", "arn:aws:s3:::ledger", False),
        ("nosuch:Thing", "arn:aws:s3:::ledger", True),
        ("s3:GetObject", "*", True),
        ("s3:GetObject", "${anything}/x", True),
        ("s3:GetObject", "arn:aws:*:::ledger", True),
    ],
)
def test_an_action_meets_a_resource(word, resource, fitting):
    assert aws.fits(word, resource) is fitting


def test_forms_of_actions_and_types():
    assert aws.forms_of("s3:ListAllMyBuckets") == ()
    assert aws.forms_of("s3:Nonsense") is None
    form = aws.form_of_type("ECR", "repository")
    assert form is not None
    assert form.resource == "repository/*"
    assert aws.form_of_type("ecr", "galaxy") is None


def test_types_and_senders_of_condition_keys():
    assert aws.type_of_key("aws:TagKeys") == "ArrayOfString"
    assert aws.type_of_key("aws:PrincipalTag/team") == "String"
    assert aws.is_sent("aws:SourceIp", frozenset({"sqs"}))
    assert aws.is_sent("s3:prefix", frozenset({"s3"}))
    assert not aws.is_sent("s3:prefix", frozenset({"sqs"}))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("iam:PermissionBoundary", "iam:PermissionsBoundary"),
        ("aws:PrincipalOrgsID", "aws:PrincipalOrgID"),
        ("aws:Wholly/Different", None),
        ("nonsense", None),
    ],
)
def test_a_key_that_was_probably_meant(written, meant):
    assert aws.nearest_key(written) == meant
