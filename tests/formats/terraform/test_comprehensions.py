"""Expressions over what is known: for, dynamic statements, functions, and outputs of the repository's own modules."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.link import link
from nhilint.model.fact import Known, Unknown
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree


def grants(files):
    tree = MemoryTree({path: text.encode() for path, text in files.items()})
    found = link(gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))).resources)
    return [g for one in found if one.kind == "identity" and one.name == "p" for g in one.facts.grants]


def resources(expression: str, more: str = "", **files: str):
    text = (
        'resource "aws_iam_policy" "p" {\n  policy = jsonencode({ Statement = [{ Effect = "Allow", '
        f'Action = "s3:GetObject", Resource = {expression} }}] }})\n}}\n{more}'
    )
    (grant,) = grants({"main.tf": text, **{name.replace("__", "/") + ".tf": value for name, value in files.items()}})
    return grant.resources.value if isinstance(grant.resources, Known) else None


NAMES = ("arn:aws:s3:::x", "arn:aws:s3:::y")


@pytest.mark.parametrize(
    ("expression", "meant"),
    [
        ('[for b in ["a", "b"] : "arn:aws:s3:::${b}/*"]', ("arn:aws:s3:::a/*", "arn:aws:s3:::b/*")),
        ("[for b in local.names : b]", ("arn:aws:s3:::x", "arn:aws:s3:::y")),
        ("[for k, v in local.by_key : v]", ("arn:aws:s3:::z",)),
        ("[for k, v in local.by_key : v if v != null]", ("arn:aws:s3:::z",)),
        ('[for n in local.names : n if n != "arn:aws:s3:::x"]', ("arn:aws:s3:::y",)),
        ('[for n in local.names : n if n == "arn:aws:s3:::x" || n == "arn:aws:s3:::y"]', NAMES),
        ('[for n in local.names : n if !(n == "arn:aws:s3:::x")]', ("arn:aws:s3:::y",)),
        ("[for n in local.names : n if n == var.unheard]", None),
        ('var.stage == "live" ? local.names : ["*"]', NAMES),
        ('[for n in ["a:b"] : "arn:aws:s3:::${n}"]', ("arn:aws:s3:::a:b",)),
        ('[for n in var.stage == "live" ? ["a"] : ["*"] : n]', ("a",)),
        ('var.stage != "live" && var.unheard ? "*" : local.names', NAMES),
        ('var.unheard ? "*" : local.names', None),
        ('var.unheard ? ["*"] : ["*"]', ("*",)),
        ('var.size > 2 ? "*" : local.names', ("*",)),
        ('length(local.names) > 1 ? "*" : "arn:aws:s3:::no"', ("*",)),
        ('length([]) > 0 ? "*" : "arn:aws:s3:::no"', ("arn:aws:s3:::no",)),
        ('length(concat(local.names, var.unheard)) > 2 ? "*" : "arn:aws:s3:::no"', None),
        ('contains(["live"], var.stage) ? "*" : "arn:aws:s3:::no"', ("*",)),
        ('contains(["test"], var.stage) ? "*" : "arn:aws:s3:::no"', ("arn:aws:s3:::no",)),
        ('contains(["test"], var.unheard) ? "*" : "arn:aws:s3:::no"', None),
        ('startswith("projects/${var.unheard}", "projects/") ? "*" : "arn:aws:s3:::no"', ("*",)),
        ('startswith("pro${var.unheard}", "projects/") ? "*" : "arn:aws:s3:::no"', None),
        ('startswith("viewer.${var.unheard}", "projects/") ? "*" : "arn:aws:s3:::no"', ("arn:aws:s3:::no",)),
        ('startswith("pro", "projects/") ? "*" : "arn:aws:s3:::no"', ("arn:aws:s3:::no",)),
        ('endswith("${var.unheard}/all", "/all") ? "*" : "arn:aws:s3:::no"', ("*",)),
        ('endswith("${var.unheard}ll", "/all") ? "*" : "arn:aws:s3:::no"', None),
        ('var.stage == "test" ? "*" : var.size >= 3 ? local.names : "arn:aws:s3:::no"', NAMES),
        ('"arn:aws:s3:::a?b:c"', ("arn:aws:s3:::a?b:c",)),
        ("[for b in aws_s3_bucket.logs : b.arn]", ("arn:aws:s3:::logs",)),
        ("[for b in var.unknown : b]", None),
        ('formatlist("arn:aws:s3:::%s/*", ["a", "b"])', ("arn:aws:s3:::a/*", "arn:aws:s3:::b/*")),
        ("element(local.names, 1)", ("arn:aws:s3:::y",)),
        ('lookup(local.by_key, "k", "arn:aws:s3:::no")', ("arn:aws:s3:::z",)),
        ('lookup(local.by_key, "other", "arn:aws:s3:::no")', ("arn:aws:s3:::no",)),
        ("values(local.by_key)", ("arn:aws:s3:::z",)),
        ('one(["arn:aws:s3:::only"])', ("arn:aws:s3:::only",)),
        ('flatten([local.names, ["arn:aws:s3:::w"]])', ("arn:aws:s3:::x", "arn:aws:s3:::y", "arn:aws:s3:::w")),
        ('join("", aws_s3_bucket.logs.*.arn)', ("arn:aws:s3:::logs",)),
        (
            'values(merge([for one in ["m", "n"] : { (one) = "arn:aws:s3:::${one}" }]...))',
            ("arn:aws:s3:::m", "arn:aws:s3:::n"),
        ),
        ('values(merge(local.by_key, { m = "arn:aws:s3:::m" }))', ("arn:aws:s3:::z", "arn:aws:s3:::m")),
        ("[for b in [] : b", None),
    ],
)
def test_expressions_over_what_is_known(expression, meant):
    more = 'variable "stage" { default = "live" }\nvariable "size" { default = 3 }\nvariable "unheard" {}\n'
    more += 'locals {\n  names  = ["arn:aws:s3:::x", "arn:aws:s3:::y"]\n  by_key = { k = "arn:aws:s3:::z" }\n}\n'
    if expression.endswith("b"):
        assert grants({"main.tf": f"locals {{ a = {expression} }}"}) == []
        return
    assert resources(expression, more) == meant


POOLS = """
variable "pools" {
  default = { ci = { bindings = { one = { arn = "arn:aws:s3:::x" } } }, none = {} }
}
variable "unheard" {}
locals {
  listed = flatten([
    for pool_key, pool in var.pools : [
      for key, binding in try(pool.bindings, {}) : {
        pool = pool_key
        key  = key
        arn  = binding.arn
        more = try(binding.more, "arn:aws:s3:::y")
      }
    ]
  ])
  by_key = { for item in local.listed : "${item["pool"]}-${item["key"]}" => item }
  odd    = { (var.unheard) = "arn:aws:s3:::x" }
}
"""


@pytest.mark.parametrize(
    ("expression", "meant"),
    [
        ('[for k, v in local.by_key : "arn:aws:s3:::${k}"]', ("arn:aws:s3:::ci-one",)),
        ("[for item in local.by_key : item.arn]", ("arn:aws:s3:::x",)),
        ('[for item in local.by_key : item["more"]]', ("arn:aws:s3:::y",)),
        ('try(var.pools.ci.bindings["one"]["arn"], "arn:aws:s3:::y")', ("arn:aws:s3:::x",)),
        ('try(var.pools["ci"]["other"], "arn:aws:s3:::y")', ("arn:aws:s3:::y",)),
        ('try(var.pools.other.bindings.one, "arn:aws:s3:::y")', ("arn:aws:s3:::y",)),
        ('try(var.unheard.other, "arn:aws:s3:::y")', None),
        ('try(local.odd.other, "arn:aws:s3:::y")', None),
        ("try(var.pools.none.other)", None),
    ],
)
def test_lists_within_lists_become_one_and_missing_entries_are_passed_over(expression, meant):
    assert resources(expression, POOLS) == meant


def test_statements_for_each_of_a_list():
    text = """locals { buckets = { a = "arn:aws:s3:::one", b = "arn:aws:s3:::two" } }
