"""Principals and conditions of `dynamic` blocks, identity providers, and who organisations and exclusive lists bind."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.link import link
from nhilint.model.fact import Unknown, known_records, value_of
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"


def identities(text: str, name: str = "main.tf"):
    tree = MemoryTree({name: text.encode()})
    found = link(gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))).resources)
    return {one.name: one.facts for one in found if one.kind == "identity"}


def trust_of(statement: str, *more: str):
    document = f'data "aws_iam_policy_document" "enter" {{\n  statement {{\n{statement}\n  }}\n}}\n'
    role = 'resource "aws_iam_role" "r" {\n  assume_role_policy = data.aws_iam_policy_document.enter.json\n}\n'
    (trust,) = known_records(identities(document + role + "".join(more))["r"].trusts)
    return trust


DYNAMIC = """
    actions = ["sts:AssumeRole"]
    dynamic "principals" {
      for_each = FOR_EACH
      content {
        type        = "AWS"
        identifiers = [principals.value]
      }
    }
    dynamic "condition" {
      for_each = CONDITIONS
      content {
        test     = "StringEquals"
        variable = condition.value
        values   = ["x"]
      }
    }
"""


@pytest.mark.parametrize(
    ("principals", "conditions", "anyone", "asked"),
    [
        ('["*"]', "[]", True, False),
        ('["*"]', '["sts:ExternalId"]', True, True),
        ('["arn:aws:iam::111122223333:root"]', "[]", False, False),
    ],
)
def test_dynamic_principals_and_conditions_are_those_of_their_elements(principals, conditions, anyone, asked):
    trust = trust_of(DYNAMIC.replace("FOR_EACH", principals).replace("CONDITIONS", conditions))
    assert value_of(trust.anyone) is anyone
    assert value_of(trust.external_id) is asked


def test_what_nobody_can_go_through_stays_unknown():
    trust = trust_of(DYNAMIC.replace("FOR_EACH", "var.who").replace("CONDITIONS", "var.what"))
    assert isinstance(trust.anyone, Unknown)


PROVIDER = """
resource "aws_iam_openid_connect_provider" "ci" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}
"""
FEDERATED = """
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.ci.arn]
    }
    condition {
      test     = "StringLike"
      variable = "URL:sub"
      values   = ["repo:acme/*"]
    }
"""


@pytest.mark.parametrize(
    "url",
    [
        "${aws_iam_openid_connect_provider.ci.url}",
        '${replace(aws_iam_openid_connect_provider.ci.url, \\"https://\\", \\"\\")}',
        "token.actions.githubusercontent.com",
    ],
)
def test_the_issuer_of_a_provider_that_the_module_declares(url):
    trust = trust_of(FEDERATED.replace("URL", url.replace('\\"', '"')), PROVIDER)
    assert value_of(trust.issuer_kind) == "github"
    assert value_of(trust.subjects) == ("repo:acme/*",)


def test_the_issuer_of_a_cluster_is_known_by_its_form():
    provider = PROVIDER.replace('"https://token.actions.githubusercontent.com"', "URL")
    provider = provider.replace("URL", "aws_eks_cluster.shop.identity[0].oidc[0].issuer")
    trust = trust_of(FEDERATED.replace('"URL:sub"', '"${aws_iam_openid_connect_provider.ci.url}:sub"'), provider)
    assert value_of(trust.issuer_kind) == "kubernetes"


CONTROL = """
resource "aws_organizations_policy" "guard" {
  name    = "guard"
  TYPE
  content = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}
"""


@pytest.mark.parametrize("stated", ["", 'type = "RESOURCE_CONTROL_POLICY"'])
def test_a_policy_of_an_organisation_only_ever_limits(stated):
    guard = identities(CONTROL.replace("TYPE", stated))["guard"]
    assert (value_of(guard.kind), value_of(guard.admin)) == ("control_policy", False)


def test_a_policy_on_tags_is_no_document_of_rights():
    assert identities(CONTROL.replace("TYPE", 'type = "TAG_POLICY"')) == {}


EXCLUSIVE = """
resource "aws_iam_role" "r" {
  name = "r"
}
resource "aws_iam_role_policy_attachments_exclusive" "r" {
  role_name   = aws_iam_role.r.name
  policy_arns = [POLICY]
}
"""


def test_an_exclusive_list_attaches_what_it_names():
    assert value_of(identities(EXCLUSIVE.replace("POLICY", f'"{ADMIN}"'))["r"].managed_admin) == (ADMIN,)


def test_what_is_attached_already_counts_once():
    attachment = f"""
