"""The execution role of a stack set, and the policies that a call is given with its name, build infrastructure."""

from __future__ import annotations

import pytest

from nhilint.model.fact import value_of
from tests.formats.kubernetes.cluster_files import identities

SET = 'resource "aws_cloudformation_stack_set" "detectors" {\n  execution_role_name = local.entering\n}\n'
POLICY = (
    'resource "aws_iam_policy" "allowed" {\n  policy = jsonencode({ Statement = [{ Effect = "Allow", '
    'Action = "guardduty:*", Resource = "*" }] })\n}\n'
)
ROLE = (
    'resource "aws_iam_role" "enters" {\n  name = local.entering\n  assume_role_policy = jsonencode({ Statement = [{ '
    'Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::111122223333:role/administers" } }] })\n}\n'
)
CALL = (
    'module "role" {\n  source = "github.com/acme/roles//entering"\n  role_name = local.entering\n'
    "  policy_arns = [aws_iam_policy.allowed.arn]\n}\n"
)


def takers(text):
    return {value_of(one.taken_by) for one in identities({"main.tf": text}).values()}


def test_what_is_handed_over_with_the_name_of_the_execution_role_builds():
    assert takers(SET + POLICY + CALL) == {"deployment"}
    assert takers(SET + ROLE) == {"deployment"}


@pytest.mark.parametrize(
    "text",
    [
        POLICY + CALL,
        SET + POLICY + CALL.replace("local.entering", "local.other"),
        SET + POLICY + CALL.replace("aws_iam_policy.allowed.arn", "var.other"),
        SET + ROLE.replace("local.entering", "local.other"),
    ],
)
def test_another_name_says_nothing(text):
    assert takers(text) == {"anything"}