data "aws_iam_policy_document" "p" {
  dynamic "statement" {
    for_each = local.buckets
    content {
      actions   = ["s3:GetObject"]
      resources = ["${statement.value}/*"]
    }
  }
}
"""
    assert [g.resources.value for g in grants({"main.tf": text})] == [("arn:aws:s3:::one/*",), ("arn:aws:s3:::two/*",)]
    named = text.replace("for_each = local", "iterator = each_one\n    for_each = local").replace(
        "statement.v", "each_one.v"
    )
    assert [g.resources.value for g in grants({"main.tf": named})] == [("arn:aws:s3:::one/*",), ("arn:aws:s3:::two/*",)]
    (unread,) = grants({"main.tf": text.replace("local.buckets\n", "var.buckets\n")})
    assert isinstance(unread, Unknown)


def test_outputs_of_the_repositorys_own_modules():
    bucket = 'resource "aws_s3_bucket" "store" {}\noutput "arn" {\n  value = aws_s3_bucket.store.arn\n}\n'
    policy = 'data "aws_iam_policy_document" "unused" {}\n'
    call = 'module "logs" {\n  source = "./store"\n}\n'
    assert resources("module.logs.arn", call, store__main=bucket + policy) == ("arn:aws:s3:::store",)
    assert resources("module.logs.other", call, store__main=bucket + policy) is None
    far = call.replace("./store", "terraform-aws-modules/s3-bucket/aws")
    assert resources("module.logs.arn", far, store__main=bucket + policy) is None
    role = bucket.replace("aws_s3_bucket", "aws_iam_role")
    assert resources("module.logs.arn", call, store__main=role) is None


def test_a_template_that_a_data_source_renders():
    text = """data "template_file" "t" {
  template = <<EOF
{"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::one/*"}]}
EOF
}
resource "aws_iam_policy" "p" {
  policy = data.template_file.t.rendered
}
"""
    assert [g.resources.value for g in grants({"main.tf": text})] == [("arn:aws:s3:::one/*",)]
    (unread,) = grants({"main.tf": text.replace("template_file.t.", "template_file.other.")})
    assert isinstance(unread, Unknown)


def test_slips_and_whole_services_of_a_file_count_for_who_carries_it():
    policy = '{"Statement": [{"Effect": "Allow", "Action": "kms:*", "Resource": "*"}]}'
    text = 'resource "aws_iam_policy" "p" {\n  policy = file("${path.module}/wide.json")\n}\n'
    tree = MemoryTree({"main.tf": text.encode(), "wide.json": policy.encode()})
    found = link(gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))).resources)
    (facts,) = [one.facts for one in found if one.name == "p"]
    assert [held.services.value for held in facts.whole_services] == [("kms",)]


@pytest.mark.parametrize(
    ("elements", "named", "meant"),
    [
        ('{ a = { arn = "arn:aws:s3:::a" } }', "each.value.arn", ("arn:aws:s3:::a",)),
        ('{ a = { arn = "*", n = 1 }, b = { arn = "*", n = 2 } }', "each.value.arn", ("*",)),
        ('{ a = { arn = "*" }, b = { arn = "arn:aws:s3:::b" } }', "each.value.arn", None),
        ('toset(["arn:aws:s3:::a"])', "each.value", ("arn:aws:s3:::a",)),
        ('{ "arn:aws:s3:::k" = {} }', "each.key", ("arn:aws:s3:::k",)),
        ("var.unheard", "each.value", None),
    ],
)
def test_each_is_what_all_instances_have_in_common(elements, named, meant):
    stated = f'Statement = [{{ Effect = "Allow", Action = "s3:GetObject", Resource = {named} }}]'
    text = f'resource "aws_iam_policy" "p" {{\n  for_each = {elements}\n  policy = jsonencode({{ {stated} }})\n}}\n'
    (grant,) = grants({"main.tf": text})
    assert (grant.resources.value if isinstance(grant.resources, Known) else None) == meant


def test_each_of_a_resource_does_not_reach_what_it_refers_to():
    document = 'data "aws_iam_policy_document" "d" {\n  statement {\n    actions = ["s3:GetObject"]\n'
    document += "    resources = [each.value]\n  }\n}\n"
    policy = 'resource "aws_iam_policy" "p" {\n  for_each = toset(["*"])\n'
    policy += "  policy = data.aws_iam_policy_document.d.json\n}\n"
    (grant,) = grants({"main.tf": document + policy})
    assert not isinstance(grant.resources, Known)


def test_a_statement_that_is_only_chosen_keeps_its_place():
    text = """
