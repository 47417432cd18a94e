"""ARNs: their parts, their accounts, and which pattern covers which."""

from __future__ import annotations

import pytest

from nhilint.knowledge.aws import Arn, account_of, arn_matches, parse_arn

ACCOUNT = "123456789012"


def test_the_resource_keeps_its_colons():
    text = f"arn:aws-cn:logs:cn-north-1:{ACCOUNT}:log-group:/app:log-stream:x"
    assert parse_arn(text) == Arn("aws-cn", "logs", "cn-north-1", ACCOUNT, "log-group:/app:log-stream:x")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "*",
        "arn:aws:s3",
        "urn:aws:iam::aws:policy/x",
        "arn::iam::aws:policy/x",
        "arn:aws:iam::${AWS::AccountId}:role/x",
        "arn:${aws_partition}:iam::aws:policy/x",
        "arn:aws:iam::{{ account }}:role/x",
        "arn:aws:iam::<account>:role/x",
    ],
)
def test_no_arn(text):
    assert parse_arn(text) is None
    assert account_of(text) is None


def test_a_policy_variable_in_the_resource_is_fine():
    parsed = parse_arn(f"arn:aws:iam::{ACCOUNT}:user/${{aws:username}}")
    assert parsed is not None
    assert parsed.resource == "user/${aws:username}"


@pytest.mark.parametrize(
    ("text", "account"),
    [
        (f"arn:aws:iam::{ACCOUNT}:root", ACCOUNT),
        (ACCOUNT, ACCOUNT),
        ("arn:aws:s3:::bucket", None),
        ("arn:aws:iam::aws:policy/ReadOnlyAccess", None),
        ("arn:aws:iam::*:role/x", None),
        ("12345678901", None),
        ("١٢٣٤٥٦٧٨٩٠١٢", None),
    ],
)
def test_account(text, account):
    assert account_of(text) == account


@pytest.mark.parametrize(
    ("pattern", "arn", "covers"),
    [
        ("*", "arn:aws:s3:::b/k", True),
        ("arn:aws:s3:::b/*", "arn:aws:s3:::b/x/y", True),
        ("arn:aws:s3:::b", "arn:aws:s3:::b/x", False),
        ("arn:aws:s3:::b*", "arn:aws:s3:::b-prod/x", True),
        (f"arn:aws:iam::{ACCOUNT}:role/*", f"arn:aws:iam::{ACCOUNT}:role/Admin", True),
        (f"arn:aws:iam::{ACCOUNT}:role/*", "arn:aws:iam::210987654321:role/Admin", False),
        ("arn:aws:iam::*:role/Admin", f"arn:aws:iam::{ACCOUNT}:role/Admin", True),
        ("arn:aws:iam::*:role/admin", f"arn:aws:iam::{ACCOUNT}:role/Admin", False),
        ("arn:aws:sqs:*", f"arn:aws:sqs:eu-west-1:{ACCOUNT}:q", True),
        ("arn:aws:sqs:eu-*-1:*:q", f"arn:aws:sqs:eu-west-1:{ACCOUNT}:q", True),
        ("arn:aws:sqs:*1:q", f"arn:aws:sqs:eu-west-1:{ACCOUNT}1:q", False),
        (f"arn:aws:logs:*:{ACCOUNT}:log-group:/a*x", f"arn:aws:logs:eu-west-1:{ACCOUNT}:log-group:/a:b:x", True),
        ("arn:aws:s3:::b?", "arn:aws:s3:::b1", True),
        ("arn:aws:s3:::b?", "arn:aws:s3:::b", False),
        ("arn:aws:s3:::b/*", "arn:aws:s3:::b/logs/*", True),
        ("arn:aws:s3:::b/logs/*", "arn:aws:s3:::b/*", False),
        ("arn:aws:s3:::[ab]", "arn:aws:s3:::a", False),
    ],
)
def test_coverage(pattern, arn, covers):
    assert arn_matches(pattern, arn) is covers
