"""Defaults that nobody in the repository changes switch blocks off."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhilint.link import link
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.testing import WHEN, tree_of

MODULE = """
variable "enabled" { default = false }
variable "folder" {}
locals { whole = var.folder == "" }
resource "google_project_iam_member" "admins" {
  count   = var.enabled && !local.whole ? 1 : 0
  project = "acme"
  role    = "roles/iam.serviceAccountUser"
  member  = "group:admins@acme.example"
}
"""


def is_made(files):
    found = gather(tree_of((("modules/bootstrap/main.tf", MODULE), *files.items())), Settings(root=Path(), now=WHEN))
    return any(one.kind == "resource_policy" for one in link(found.resources))


def call(arguments=""):
    return f'module "b" {{\n  source = "./modules/bootstrap"\n  folder = data.x.y.id\n{arguments}}}\n'


def test_a_default_that_no_call_names_counts():
    assert not is_made({"main.tf": call()})


@pytest.mark.parametrize("arguments", ["  enabled = true\n", "  enabled = var.enabled\n"])
def test_a_default_that_a_call_names_does_not(arguments):
    assert is_made({"main.tf": call(arguments)})


def test_nor_does_one_of_a_module_that_others_call():
    assert is_made({})


OPEN = """
variable "enabled" { default = false }
data "aws_iam_policy_document" "open" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::acme-reports/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}
resource "aws_s3_bucket_policy" "open" {
  count  = var.enabled ? 1 : 0
  bucket = "acme-reports"
  policy = data.aws_iam_policy_document.open.json
}
"""


@pytest.mark.parametrize(
    ("besides", "told"), [("", []), ('output "o" { value = data.aws_iam_policy_document.open.json }', ["open"])]
)
def test_a_document_that_only_such_a_block_names_is_off_with_it(besides, told):
    files = {"modules/store/main.tf": OPEN + besides, "main.tf": 'module "s" { source = "./modules/store" }'}
    found = gather(tree_of(tuple(files.items())), Settings(root=Path(), now=WHEN))
    assert [one.name for one in link(found.resources) if one.kind == "resource_policy"] == told


ADDONS = """
variable "addons" {
  type = object({
    admins = optional(bool, false)
    more   = optional(object({ on = optional(bool, false) }), {})
  })
  default = {}
}
variable "teams" {
  type    = map(object({ on = optional(bool, false) }))
  default = {}
}
resource "google_project_iam_member" "admins" {
  COUNT
  project = "acme"
  role    = "roles/iam.serviceAccountUser"
  member  = "group:admins@acme.example"
}
"""


def is_added(count, arguments="", besides=""):
    module = ADDONS.replace("COUNT", count)
    files = {
        "modules/addons/main.tf": module,
        "main.tf": f'{besides}module "a" {{\n  source = "./modules/addons"\n{arguments}}}\n',
    }
    found = gather(tree_of(files.items()), Settings(root=Path(), now=WHEN))
    return any(one.kind == "resource_policy" for one in link(found.resources))


@pytest.mark.parametrize("flag", ["var.addons.admins", "var.addons.more.on"])
@pytest.mark.parametrize(
    ("arguments", "besides", "on_more"),
    [
        ("", "", False),
        ("  addons = {}\n", "", False),
        ("  addons = local.addons\n", "locals { addons = {} }\n", False),
        ("  addons = { admins = true, more = { on = true } }\n", "", True),
        ("  addons = { (var.name) = true }\n", "", True),
        ("  addons = var.addons\n", "", True),
        ("  addons = { admins = var.admins, more = var.more }\n", "", True),
    ],
)
def test_a_part_of_an_object_that_its_type_leaves_off(flag, arguments, besides, on_more):
    assert is_added(f"count = {flag} ? 1 : 0", arguments, besides) is on_more


@pytest.mark.parametrize(("team", "made"), [("{}", False), ("{ on = true }", True)])
def test_a_part_of_the_objects_of_a_map_that_their_type_leaves_off(team, made):
    each = "for_each = { for name, team in var.teams : name => team if team.on }"
    assert is_added(each, f"  teams = {{ web = {team} }}\n") is made


@pytest.mark.parametrize(("given", "made"), [("{}", False), ("{ admins = true }", True)])
def test_a_file_of_values_is_filled_in_likewise(given, made):
    files = {
        "main.tf": ADDONS.replace("COUNT", "count = var.addons.admins ? 1 : 0"),
        "terraform.tfvars": f"addons = {given}\n",
    }
    found = gather(tree_of(files.items()), Settings(root=Path(), now=WHEN))
    assert any(one.kind == "resource_policy" for one in link(found.resources)) is made
