"""Accounts that a module of the repository makes and hands back: whose roles they are told to have."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhilint.link import link
from nhilint.model.fact import value_of
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.testing import WHEN, tree_of

MADE = """
variable "name" {}
variable "project" {}
resource "google_service_account" "sa" {
  account_id = var.name
  project    = var.project
}
output "address" { value = google_service_account.sa.email }
output "as_member" { value = google_service_account.sa.member }
"""


def calls(project):
    return "".join(
        f'module "{name}" {{\n  source  = "./modules/sa"\n  name    = "{name}-bot"\n  project = {project}\n}}\n'
        for name in ("reader", "writer")
    )


def given(label, role, member):
    return (
        f'resource "google_project_iam_member" "{label}" {{\n  project = "acme-prod"\n'
        f'  role    = "{role}"\n  member  = {member}\n}}\n'
    )


def held(*bindings, project='"acme-prod"'):
    files = (("modules/sa/main.tf", MADE), ("main.tf", calls(project) + "".join(bindings)))
    found = link(gather(tree_of(files), Settings(root=Path(), now=WHEN)).resources)
    of_google = (one.facts for one in found if one.kind == "identity" and value_of(one.facts.provider) == "gcp")
    return {value_of(facts.name): value_of(facts.managed) for facts in of_google if value_of(facts.managed)}


BY_ADDRESS = '"serviceAccount:${module.writer.address}"'
VIEWS = given("a", "roles/storage.objectViewer", '"serviceAccount:${module.reader.address}"')
WRITES = given("b", "roles/storage.admin", BY_ADDRESS)
RUNS = given("c", "roles/run.admin", "module.writer.as_member")


def test_accounts_of_two_calls_are_two_and_each_output_names_its_own():
    assert held(VIEWS, WRITES, RUNS) == {
        "reader-bot": ("roles/storage.objectViewer",),
        "writer-bot": ("roles/storage.admin", "roles/run.admin"),
    }


def test_an_account_of_a_project_that_is_filled_in_later_is_told_by_its_call():
    assert held(VIEWS, WRITES, RUNS, 'variable "home" {}\n', project="var.home") == {
        "<module.reader.google_service_account.sa.email>": ("roles/storage.objectViewer",),
        "<module.writer.google_service_account.sa.email>": ("roles/storage.admin", "roles/run.admin"),
    }


@pytest.mark.parametrize("member", ["module.writer.nothing", "module.nobody.as_member"])
def test_an_output_that_is_not_there_is_nobody(member):
    assert held(given("c", "roles/run.admin", member)) == {}


LISTED = """
variable "names" {}
resource "google_service_account" "sa" {
  for_each   = toset(var.names)
  account_id = each.key
}
output "addresses" { value = zipmap(var.names, values(google_service_account.sa)[*].email) }
"""


def test_what_only_a_function_gives_is_called_by_the_output_that_hands_it_back():
    call = 'module "bots" {\n  source = "./modules/sa"\n  names  = var.bots\n}\nvariable "bots" {}\n'
    files = (
        ("modules/sa/main.tf", LISTED),
        ("main.tf", call + given("a", "roles/storage.admin", '"serviceAccount:${module.bots.addresses["ci"]}"')),
    )
    found = link(gather(tree_of(files), Settings(root=Path(), now=WHEN)).resources)
    names = {value_of(one.facts.name) for one in found if one.kind == "identity" and value_of(one.facts.managed)}
    assert names == {"<module.bots.addresses[ ci ]>"}
