"""Sensitive reads and managed policies: the reviewed lists and what falls outside them."""

from __future__ import annotations

import pytest

from nhilint.knowledge.aws import (
    ADMIN_MANAGED_POLICIES,
    Level,
    SensitiveRead,
    is_sensitive_read,
    managed_policy_level,
    sensitive_reads,
)
from nhilint.knowledge.aws.managed_policy import _levels, is_managed_policy_name
from nhilint.knowledge.aws.sensitive_read import _DATA


@pytest.mark.parametrize(
    "action",
    [
        "secretsmanager:GetSecretValue",
        "SSM:getparametersbypath",
        "s3:GetObject",
        "kms:Decrypt",
        "dynamodb:Scan",
        "bedrock-agentcore:GetResourceOauth2Token",
        "sqs:ReceiveMessage",
    ],
)
def test_sensitive(action):
    assert is_sensitive_read(action)


@pytest.mark.parametrize(
    "action",
    [
        "s3:ListBucket",
        "s3:PutObject",
        "kms:DescribeKey",
        "secretsmanager:DescribeSecret",
        "ec2:DescribeInstances",
        "s3:*",
    ],
)
def test_not_sensitive(action):
    assert not is_sensitive_read(action)


def test_the_list_is_short_disjoint_and_wholly_known():
    sets = [sensitive_reads(kind) for kind in SensitiveRead]
    listed = [line for line in _DATA.read_text("ascii").splitlines() if ":" in line and not line.startswith("#")]
    assert sorted(action for each in sets for action in each) == sorted(listed)
    assert len(sets[0] | sets[1] | sets[2]) == len(listed) < 120
    assert not any(Level.TAGGING in each.levels() for each in sets)


@pytest.mark.parametrize(
    ("arn", "level"),
    [
        ("arn:aws:iam::aws:policy/AdministratorAccess", "admin"),
        ("arn:aws-cn:iam::aws:policy/AdministratorAccess", "admin"),
        ("arn:aws:iam::aws:policy/PowerUserAccess", "power"),
        ("arn:aws:iam::aws:policy/IAMFullAccess", "iam"),
        ("arn:aws:iam::aws:policy/AmazonS3FullAccess", "power"),
        ("arn:aws:iam::aws:policy/BedrockAgentCoreFullAccess", "power"),
        ("arn:aws:iam::aws:policy/job-function/SystemAdministrator", "power"),
        ("arn:aws:iam::aws:policy/ReadOnlyAccess", "read"),
        ("arn:aws:iam::aws:policy/job-function/ViewOnlyAccess", "read"),
        ("arn:aws:iam::aws:policy/SecurityAudit", "read"),
        ("arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole", None),
        ("arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore", None),
        ("arn:aws:iam::aws:policy/TranslateFullAccess", None),
        ("arn:aws:iam::aws:policy/SomethingNewFullAccess", "power"),
        ("arn:aws:iam::aws:policy/SomethingNewReadOnlyAccess", "read"),
        ("arn:aws:iam::aws:policy/SomethingNew", None),
        ("arn:aws:iam::123456789012:policy/AdministratorAccess", None),
        ("arn:aws:iam::aws:role/AdministratorAccess", None),
        ("AdministratorAccess", "admin"),
        ("service-role/AWSGlueServiceRole", "power"),
        ("", None),
        ("arn:aws:iam::${account}:policy/AdministratorAccess", None),
    ],
)
def test_managed_policy(arn, level):
    assert managed_policy_level(arn) == level


def test_the_admin_names_are_those_of_the_table():
    assert {name for name, level in _levels().items() if level == "admin"} == ADMIN_MANAGED_POLICIES


def test_policies_that_can_raise_privileges():
    assert {name for name, level in _levels().items() if level == "iam"} == {
        "AWSSSOMasterAccountAdministrator",
        "AWSSSOMemberAccountAdministrator",
        "AdministratorAccess-Amplify",
        "IAMFullAccess",
    }


def test_a_managed_policy_is_known_by_its_exact_name() -> None:
    assert is_managed_policy_name("AmazonVPCFullAccess")
    assert not is_managed_policy_name("AmazonVPCFullAcces")
    assert not is_managed_policy_name("")
