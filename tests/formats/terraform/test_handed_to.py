"""Who gets a policy that a module only hands on."""

from __future__ import annotations

import pytest

from nhilint.model.fact import value_of
from tests.formats.kubernetes.cluster_files import identities, resources

ROLE = """
variable "arns" {}
resource "aws_iam_role" "one" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole",
    Principal = { AWS = "arn:aws:iam::111122223333:user/${var.email}" },
    Condition = { Bool = { "aws:MultiFactorAuthPresent" = %s } } }] })
}
resource "aws_iam_role_policy_attachment" "all" {
  count      = length(var.arns)
  role       = aws_iam_role.one.name
  policy_arn = element(var.arns, count.index)
}
"""
DYNAMIC = """
resource "aws_iam_role" "one" { assume_role_policy = data.aws_iam_policy_document.trust.json }
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [%s]
    }
    condition {
      test     = "Bool"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["true"]
    }
    dynamic "condition" {
      for_each = length(var.addresses) > 0 ? [1] : []
      content {
        test     = "IpAddress"
        variable = "aws:SourceIp"
        values   = var.addresses
      }
    }
  }
}
"""
POLICY = """
resource "aws_iam_policy" "run" {
  name   = "run"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "iam:PassRole", Resource = "*" }] })
}
module "support" {
  for_each = toset(var.people)
  source   = "../role"
  email    = each.value
  arns     = flatten(["arn:aws:iam::aws:policy/ReadOnlyAccess", var.more ? [aws_iam_policy.run.arn] : []])
}
"""


@pytest.mark.parametrize(
    ("asked", "more", "taker"),
    [
        ("true", "", "people"),
        ("false", "", "anything"),
        ("true", 'module "x" { source = "acme/role/aws"\n policy = aws_iam_policy.run.arn }\n', "anything"),
        ("true", 'output "run" { value = aws_iam_policy.run.arn }\n', "anything"),
    ],
)
def test_a_policy_that_only_peoples_roles_get_is_theirs(asked, more, taker):
    found = identities({"role/main.tf": ROLE % asked, "access/main.tf": POLICY + more})
    assert value_of(found["run"].taken_by) == taker


@pytest.mark.parametrize(
    ("admitted", "taker"), [('"arn:aws:iam::111122223333:user/${var.email}"', "people"), ('"*"', "anything")]
)
def test_a_second_factor_is_asked_for_whatever_is_asked_besides(admitted, taker):
    found = identities({"role/main.tf": DYNAMIC % admitted, "access/main.tf": POLICY})
    assert value_of(found["one"].taken_by) == value_of(found["run"].taken_by) == taker


DOCUMENT = """
data "aws_iam_policy_document" "apply" {
  statement {
    actions   = ["iam:*"]
    resources = ["*"]
  }
}
module "apply" {
  source       = "github.com/acme/role?ref=0123456789"
  policy_arns  = ["arn:aws:iam::aws:policy/%s"]
  policy_jsons = [data.aws_iam_policy_document.apply.json]
}
"""


@pytest.mark.parametrize(
    ("beside", "more", "alone"),
    [
        ("AdministratorAccess", "", False),
        ("ReadOnlyAccess", "", True),
        ("AdministratorAccess", 'output "it" { value = data.aws_iam_policy_document.apply.json }\n', True),
        (
            "AdministratorAccess",
            'module "b" { source = "x/y/z"\n p = data.aws_iam_policy_document.apply.json }\n',
            True,
        ),
    ],
)
def test_what_an_administrator_gets_besides_says_nothing(beside, more, alone):
    assert ("apply" in identities({"main.tf": DOCUMENT % beside + more})) is alone


LENT = """
variable "role" {}
resource "aws_iam_role_policy" "looks" {
  role   = var.role
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "dynamodb:Scan", Resource = "*" }] })
}
resource "aws_iam_role_policy_attachment" "more" {
  role       = var.role
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
"""
LENDS = """
resource "aws_iam_role" "ops" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole",
    Principal = { AWS = "arn:aws:iam::${var.%s}:root" } }] })
}
module "more" {
  source = "../more"
  role   = aws_iam_role.ops.name
}
"""