locals {
  all    = [{ Sid = "A", Effect = "Allow", Action = "s3:GetObject", Resource = "*" }]
  chosen = [for s in local.all : s if contains(["A"], s.Sid)]
}
resource "aws_iam_policy" "p" {
  policy = jsonencode({ Statement = local.chosen })
}
"""
    assert [one.at.pointer for one in grants({"main.tf": text})] == [("locals", 0, "all", 0)]


EMPTY = """
variable "network" { default = "" }
locals { name = var.network == "" ? "*" : var.network }
resource "aws_iam_policy" "p" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "iam:CreatePolicyVersion",
    Resource = "arn:aws:iam::111122223333:policy/${local.name}" }] })
}
"""


@pytest.mark.parametrize(
    ("calls", "everything"),
    [
        ("", False),
        ('module "m" { source = "./m" }\n', True),
        ('module "m" {\n  source = "./m"\n  network = var.network\n}\n', False),
    ],
)
def test_an_empty_default_counts_where_every_call_leaves_it(calls, everything):
    (found,) = grants({"main.tf": calls, "m/main.tf": EMPTY})
    (resource,) = found.resources.value
    assert (resource.rpartition("/")[2] == "*") == everything


TRUSTING = """
resource "aws_iam_role" "p" {{
  assume_role_policy = jsonencode({{ Statement = [{{ Effect = "Allow", Action = "sts:AssumeRoleWithWebIdentity"
    Principal = {{ Federated = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }}
    Condition = {condition} }}] }})
}}
locals {{
  main = {{ "token.actions.githubusercontent.com:sub" = "repo:acme/infra:ref:refs/heads/main" }}
  all  = {{ "token.actions.githubusercontent.com:sub" = "repo:acme/*" }}
}}
"""


@pytest.mark.parametrize(
    ("condition", "scope", "taker"),
    [
        ("{ StringEquals = merge(local.main, var.more) }", "branch_or_environment", "deployment"),
        ("{ StringEquals = merge(var.more, merge(local.main, var.most)) }", "branch_or_environment", "deployment"),
        ("merge({ StringEquals = local.main }, var.more)", "branch_or_environment", "deployment"),
        ("{ StringLike = merge(local.all, var.more) }", None, "anything"),
        ("{ StringEquals = merge(var.more, var.most) }", None, "anything"),
        ("{ StringEquals = { for name, value in var.more : name => value } }", None, "anything"),
        ("{ StringLike = merge(local.all, {}) }", "organization", "anything"),
    ],
)
def test_conditions_of_which_a_part_comes_from_elsewhere(condition, scope, taker):
    files = {"main.tf": TRUSTING.format(condition=condition).encode()}
    found = link(gather(MemoryTree(files), Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))).resources)
    role = next(one for one in found if one.kind == "identity" and one.name == "p")
    (way,) = role.facts.trusts
    assert (way.subject_scope.value if isinstance(way.subject_scope, Known) else None) == scope
    assert role.facts.taken_by.value == taker
