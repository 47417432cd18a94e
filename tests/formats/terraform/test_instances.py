"""What is made for every element of a list or object: by `count`, by `for_each`, and by several calls of a module."""

from __future__ import annotations

import pytest

from nhilint.model.fact import known_records, value_of
from tests.formats.azure.repository import ids, subjects, value
from tests.formats.kubernetes.cluster_files import identities

ACCOUNT = 'resource "google_service_account" "bot" {\n  account_id = "bot"\n}\n'
JOB = 'resource "azurerm_user_assigned_identity" "job" {}\ndata "azurerm_subscription" "main" {}\n'
ROLES = 'variable "roles" {\n  default = ["roles/editor", "roles/viewer"]\n}\n'


def roles(identity):
    return {value_of(one.role) for one in known_records(identity.grants)}


@pytest.mark.parametrize(
    "made",
    [
        "count = length(var.roles)\n  role = var.roles[count.index]",
        "count = length(var.roles)\n  role = element(var.roles, count.index)",
        'for_each = { for p in setproduct(["a", "b"], var.roles) : "${p[0]}-${p[1]}" => p }\n  role = each.value[1]',
    ],
)
def test_roles_of_google_cloud(made):
    member = (
        f'resource "google_project_iam_member" "m" {{\n  project = "p"\n  {made}\n'
        "  member = google_service_account.bot.member\n}\n"
    )
    assert roles(subjects({"main.tf": ACCOUNT + ROLES + member})["bot"]) == {"roles/editor", "roles/viewer"}


def test_two_calls_of_a_module_make_two_accounts():
    module = (
        'variable "name" {}\nvariable "role" {}\nresource "google_service_account" "it" {\n  account_id = var.name\n}\n'
        'resource "google_project_iam_member" "it" {\n  project = "p"\n  role = var.role\n'
        "  member = google_service_account.it.member\n}\n"
    )
    calls = "".join(
        f'module "{name}" {{\n  source = "../account"\n  name = "{name}"\n  role = "{role}"\n}}\n'
        for name, role in (("deployer", "roles/editor"), ("logger", "roles/logging.logWriter"))
    )
    found = subjects({"account/main.tf": module, "infra/main.tf": calls})
    assert roles(found["deployer"]) == {"roles/editor"}
    assert roles(found["logger"]) == {"roles/logging.logWriter"}


def test_a_custom_role_by_its_id_in_a_longer_text():
    text = (
        'variable "project" {}\nresource "google_project_iam_custom_role" "minter" {\n  project = var.project\n'
        '  role_id = "minter"\n  permissions = ["iam.serviceAccountKeys.create"]\n}\n'
        'resource "google_project_iam_member" "m" {\n  project = var.project\n'
        '  role = "projects/${var.project}/roles/${google_project_iam_custom_role.minter.role_id}"\n'
        "  member = google_service_account.bot.member\n}\n"
    )
    assert "gcp-sa-key-create" in ids(subjects({"main.tf": ACCOUNT + text})["bot"])


def test_scope_and_principal_that_an_element_names():
    text = (
        'locals {\n  all = { a = { role = "Owner", scope = data.azurerm_subscription.main.id,'
        " who = azurerm_user_assigned_identity.job.principal_id } }\n}\n"
        'resource "azurerm_role_assignment" "all" {\n  for_each = local.all\n  scope = each.value.scope\n'
        "  role_definition_name = each.value.role\n  principal_id = each.value.who\n}\n"
    )
    (grant,) = known_records(subjects({"main.tf": JOB + text})["job"].grants)
    assert (value(grant.role), value(grant.scope_level)) == ("Owner", "subscription")


def test_federated_credentials_of_every_element():
    text = (
        'resource "azurerm_federated_identity_credential" "gh" {\n  for_each = toset(["pull_request", "environment:x"])\n'
        '  parent_id = azurerm_user_assigned_identity.job.id\n  audience = ["api://AzureADTokenExchange"]\n'
        '  issuer = "https://token.actions.githubusercontent.com"\n  subject = "repo:acme/x:${each.value}"\n}\n'
    )
    assert len(known_records(subjects({"main.tf": JOB + text})["job"].trusts)) == 2


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ('"github-${each.value}"', {"github-pull_request", "github-main"}),
        ("var.name", {"azurerm_federated_identity_credential.this of main.tf"}),
    ],
)
def test_a_federated_credential_whose_label_tells_nothing(stated, told):
    text = (
        'resource "azurerm_federated_identity_credential" "this" {\n  for_each = toset(["pull_request", "main"])\n'
        f"  name = {stated}\n  parent_id = azurerm_user_assigned_identity.job.id\n"
        '  issuer = "https://token.actions.githubusercontent.com"\n  subject = "repo:acme/x:${each.value}"\n}\n'
    )
    trusts = known_records(subjects({"main.tf": JOB + text})["job"].trusts)
    assert {value(trust.name) for trust in trusts} == told


def test_permissions_of_graph_that_are_counted():
    text = (
        'variable "asked" {\n  default = ["User.Read.All", "RoleManagement.ReadWrite.Directory"]\n}\n'
        'data "azuread_service_principal" "graph" {\n  client_id = "00000003-0000-0000-c000-000000000000"\n}\n'
        'resource "azuread_app_role_assignment" "a" {\n  count = length(var.asked)\n'
        "  app_role_id = data.azuread_service_principal.graph.app_role_ids[var.asked[count.index]]\n"
        "  principal_object_id = azurerm_user_assigned_identity.job.principal_id\n"
        "  resource_object_id = data.azuread_service_principal.graph.object_id\n}\n"
    )
    assert "entra-rolemanagement" in ids(subjects({"main.tf": JOB + text})["job"])


def test_the_directory_role_that_an_instance_is():
    text = (
        'resource "azuread_directory_role" "r" {\n  for_each = toset(["Global Administrator", "Directory Readers"])\n'
        "  display_name = each.key\n}\n"
        'resource "azuread_directory_role_member" "m" {\n'
        '  role_object_id = azuread_directory_role.r["Global Administrator"].object_id\n'
        "  member_object_id = azurerm_user_assigned_identity.job.principal_id\n}\n"
    )
    assert "Global Administrator" in str(subjects({"main.tf": JOB + text})["job"])


def test_bindings_of_a_cluster_for_every_element():
    text = (
        'resource "kubernetes_cluster_role_binding" "b" {\n  for_each = { bot = "cluster-admin", eye = "view" }\n'
        "  metadata {\n    name = each.key\n  }\n"
        '  role_ref {\n    kind = "ClusterRole"\n    name = each.value\n  }\n'
        '  subject {\n    kind = "ServiceAccount"\n    name = each.key\n    namespace = "shop"\n  }\n}\n'
    )
    found = identities({"infra/main.tf": text})
    assert value_of(found["shop/bot"].managed_admin)
    assert not value_of(found["shop/eye"].managed_admin)
