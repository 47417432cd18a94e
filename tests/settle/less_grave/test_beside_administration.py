"""What a principal may do besides administering the account is hidden, as long as another finding tells of that."""

from __future__ import annotations

import pytest

from nhilint.api import scan
from nhilint.model.finding import Disposition

STORED = "stored-data-of-every-workload"
ADMIN = ["full-admin-policy", "administrator-policy-attached"]

ROLE = """
resource "aws_iam_role" "NAME" {
  name               = "NAME"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole",
    Principal = { Service = "lambda.amazonaws.com" } }] })
}
"""
GIVEN = """
resource "aws_iam_role_policy" "NAME_LABEL" {
  role   = aws_iam_role.NAME.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ACTIONS, Resource = "*" }] })
}
"""
ATTACHED = """
resource "aws_iam_role_policy_attachment" "NAME" {
  role       = aws_iam_role.NAME.name
  policy_arn = "arn:aws:iam::aws:policy/POLICY"
}
"""


def role(name="shop"):
    return ROLE.replace("NAME", name)


def given(actions, label, name="shop"):
    return GIVEN.replace("NAME", name).replace("LABEL", label).replace("ACTIONS", actions)


def attached(policy, name="shop"):
    return ATTACHED.replace("NAME", name).replace("POLICY", policy)


READS = given('["s3:GetObject", "s3:PutObject"]', "reads")


def dispositions(folder, text, *checks):
    """What becomes of the findings, by check and subject."""
    (folder / "main.tf").write_text(text)
    found = scan(folder, select=[*checks, *ADMIN]).findings
    return {(one.check, one.subject.name): one.disposition for one in found}


@pytest.mark.parametrize(
    ("also", "hidden"),
    [
        (given('"*"', "all"), True),
        (attached("AdministratorAccess"), True),
        (attached("AmazonEC2ReadOnlyAccess"), False),
        ("", False),
        (role("other") + given('"*"', "all", "other"), False),
        (role("other") + attached("AdministratorAccess", "other"), False),
    ],
)
def test_stored_data_beside_full_administration(tmp_path, also, hidden):
    told = dispositions(tmp_path, role() + READS + also, STORED)
    assert (told[STORED, "shop"] is Disposition.HIDDEN) is hidden
    assert all(what is Disposition.ACTIVE for (check, _), what in told.items() if check in ADMIN)


def test_a_boundary_leaves_the_narrower_power(tmp_path):
    limited = role().replace("  name ", "  permissions_boundary = var.boundary\n  name ")
    told = dispositions(tmp_path, limited + READS + attached("AdministratorAccess"), STORED)
    assert told == {(STORED, "shop"): Disposition.ACTIVE}


@pytest.mark.parametrize(
    ("actions", "check"),
    [
        ('"secretsmanager:GetSecretValue"', "secrets-of-every-workload"),
        ('["ssm:GetParameter", "sqs:SendMessage"]', "parameters-of-every-workload"),
        ('"cloudtrail:StopLogging"', "workload-may-silence-its-watch"),
        ('"sts:AssumeRole"', "identity-may-assume-any-role"),
    ],
)
def test_each_of_the_narrower_powers(tmp_path, actions, check):
    one = given(actions, "one")
    assert dispositions(tmp_path, role() + one, check)[check, "shop"] is Disposition.ACTIVE
    told = dispositions(tmp_path, role() + one + attached("AdministratorAccess"), check)
    assert told.get((check, "shop"), Disposition.HIDDEN) is Disposition.HIDDEN
    assert told["administrator-policy-attached", "shop"] is Disposition.ACTIVE
