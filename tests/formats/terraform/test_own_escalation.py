"""A principal that may change itself, or a policy that it carries, by a pattern that names no more than that."""

from __future__ import annotations

import pytest

from nhilint.formats.terraform.claims import CLAIMS
from nhilint.formats.terraform.fragment import extract
from nhilint.link.terraform import join
from nhilint.model.fact import known_records, value_of
from nhilint.source.document import read

CLAIM = next(claim for claim in CLAIMS if claim.format == "terraform-aws")
HOLDER = """
resource "aws_iam_user" "bot" {{ name = "bot-one" }}
resource "aws_iam_policy" "held" {{
  name   = "held-policy"
  policy = jsonencode({{ Statement = [{{ Effect = "Allow", Action = "{action}", Resource = "{resource}" }}] }})
}}
resource "aws_iam_user_policy_attachment" "a" {{
  user       = aws_iam_user.bot.name
  policy_arn = aws_iam_policy.held.arn
}}
"""


def ways(action, resource):
    text = HOLDER.format(action=action, resource=resource)
    resources = join(extract(read("main.tf", text.encode(), CLAIM.syntax), CLAIM).resources)
    return [value_of(way.id) for way in known_records(resources[0].facts.escalations)]


@pytest.mark.parametrize(
    ("action", "resource", "found"),
    [
        ("iam:CreatePolicyVersion", "arn:aws:iam::*:policy/held-*", ["iam-001"]),
        ("iam:CreatePolicyVersion", "arn:aws:iam::111122223333:policy/held-policy", ["iam-001"]),
        ("iam:CreatePolicyVersion", "arn:aws:iam::*:policy/other-*", []),
        ("iam:CreatePolicyVersion", "arn:aws:iam::aws:policy/held-*", []),
        ("iam:PutUserPolicy", "arn:aws:iam::*:user/bot-*", ["iam-007"]),
        ("iam:PutUserPolicy", "arn:aws:iam::*:user/someone-*", []),
        ("iam:CreateAccessKey", "arn:aws:iam::*:user/bot-*", []),
    ],
)
def test_only_what_raises_the_holder_itself(action, resource, found):
    assert ways(action, resource) == found


@pytest.mark.parametrize(
    ("name", "resource", "found"),
    [
        ("agent-${var.env}", "role/agent-${var.env}", ["iam-005"]),
        ("agent-${var.env}", "role/agent-${var.env}-task", []),
        ("agent-${var.env}", "role/agent-${var.other}", []),
        ("agent-${random_id.a.hex}", "role/agent-${random_id.a.hex}", []),
        ("agent-${random_id.a.hex}", "role/agent-*", ["iam-005"]),
        ("agent-${random_id.a.hex}", "role/agent-*-task", []),
        ("${var.env}-deploy", "role/${var.env}-*", ["iam-005"]),
        ("${terraform.workspace}-deploy", "role/${terraform.workspace}-*", ["iam-005"]),
    ],
)
def test_a_role_whose_name_holds_a_variable_is_itself(name, resource, found):
    text = f"""
resource "aws_iam_role" "r" {{
  name = "{name}"
  inline_policy {{
    policy = jsonencode({{ Statement = [{{ Effect = "Allow", Action = "iam:PutRolePolicy",
      Resource = "arn:aws:iam::111122223333:{resource}" }}] }})
  }}
}}
"""
    (role,) = join(extract(read("main.tf", text.encode(), CLAIM.syntax), CLAIM).resources)
    assert [value_of(way.id) for way in known_records(role.facts.escalations)] == found


def test_a_role_whose_name_a_run_completes_is_itself_by_its_prefix():
    text = """
resource "aws_iam_role" "r" {
  name_prefix = "web-deploy-"
  inline_policy {
    policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "iam:PutRolePolicy",
      Resource = "arn:aws:iam::*:role/web-*" }] })
  }
}
"""
    (role,) = join(extract(read("main.tf", text.encode(), CLAIM.syntax), CLAIM).resources)
    assert [value_of(way.id) for way in known_records(role.facts.escalations)] == ["iam-005"]


def test_a_role_for_each_environment_is_itself_by_the_name_that_comes_out():
    text = """
variable "project" { default = "web" }
resource "aws_iam_role" "ci" {
  for_each = toset(["dev"])
  name     = "${var.project}-${each.value}-actions"
}
resource "aws_iam_policy" "deploy" {
  for_each = toset(["dev"])
  name     = "${var.project}-${each.value}-deploy"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["iam:AttachRolePolicy", "iam:CreatePolicyVersion"],
    Resource = ["arn:aws:iam::*:role/${var.project}-${each.value}-*", "arn:aws:iam::*:policy/web-dev-*"] }] })
}
resource "aws_iam_role_policy_attachment" "a" {
  for_each   = toset(["dev"])
  role       = aws_iam_role.ci[each.key].name
  policy_arn = aws_iam_policy.deploy[each.key].arn
}
"""
    (role,) = join(extract(read("main.tf", text.encode(), CLAIM.syntax), CLAIM).resources)
    assert value_of(role.facts.name) == "web-dev-actions"
    assert {value_of(way.id) for way in known_records(role.facts.escalations)} == {"iam-001", "iam-009"}


@pytest.mark.parametrize(
    ("joined", "managed"),
    [
        ("users = toset([aws_iam_user.bot.name])\n group = aws_iam_group.team.name", ("policy/AdministratorAccess",)),
        ('users = concat([], ["bot-one"])\n group = aws_iam_group.team.name', ("policy/AdministratorAccess",)),
        ('users = ["other"]\n group = aws_iam_group.team.name', ()),
    ],
)
def test_a_user_with_a_key_has_what_its_group_has(joined, managed):
    text = f"""
resource "aws_iam_user" "bot" {{ name = "bot-one" }}
resource "aws_iam_access_key" "bot" {{ user = aws_iam_user.bot.name }}
resource "aws_iam_group" "team" {{ name = "team" }}
resource "aws_iam_group_membership" "m" {{
 {joined}
}}
resource "aws_iam_policy_attachment" "a" {{
  groups     = toset([aws_iam_group.team.id])
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}}
"""
    found = {one.name: one for one in join(extract(read("main.tf", text.encode(), CLAIM.syntax), CLAIM).resources)}
    held = value_of(found["bot-one"].facts.managed_admin) or ()
    assert tuple(one.removeprefix("arn:aws:iam::aws:") for one in held) == managed
