"""What Terragrunt hands to a module of the repository."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given

from nhilint.formats.terraform.terragrunt import borrowed_by, called_by, from_top
from nhilint.link import link
from nhilint.model.fact import known_records, value_of
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.testing import rendered
from nhilint.tree import MemoryTree
from tests.odd_values import odd_values

SETTINGS = Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))
ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
MODULE = """
variable "name" {}
variable "policies" { type = list(string) }
resource "aws_iam_role" "this" {
  name = var.name
}
resource "aws_iam_role_policy_attachment" "this" {
  for_each   = toset(var.policies)
  role       = aws_iam_role.this.name
  policy_arn = each.value
}
"""
NAMED = "aws_iam_role.this of modules/role"
CALL = """
locals {
  stage = "live"
}
terraform {
  source = "SOURCE"
}
inputs = {
  name     = "job-${local.stage}"
  policies = ["arn:aws:iam::aws:policy/AdministratorAccess"]
}
"""


def identities(calls):
    files = {"modules/role/main.tf": MODULE, **calls}
    tree = MemoryTree({path: text.encode() for path, text in files.items()})
    found = link(gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))).resources)
    return {one.name: one.facts for one in found if one.kind == "identity"}


@pytest.mark.parametrize(
    "source",
    ["../../modules/role", "../../modules//role", "${get_repo_root()}/modules/role"],
)
def test_inputs_are_what_the_module_is_given(source):
    role = identities({"live/job/terragrunt.hcl": CALL.replace("SOURCE", source)})["job-live"]
    (attached,) = known_records(role.admin_attachments)
    assert value_of(attached.policy) == ADMIN
    assert rendered(attached.at) == "live/job/terragrunt.hcl#/inputs/policies/0"


def test_every_call_makes_a_role_of_its_own():
    other = CALL.replace("job-", "other-").replace("AdministratorAccess", "ReadOnlyAccess")
    calls = {"live/job/terragrunt.hcl": CALL, "live/other/terragrunt.hcl": other}
    found = identities({path: text.replace("SOURCE", "../../modules/role") for path, text in calls.items()})
    assert {name: bool(value_of(facts.managed_admin)) for name, facts in found.items()} == {
        "job-live": True,
        "other-live": False,
    }


@pytest.mark.parametrize(
    "source", ["git::https://example.org/roles.git//role", "tfr:///acme/role/aws?version=1.0.0", "${local.where}/role"]
)
def test_a_module_of_elsewhere_is_not_called(source):
    assert list(identities({"live/job/terragrunt.hcl": CALL.replace("SOURCE", source)})) == [NAMED]


def test_the_top_of_the_repository_is_seen_from_the_file():
    text = "${get_repo_root()}/modules"
    assert from_top("live/job/terragrunt.hcl", text) == "./../../modules"
    assert from_top("live/job/main.tf", text) == text


@given(odd_values(["terraform", "inputs", "source", "a"], ["./a", "../b", "${x}"]))
def test_any_file_is_read_or_left(value):
    called = called_by("a/terragrunt.hcl", value if isinstance(value, dict) else {"terraform": value})
    assert called is None or called.source.startswith(".")


LENDER = """
resource "aws_iam_role" "plane" {
  name               = "shop-plane"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole",
    Principal = { Service = "SERVICE" } }] })
}
output "plane_name" { value = aws_iam_role.plane.name }
"""
BORROWER = """
variable "role" {}
resource "aws_iam_role_policy_attachment" "wide" {
  role       = var.role
  policy_arn = "arn:aws:iam::aws:policy/AmazonEC2FullAccess"
}
"""
DEPENDS = """
dependency "roles" { config_path = "../roles" }
inputs = { role = dependency.roles.outputs.plane_name }
"""


def borrower(depends, service="eks.amazonaws.com"):
    files = {"live/roles/main.tf": LENDER.replace("SERVICE", service), "live/grants/main.tf": BORROWER}
    tree = {**files, "live/grants/terragrunt.hcl": depends}
    held = gather(MemoryTree({path: text.encode() for path, text in tree.items()}), SETTINGS).resources
    return next(one.facts for one in link(held) if one.at.path == "live/grants/main.tf")


@pytest.mark.parametrize(
    ("service", "taker"), [("eks.amazonaws.com", "control_plane"), ("lambda.amazonaws.com", "anything")]
)
def test_a_role_of_another_folder_is_taken_by_whom_its_own_module_says(service, taker):
    facts = borrower(DEPENDS, service)
    assert value_of(facts.taken_by) == taker
    assert value_of(facts.name) == "shop-plane"


@pytest.mark.parametrize(
    "depends",
    [
        DEPENDS.replace("../roles", "../others"),
        DEPENDS.replace("outputs.plane_name", "outputs.other_name"),
        DEPENDS + 'terraform { source = "git::https://example.org/grants.git" }',
    ],
)
def test_what_nobody_is_seen_to_lend_stays_unknown(depends):
    assert value_of(borrower(depends).taken_by) == "anything"


@given(odd_values(["terraform", "inputs", "dependency", "config_path", "a"], ["./a", "../b", "${x}"]))
def test_any_dependency_is_read_or_left(value):
    lent = borrowed_by("a/terragrunt.hcl", value if isinstance(value, dict) else {"inputs": value})
    assert all(one.folder.startswith(".") for one in lent.values())
