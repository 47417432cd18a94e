"""Accounts that Vault makes in Google Cloud and Azure, with the roles that it gives them."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhilint.gather import gather
from nhilint.link import link
from nhilint.model.fact import Unknown, known_records, value_of
from nhilint.model.vocabulary.identity import Identity
from nhilint.settings import Settings
from nhilint.testing import WHEN, tree_of

ROLE_SET = """
resource "vault_gcp_secret_roleset" "ci" {{
  roleset = "ci"
  binding {{
    resource = "{resource}"
    roles    = ["roles/viewer", "roles/owner"]
  }}
}}
"""
PRINCIPAL = """
resource "vault_azure_secret_backend_role" "ci" {{
  role = "ci"
  {stated}
  azure_roles {{
    role_name = "Owner"
    scope     = "/subscriptions/1/resourceGroups/a"
  }}
}}
"""


def read(text):
    gathered = gather(tree_of((("main.tf", text),)), Settings(root=Path(), now=WHEN))
    return {r.name: r.facts for r in link(gathered.resources) if isinstance(r.facts, Identity)}


@pytest.mark.parametrize(
    ("resource", "level"),
    [
        ("//cloudresourcemanager.googleapis.com/projects/${var.project}", "project"),
        ("organizations/42", "organization"),
        ("//storage.googleapis.com/buckets/a", "resource"),
    ],
)
def test_an_account_holds_its_roles_where_it_is_told_to(resource, level):
    (found,) = read(ROLE_SET.format(resource=resource)).values()
    grants = known_records(found.grants)
    assert value_of(found.provider) == "gcp"
    assert [value_of(grant.role) for grant in grants] == ["roles/viewer", "roles/owner"]
    assert {value_of(grant.scope_level) for grant in grants} == {level}


def test_an_account_that_stands_elsewhere_goes_by_its_address():
    text = ROLE_SET.format(resource="projects/a").replace("roleset", "static_account")
    stated = text.replace('static_account = "ci"', 'service_account_email = "bot@a.iam.gserviceaccount.com"')
    assert list(read(stated)) == ["bot@a.iam.gserviceaccount.com"]


def test_bindings_that_are_filled_in_later_are_unknown():
    text = 'resource "vault_gcp_secret_roleset" "ci" {\n  dynamic "binding" {\n    for_each = var.x\n  }\n}\n'
    (found,) = read(text).values()
    (grant,) = known_records(found.grants)
    assert isinstance(grant.role, Unknown)


def test_a_service_principal_holds_its_roles():
    (found,) = read(PRINCIPAL.format(stated="")).values()
    (grant,) = known_records(found.grants)
    assert value_of(found.provider) == "azure"
    assert (value_of(grant.role), value_of(grant.scope_level)) == ("Owner", "resource_group")


def test_the_roles_of_a_principal_that_stands_elsewhere_count_for_nothing():
    assert read(PRINCIPAL.format(stated='application_object_id = "1"')) == {}
