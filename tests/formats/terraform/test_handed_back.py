"""Policies that a called module makes count with the role that its caller attaches them to."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.link import link
from nhilint.model.fact import value_of
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

SOURCE = "terraform-aws-modules/iam/aws//modules"
DOCUMENT = 'policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = var.files }] })'
CHILD = f"""
variable "files" {{ default = "arn:aws:s3:::acme/*" }}
resource "aws_iam_policy" "read" {{
  name = "read"
  {DOCUMENT}
}}
output "policy_arn" {{ value = aws_iam_policy.read.arn }}
"""
PARENT = """
module "reading" { source = "SOURCE" }
resource "aws_iam_role" "job" {
  name = "job"
}
resource "aws_iam_role_policy_attachment" "job" {
  role       = aws_iam_role.job.name
  policy_arn = module.reading.policy_arn
}
"""


def identities(files):
    tree = MemoryTree({path: text.encode() for path, text in files.items()})
    found = link(gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))).resources)
    return [(one.name, one.facts) for one in found if one.kind == "identity"]


def granted(facts):
    return [value_of(grant.actions) if hasattr(grant, "actions") else None for grant in facts.grants]


@pytest.mark.parametrize("order", [("app", "modules/reading"), ("z/app", "a/reading")])
def test_a_policy_of_a_local_module(order):
    home, child = order
    up = "/".join([".."] * (home.count("/") + 1))
    files = {f"{home}/main.tf": PARENT.replace("SOURCE", f"{up}/{child}"), f"{child}/main.tf": CHILD}
    ((name, facts),) = identities(files)
    assert name == "job"
    assert granted(facts) == [("s3:GetObject",)]
    (grant,) = facts.grants
    assert grant.actions.at.path == f"{child}/main.tf"


def test_an_argument_of_the_call_counts():
    parent = PARENT.replace('"SOURCE"', '"./reading"\n  files = "*"\n')
    parent = parent.replace('{ source = "./reading"', '{\n  source = "./reading"')
    ((_, facts),) = identities({"main.tf": parent, "reading/main.tf": CHILD})
    assert value_of(facts.grants[0].all_resources) is True


def test_each_of_callers_that_disagree_is_handed_its_own():
    one = PARENT.replace('{ source = "SOURCE" }', '{\n  source = "../reading"\n  files = "*"\n}')
    other = one.replace('"*"', '"arn:aws:s3:::acme/b"')
    found = identities({"a/main.tf": one, "b/main.tf": other, "reading/main.tf": CHILD})
    assert [name for name, _ in found] == ["job", "job"]
    assert [value_of(facts.grants[0].all_resources) for _, facts in found] == [True, False]


@pytest.mark.parametrize(
    "child",
    [
        CHILD.replace('name = "read"', 'name = "read"\n  for_each = var.all'),
        CHILD.replace("value = aws_iam_policy.read.arn", "value = var.policy"),
        CHILD.replace('"policy_arn"', '"other"'),
    ],
)
def test_what_could_be_several_stays_open(child):
    found = dict(identities({"main.tf": PARENT.replace("SOURCE", "./reading"), "reading/main.tf": child}))
    assert granted(found["job"]) != [("s3:GetObject",)]
    assert "read" in found


def test_an_example_does_not_take_the_policy_away_from_its_module():
    files = {"examples/all/main.tf": PARENT.replace("SOURCE", "../.."), "main.tf": CHILD}
    assert "read" in dict(identities(files))


def call(module, arguments, name):
    return f'module "{name}" {{\n  source = "{SOURCE}/{module}"\n  {arguments}\n}}\n'


POLICY = call("iam-policy", DOCUMENT.replace("var.files", '"*"'), "read")
ROLE = 'resource "aws_iam_role" "job" {\n  name = "job"\n}\n'


@pytest.mark.parametrize(
    "carrier",
    [
        ROLE
        + 'resource "aws_iam_role_policy_attachment" "job" {\n  role = aws_iam_role.job.name\n'
        + "  policy_arn = module.read.arn\n}\n",
        ROLE.replace('"job"\n}', '"job"\n  managed_policy_arns = [module.read.arn]\n}'),
        call(
            "iam-assumable-role",
            'role_name = "job"\n  create_role = true\n  custom_role_policy_arns = [module.read.arn]',
            "r",
        ),
        call("iam-role", 'name = "job"\n  policies = { read = module.read.arn }', "r"),
    ],
)
def test_a_policy_of_the_registry_module(carrier):
    ((name, facts),) = identities({"main.tf": POLICY + carrier})
    assert name == "job"
    assert granted(facts) == [("s3:GetObject",)]
    assert facts.managed_admin is None


def test_a_counted_call_could_be_none():
    counted = POLICY.replace("source", "count = var.n\n  source")
    carrier = call("iam-role", 'name = "job"\n  policies = { read = module.read.arn }', "r")
    assert granted(dict(identities({"main.tf": counted + carrier}))["job"]) != [("s3:GetObject",)]


@pytest.mark.parametrize(
    ("value", "resource"),
    [
        ('coalesce("", "*")', "*"),
        ('coalesce("arn:aws:s3:::a", var.b)', "arn:aws:s3:::a"),
        ('try("arn:aws:s3:::a", "*")', "arn:aws:s3:::a"),
        ('coalesce(var.b, "*")', None),
        ('try(var.b, "*")', None),
    ],
)
def test_the_first_choice_counts_where_it_is_known(value, resource):
    text = 'variable "b" {}\n' + DOCUMENT.replace("var.files", value)
    variable, document = text.split("\n", 1)
    block = f'{variable}\nresource "aws_iam_policy" "read" {{\n  name = "read"\n  {document}\n}}\n'
    ((_, facts),) = identities({"main.tf": block})
    assert value_of(facts.grants[0].resources) == ((resource,) if resource else None)


ENTERED = """
variable "name" {}
variable "by" {}
resource "aws_iam_role" "this" {
  name = var.name
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole",
    Principal = { AWS = "arn:aws:iam::111122223333:role/${var.by}" } }] })
}
output "role_name" { value = aws_iam_role.this.name }
"""
ATTACHED = """
module "entered" {
  source = "../modules/entered"
  name   = "entered-by-ci"
  by     = "acme-BY"
}
resource "aws_iam_role_policy_attachment" "admin" {
  role       = module.entered.role_name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
"""


@pytest.mark.parametrize(("by", "taker"), [("apply", "deployment"), ("web", "anything")])
def test_a_role_of_a_local_module_keeps_its_name_and_who_takes_it(by, taker):
    files = {"modules/entered/main.tf": ENTERED, "app/main.tf": ATTACHED.replace("BY", by)}
    found = [(name, value_of(facts.taken_by)) for name, facts in identities(files) if value_of(facts.managed_admin)]
    assert found == [("entered-by-ci", taker)]


MADE_OR_GIVEN = ENTERED.replace('output "role_name" { value = aws_iam_role.this.name }', "").replace(
    "  name = var.name\n", "  count = var.create ? 1 : 0\n  name = var.name\n"
)


BY_LOCALS = """
locals {
  role = {
    name = coalescelist(aws_iam_role.this[*].name, [var.by])[0]
  }
}
output "role" { value = local.role }
"""


@pytest.mark.parametrize(
    ("output", "create", "found"),
    [
        ('output "role" { value = { name = aws_iam_role.this[0].name } }', "true", "entered-by-ci"),
        ('output "role" { value = aws_iam_role.this[0] }', "true", "entered-by-ci"),
        (BY_LOCALS, "true", "entered-by-ci"),
        ('output "role" { value = { name = try(aws_iam_role.this[0].name, var.by) } }', "false", "admin"),
        ('output "role" { value = { name = try(aws_iam_role.this[0].name, var.by) } }', "null", "admin"),
        ('output "role" { value = { name = aws_iam_role.this[0].name, other = aws_iam_role.that.name } }', "true", "admin"),
    ],
)  # fmt: skip
def test_a_role_in_an_object_or_among_other_things(output, create, found):
    child = f'variable "create" {{ default = {create} }}\n{MADE_OR_GIVEN}{output}\n'
    caller = ATTACHED.replace("BY", "apply").replace("entered.role_name", "entered.role.name")
    held = identities({"modules/entered/main.tf": child, "app/main.tf": caller})
    assert [name for name, facts in held if value_of(facts.managed_admin)] == [found]


@pytest.mark.parametrize(
    ("stated", "named"),
    [("name_prefix = var.prefix", "this of module.entered"), ('name_prefix = "entered-"', "entered-…")],
)
def test_a_role_whose_name_a_run_completes(stated, named):
    child = ENTERED.replace("name = var.name", stated) + 'variable "prefix" {}\n'
    held = identities({"modules/entered/main.tf": child, "app/main.tf": ATTACHED.replace("BY", "apply")})
    assert [name for name, facts in held if value_of(facts.managed_admin)] == [named]


BY_DOCUMENTS = """
variable "more" { default = "" }
data "aws_iam_policy_document" "entered" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::111122223333:role/acme-apply"]
    }
  }
}
data "aws_iam_policy_document" "all" {
  source_policy_documents = compact([data.aws_iam_policy_document.entered.json, var.more])
}
resource "aws_iam_role" "this" {
  name               = "entered-by-ci"
  assume_role_policy = data.aws_iam_policy_document.all.json
}
output "role_name" { value = aws_iam_role.this.name }
"""


@pytest.mark.parametrize(("more", "taker"), [("", "deployment"), ("  more = var.more\n", "anything")])
def test_a_document_that_every_caller_leaves_empty_lets_nobody_in(more, taker):
    caller = ATTACHED.replace('  name   = "entered-by-ci"\n  by     = "acme-BY"\n', more)
    held = identities({"modules/entered/main.tf": BY_DOCUMENTS, "app/main.tf": caller})
    assert [value_of(facts.taken_by) for _, facts in held if value_of(facts.managed_admin)] == [taker]