@pytest.mark.parametrize(("account", "taker"), [("identities_account", "people"), ("workloads_account", "anything")])
def test_a_role_that_a_module_is_handed_is_taken_by_whom_its_caller_says(account, taker):
    found = resources({"more/main.tf": LENT, "prod/main.tf": LENDS % account})
    (lent,) = [one.facts for one in found if one.kind == "identity" and value_of(one.facts.managed)]
    assert value_of(lent.taken_by) == taker


APART = """
variable "role" {}
resource "aws_iam_role_policy" "all" {
  role   = %s
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}
resource "aws_iam_role_policy" "none" {
  role   = %s
  policy = jsonencode({ Statement = [{ Effect = "Deny", Action = ["iam:*", "sts:*"], Resource = "*" }] })
}
"""


@pytest.mark.parametrize(
    ("one", "other", "holders"),
    [
        ("var.role", "var.role", 1),
        ("module.ops.name", "module.ops.name", 1),
        ("var.role", "var.other", 2),
        ("aws_iam_role.nobody.id", "aws_iam_role.nobody.id", 2),
        ("each.value", "each.value", 2),
    ],
)
def test_what_one_role_from_elsewhere_is_denied_counts_with_what_it_is_allowed(one, other, holders):
    found = identities({"main.tf": APART % (one, other)})
    assert len(found) == holders
    assert [len(value_of(facts.grants) or facts.grants) for facts in found.values()] == [2 // holders] * holders


MAKES = """
resource "aws_iam_role" "ops" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole",
    Principal = { AWS = "arn:aws:iam::${var.%s}:root" } }] })
}
output "name" { value = aws_iam_role.ops.name }
"""
HANDS_ON = """
module "ops" { source = "../role" }
module "more" {
  source = "../more"
  role   = module.ops.name
}
"""


@pytest.mark.parametrize(("account", "taker"), [("identities_account", "people"), ("workloads_account", "anything")])
def test_a_role_that_another_call_makes_is_taken_by_whom_its_module_says(account, taker):
    files = {"role/main.tf": MAKES % account, "top/main.tf": HANDS_ON, "more/main.tf": APART % ("var.role", "var.role")}
    (held,) = [one.facts for one in resources(files) if one.at.path == "more/main.tf"]
    assert value_of(held.taken_by) == taker


GROUP = """
variable "given" {}
variable "called" {}
resource "aws_iam_group" "one" { name = var.called }
resource "aws_iam_group_policy_attachment" "all" {
  for_each   = var.given
  group      = aws_iam_group.one.name
  policy_arn = each.value.arn
}
"""
MADE = """
resource "aws_iam_policy" "run" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "iam:PassRole", Resource = "*" }] })
}
output "made" { value = { run = { arn = "${aws_iam_policy.run.arn}" } } }
"""
STACK = """
module "made" { source = "../made" }
module "group" {
  source = "../group"
  given  = module.made.made
  called = var.admin_group_name
}
"""
ROLE_BESIDE = 'resource "aws_iam_role_policy_attachment" "x" {\n  role = "x"\n  policy_arn = var.given["run"].arn\n}\n'


@pytest.mark.parametrize(
    ("group", "made", "stack", "taker"),
    [
        (GROUP, MADE, STACK, "people"),
        (GROUP, MADE, STACK.replace("admin_group", "runner_group"), "anything"),
        (GROUP + ROLE_BESIDE, MADE, STACK, "anything"),
        (GROUP, MADE, STACK + 'module "x" { source = "../other"\n given = module.made.made }\n', "anything"),
        (GROUP, MADE, STACK + 'module "x" { source = "acme/role/aws"\n given = module.made.made }\n', "anything"),
        (GROUP, MADE, STACK + 'output "x" { value = module.made.made }\n', "anything"),
        (GROUP, MADE + "locals { x = aws_iam_policy.run.arn }\n", STACK, "anything"),
        (GROUP, MADE + 'terraform { backend "s3" {} }\n', STACK, "anything"),
    ],
)
def test_a_policy_that_only_a_group_of_people_gets_through_modules_is_theirs(group, made, stack, taker):
    found = identities({"group/main.tf": group, "made/main.tf": made, "live/main.tf": stack})
    assert value_of(found["run"].taken_by) == taker
