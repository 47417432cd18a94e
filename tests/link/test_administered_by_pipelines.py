"""What makes a role that pipelines may become an administrator, in words, and which roles are none."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.gather import gather
from nhilint.link import link
from nhilint.model.fact import value_of
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

ISSUER = "token.actions.githubusercontent.com"


def administrations(**files):
    tree = MemoryTree({f"{name}.tf": text.encode() for name, text in files.items()})
    gathered = gather(tree, Settings(root=Path("repository"), now=datetime(2026, 11, 23, tzinfo=UTC), use_cache=False))
    return {
        resource.name: value_of(resource.facts.administers_by)
        for resource in link(gathered.resources)
        if resource.kind == "identity"
    }


def of_amazon(policies, *, more="", federated=True):
    web = {
        "Effect": "Allow",
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Principal": {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{ISSUER}"},
        "Condition": {"StringLike": {f"{ISSUER}:sub": "repo:acme/site:*", f"{ISSUER}:aud": "sts.amazonaws.com"}},
    }
    service = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}}
    trust = json.dumps({"Statement": [web if federated else service]})
    held = json.dumps([f"arn:aws:iam::aws:policy/{policy}" for policy in policies])
    return f"""
resource "aws_iam_role" "ci" {{
  name                = "ci"
  managed_policy_arns = {held}
  assume_role_policy  = jsonencode({trust})
  {more}
}}
"""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (of_amazon(["AdministratorAccess"]), "AdministratorAccess"),
        (of_amazon(["ReadOnlyAccess", "IAMFullAccess"]), "IAMFullAccess"),
        (of_amazon(["PowerUserAccess"]), None),
        (of_amazon(["AdministratorAccess"], federated=False), None),
        (
            of_amazon(["AdministratorAccess"], more='permissions_boundary = "arn:aws:iam::111122223333:policy/edge"'),
            None,
        ),
        (
            of_amazon(
                [],
                more='inline_policy {\n policy = jsonencode({Statement = [{Effect = "Allow", Action = "*", '
                'Resource = "*"}]})\n}',
            ),
            "a policy that allows everything",
        ),
    ],
)
def test_a_role_of_amazon(text, told):
    assert administrations(main=text)["ci"] == told


GOOGLE = """
resource "google_iam_workload_identity_pool" "ci" {
  workload_identity_pool_id = "ci"
}
resource "google_iam_workload_identity_pool_provider" "ci" {
  workload_identity_pool_id          = google_iam_workload_identity_pool.ci.workload_identity_pool_id
  workload_identity_pool_provider_id = "ci"
  attribute_mapping = {"google.subject" = "assertion.sub", "attribute.repository" = "assertion.repository"}
  attribute_condition                = "assertion.repository == 'acme/site'"
  oidc { issuer_uri = "https://token.actions.githubusercontent.com" }
}
resource "google_service_account" "ci" {
  account_id = "ci"
}
resource "google_service_account_iam_member" "ci" {
  service_account_id = google_service_account.ci.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.ci.name}/attribute.repository/acme/site"
}
"""


def given(role, kind="project", over='project = "acme-prod"'):
    return f"""
resource "google_{kind}_iam_member" "given_{role.rpartition(".")[2].rpartition("/")[2]}" {{
  {over}
  role   = "{role}"
  member = "serviceAccount:${{google_service_account.ci.email}}"
}}
"""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            given("roles/viewer") + given("roles/resourcemanager.projectIamAdmin"),
            "roles/resourcemanager.projectIamAdmin over the whole project",
        ),
        (
            given("roles/resourcemanager.folderIamAdmin", "folder", 'folder = "4711"'),
            "roles/resourcemanager.folderIamAdmin over the whole folder",
        ),
        (given("roles/viewer") + given("roles/owner"), "roles/owner over the whole project"),
        (
            given("roles/viewer") + given("roles/owner", "organization", 'org_id = "4711"'),
            "roles/owner over the whole organization",
        ),
        (given("roles/storage.admin"), None),
    ],
)
def test_an_account_of_google(text, told):
    assert administrations(main=GOOGLE + text)["ci"] == told


def of_azure(role, scope="/subscriptions/11111111-2222-3333-4444-555555555555", more=""):
    return f"""
resource "azuread_application" "ci" {{
  display_name = "ci"
}}
resource "azuread_service_principal" "ci" {{
  client_id = azuread_application.ci.client_id
}}
resource "azuread_application_federated_identity_credential" "ci" {{
  application_id = azuread_application.ci.id
  display_name   = "pulls"
  issuer         = "https://{ISSUER}"
  subject        = "repo:acme/site:pull_request"
  audiences      = ["api://AzureADTokenExchange"]
}}
resource "azurerm_role_assignment" "ci" {{
  scope                = "{scope}"
  principal_id         = azuread_service_principal.ci.object_id
  role_definition_name = "{role}"
  {more}
}}
"""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (of_azure("Owner"), "Owner on a whole subscription"),
        (
            of_azure("User Access Administrator", "/providers/Microsoft.Management/managementGroups/acme"),
            "User Access Administrator on a whole management group",
        ),
        (of_azure("Contributor"), None),
        (of_azure("Owner", "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/site"), None),
    ],
)
def test_an_application_of_azure(text, told):
    assert administrations(main=text)["ci"] == told
