"""What users have by groups that their module only looks up by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhilint.link import link
from nhilint.model.fact import value_of
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.testing import WHEN, tree_of

GROUP = """
resource "aws_iam_group" "crew" {
  name = "crew"
  %s
}
resource "aws_iam_group_policy" "crew" {
  group  = aws_iam_group.crew.name
  policy = jsonencode({ Statement = [{ Effect = "Deny", NotAction = ["iam:EnableMFADevice"], Resource = "*",
    Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "%s" } } }] })
}
"""
CALL = 'module "%s" {\n  source = "../modules/person"\n  name = "%s"\n  %s\n}\n'
PERSON = """
variable "name" {}
resource "aws_iam_user" "this" {
  name = var.name
}
resource "aws_iam_user_policy_attachment" "all" {
  user       = aws_iam_user.this.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
"""
LOOKED_UP = """
data "aws_iam_group" "crew" {
  group_name = "crew"
  %s
}
resource "aws_iam_user_group_membership" "crew" {
  user   = aws_iam_user.this.name
  groups = [data.aws_iam_group.crew.group_name]
  %s
}
"""
FOUND = LOOKED_UP % ("", "")
DENYING = GROUP % ("", "false")
CALLED = CALL % ("jo", "jo", "")


def taker(caller, person=FOUND, **files):
    held = {"base/main.tf": caller, "modules/person/main.tf": PERSON + person, **files}
    gathered = gather(tree_of(tuple(held.items())), Settings(root=Path(), now=WHEN))
    users = [one.facts for one in link(gathered.resources) if one.kind == "identity"]
    (found,) = {value_of(one.taken_by) for one in users if value_of(one.kind) == "user"}
    return found


@pytest.mark.parametrize(
    ("caller", "person", "told"),
    [
        (DENYING + CALLED, FOUND, "people"),
        (DENYING + CALLED + CALL % ("al", "al", ""), FOUND, "people"),
        (DENYING + CALL % ("jo", "jo", "providers = { aws = aws, aws.logs = aws.logs }"), FOUND, "people"),
        (CALLED, DENYING + FOUND, "people"),
        (DENYING + CALLED, "", "anything"),
        (GROUP % ("", "true") + CALLED, FOUND, "anything"),
        (DENYING.replace('"crew"\n  \n', '"others"\n') + CALLED, FOUND, "anything"),
        (DENYING + CALL % ("jo", "jo", "providers = { aws = aws.logs }"), FOUND, "anything"),
        (GROUP % ("provider = aws.logs", "false") + CALLED, FOUND, "anything"),
        (DENYING + CALLED, LOOKED_UP % ("provider = aws.logs", ""), "anything"),
        (DENYING + CALLED, LOOKED_UP % ("", "provider = aws.logs"), "anything"),
    ],
)
def test_a_group_of_the_calling_module(caller, person, told):
    assert taker(caller, person) == told


def test_a_group_that_one_of_several_callers_may_not_have():
    assert taker(DENYING + CALLED, **{"other/main.tf": CALLED}) == "anything"


def test_a_group_of_the_same_module():
    joined = FOUND.replace("data.aws_iam_group.crew.group_name", "aws_iam_group.crew.name")
    assert taker(CALLED, DENYING + joined) == "people"
