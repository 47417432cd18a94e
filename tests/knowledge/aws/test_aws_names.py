"""Condition keys, service principals and suggestions for misspelt names."""

from __future__ import annotations

import pytest

from nhilint.knowledge.aws import (
    condition_keys,
    is_known_condition_key,
    is_known_service,
    is_service_principal,
    look_up,
    nearest_action,
    nearest_service,
)
from nhilint.knowledge.aws.condition_key import global_condition_keys
from nhilint.knowledge.aws.spelling import _PERMITTED_BY, _WRITTEN_FOR


@pytest.mark.parametrize(
    ("key", "known"),
    [
        ("aws:PrincipalOrgID", True),
        ("AWS:SOURCEIP", True),
        ("aws:ViaAWSMCPService", True),
        ("aws:ResourceTag/team", True),
        ("aws:ResourceTag/", False),
        ("aws:ResourceTags/team", False),
        ("aws:PrincipalOrgIDs", False),
        ("ec2:ResourceTag/team", True),
        ("s3:ExistingObjectTag/class", True),
        ("secretsmanager:ResourceTag/team", True),
        ("iam:PassedToService", True),
        ("kms:EncryptionContext:tenant", True),
        ("lambda:SourceFunctionArn", True),
        ("codebuild:ProjectArn", True),
        ("made-up:Key", False),
        ("NoColon", False),
        ("token.actions.githubusercontent.com:sub", True),
        ("token.actions.githubusercontent.com:job_workflow_ref", True),
        ("oidc.eks.eu-west-1.amazonaws.com/id/0A1B:sub", True),
        ("gitlab.example.org:project_path", None),
        ("aws:RequestTag/${var.tag}", None),
        ("${local.issuer}:sub", None),
        ("{{ issuer }}:sub", None),
    ],
)
def test_condition_key(key, known):
    assert is_known_condition_key(key) is known


def test_the_keys_of_a_service_are_in_official_case():
    assert {"s3:prefix", "s3:ResourceAccount"} <= condition_keys("S3")
    assert condition_keys("nosuch") == frozenset()


def test_global_keys_cover_principal_session_network_resource_and_request():
    assert {
        "aws:PrincipalTag/${TagKey}",
        "aws:SourceIdentity",
        "aws:SourceVpce",
        "aws:ResourceOrgID",
        "aws:CalledVia",
    } <= global_condition_keys()


@pytest.mark.parametrize(
    "text",
    [
        "ec2.amazonaws.com",
        "bedrock-agentcore.amazonaws.com",
        "delivery.logs.amazonaws.com",
        "states.eu-west-1.amazonaws.com",
        "ec2.amazonaws.com.cn",
        "lambda.amazonaws.eu",
        "Lambda.AmazonAWS.com",
        "alexa-appkit.amazon.com",
    ],
)
def test_service_principals(text):
    assert is_service_principal(text)


@pytest.mark.parametrize(
    "text",
    [
        "*",
        "*.amazonaws.com",
        "amazonaws.com",
        ".amazonaws.com",
        "evil.com",
        "amazonaws.com.evil.com",
        "ec2.amazonaws.com.evil.com",
        "evilamazonaws.com",
        "https://sts.amazonaws.com",
        "oidc.eks.eu-west-1.amazonaws.com/id/0A1B",
        "cognito-identity.amazonaws.com",
        "www.amazon.com",
        "${service}.amazonaws.com",
        "arn:aws:iam::123456789012:root",
        "",
    ],
)
def test_no_service_principals(text):
    assert not is_service_principal(text)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("lamda", "lambda"), ("dynamo", "dynamodb"), ("stepfunctions", "states"), ("S3", "s3"), ("zzzz", None)],
)
def test_nearest_service(written, meant):
    assert nearest_service(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("iam:PasRole", "iam:PassRole"),
        ("IAM:passrole", "iam:PassRole"),
        ("secretmanager:GetSecretValue", "secretsmanager:GetSecretValue"),
        ("stepfunctions:StartExecution", "states:StartExecution"),
        ("s3:ListBuckets", "s3:ListAllMyBuckets"),
        ("s3:HeadObject", "s3:GetObject"),
        ("lambda:Invoke", "lambda:InvokeFunction"),
        ("s3:Get*", None),
        ("s3:Xyzzy", None),
        ("zzzz:GetObject", None),
        ("s3", None),
    ],
)
def test_nearest_action(written, meant):
    assert nearest_action(written) == meant


def test_every_listed_correction_leads_to_something_real_from_something_unknown():
    for written, prefix in _WRITTEN_FOR.items():
        assert not is_known_service(written)
        assert is_known_service(prefix)
    for operation, action in _PERMITTED_BY.items():
        assert look_up(operation) is None
        assert look_up(f"{operation.partition(':')[0]}:{action}") is not None
