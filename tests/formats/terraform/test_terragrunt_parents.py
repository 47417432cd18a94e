"""An address that begins with the folder of the file that is included leads to the module that it names."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.link import link
from nhilint.model.fact import value_of
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
MODULE = """
variable "policies" { type = list(string) }
resource "aws_iam_role" "this" { name = "job" }
resource "aws_iam_role_policy_attachment" "this" {
  for_each   = toset(var.policies)
  role       = aws_iam_role.this.name
  policy_arn = each.value
}
"""
INCLUDED = "include {\n  path = find_in_parent_folders()\n}\n"
NAMED = 'include "top" {\n  path = find_in_parent_folders("top.hcl")\n}\n'
CALL = f'terraform {{\n  source = "START/../modules/role"\n}}\ninputs = {{\n  policies = ["{ADMIN}"]\n}}\n'
INCLUDED_HOME = "${get_parent_terragrunt_dir()}"
NEAREST_HOME = "${dirname(find_in_parent_folders())}"


def given(files):
    tree = MemoryTree({"modules/role/main.tf": MODULE, **files})
    found = link(gather(tree, Settings(root=Path(), now=datetime(2026, 11, 23, tzinfo=UTC))).resources)
    return {value_of(one.facts.managed_admin) for one in found if one.kind == "identity"}


@pytest.mark.parametrize(
    ("included", "start", "parent", "is_found"),
    [
        (INCLUDED, INCLUDED_HOME, "live/terragrunt.hcl", True),
        (INCLUDED.replace("include", 'include "root"'), INCLUDED_HOME, "live/terragrunt.hcl", True),
        ("", NEAREST_HOME, "live/terragrunt.hcl", True),
        (NAMED, INCLUDED_HOME, "live/terragrunt.hcl", False),
        (INCLUDED, INCLUDED_HOME, "other/terragrunt.hcl", False),
        (INCLUDED, INCLUDED_HOME, "live/site/terragrunt.hcl", False),
    ],
)
def test_the_folder_of_what_is_included(included, start, parent, is_found):
    files = {"live/site/job/terragrunt.hcl": included + CALL.replace("START", start), parent: "inputs = {}\n"}
    assert ((ADMIN,) in given(files)) is is_found