resource "aws_iam_role_policy_attachment" "r" {{
  role       = aws_iam_role.r.name
  policy_arn = "{ADMIN}"
}}
"""
    role = identities(EXCLUSIVE.replace("POLICY", f'"{ADMIN}"') + attachment)["r"]
    assert value_of(role.managed) == (ADMIN,)


@pytest.mark.parametrize(
    ("value", "policy"),
    [
        (f'coalesce(var.unset, "{ADMIN}")', ADMIN),
        (f'replace("https://{ADMIN}", "https://", "")', ADMIN),
        (f'trimprefix("https://{ADMIN}", "https://")', ADMIN),
        (f'setproduct(["r"], ["{ADMIN}"])[0][1]', None),
        ('replace("a1", "/[0-9]/", "*")', None),
    ],
)
def test_functions_that_put_a_policy_together(value, policy):
    text = 'variable "unset" {\n  default = null\n}\n' + EXCLUSIVE.replace("[POLICY]", f"[{value}]")
    role = identities(text)["r"]
    assert value_of(role.managed) == ((policy,) if policy else None)


def test_every_pair_of_two_lists():
    text = f"""
locals {{
  pairs = {{ for p in setproduct(["a", "b"], ["{ADMIN}"]) : "${{p[0]}}" => {{ role = p[0], policy = p[1] }} }}
}}
resource "aws_iam_role" "r" {{
  for_each = local.pairs
  name     = each.key
}}
resource "aws_iam_role_policy_attachment" "r" {{
  for_each   = local.pairs
  role       = aws_iam_role.r[each.key].name
  policy_arn = each.value.policy
}}
"""
    assert {name: value_of(facts.managed_admin) for name, facts in identities(text).items()} == {
        "a": (ADMIN,),
        "b": (ADMIN,),
    }


def test_a_function_inside_a_text_of_json():
    text = (
        '{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "${jsonencode({Statement = [{Effect = \\"Allow\\",'
    )
    text += ' Action = \\"sts:AssumeRole\\", Principal = {AWS = \\"*\\"}}]})}"}}}}'
    (trust,) = known_records(identities(text, "main.tf.json")["r"].trusts)
    assert value_of(trust.anyone) is True


@pytest.mark.parametrize(
    ("block", "kinds"),
    [
        ('type = "AWS"\n identifiers = var.admin_role_arns', ["service", "role"]),
        ('type = "AWS"\n identifiers = ["*"]', ["service", None]),
        ("type = var.type\n identifiers = var.admin_role_arns", [None]),
    ],
)
def test_who_enters_besides_a_block_that_may_not_be_made(block, kinds):
    written = """
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["codebuild.amazonaws.com"]
    }
    dynamic "principals" {
      for_each = var.development ? [1] : []
      content {
        %s
      }
    }
    """
    admitted = trust_of(written % block).principals
    assert [None if isinstance(one, Unknown) else value_of(one.kind) for one in admitted] == kinds


LEFT_OUT = """
variable "rights" { default = [{ actions = ["sqs:*"] }] }
data "aws_iam_policy_document" "work" {
  dynamic "statement" {
    for_each = var.rights
    content {
      effect    = EFFECT
      actions   = lookup(statement.value, "actions", null)
      resources = ["*"]
    }
  }
}
resource "aws_iam_role" "r" { name = "r" }
resource "aws_iam_role_policy" "r" {
  role   = aws_iam_role.r.name
  policy = data.aws_iam_policy_document.work.json
}
"""


@pytest.mark.parametrize(
    ("stated", "effect"),
    [
        ('lookup(statement.value, "effect", null)', "allow"),
        ("try(statement.value.effect, null)", "allow"),
        ("null", "allow"),
        ('lookup(statement.value, "effect", "Deny")', "deny"),
    ],
)
def test_an_effect_of_null_is_none_said(stated, effect):
    (grant,) = known_records(identities(LEFT_OUT.replace("EFFECT", stated))["r"].grants)
    assert (value_of(grant.effect), value_of(grant.actions)) == (effect, ("sqs:*",))
