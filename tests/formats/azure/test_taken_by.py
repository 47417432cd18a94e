"""Who takes an identity of Azure: what builds infrastructure is told apart by its ways in."""

from __future__ import annotations

import pytest

from tests.formats.azure.repository import subjects, value


def identity(name, subject=""):
    made = f'resource "azurerm_user_assigned_identity" "{name}" {{\n  name = "id"\n}}\n'
    if not subject:
        return made
    return made + (
        f'resource "azurerm_federated_identity_credential" "job" {{\n  name = "job"\n'
        f"  parent_id = azurerm_user_assigned_identity.{name}.id\n"
        '  issuer = "https://token.actions.githubusercontent.com"\n'
        f'  audience = ["api://AzureADTokenExchange"]\n  subject = "{subject}"\n}}\n'
    )


@pytest.mark.parametrize(
    ("name", "subject", "taker"),
    [
        ("shop", "repo:acme/shop:environment:prod", "deployment"),
        ("shop", "repo:acme/shop:ref:refs/heads/main", "deployment"),
        ("shop", "repo:acme/shop:pull_request", "anything"),
        ("shop_terraform", "repo:acme/shop:pull_request", "anything"),
        ("shop_terraform", "", "anything"),
        ("shop", "", "anything"),
    ],
)
def test_a_deployment_is_known_by_its_ways_in(name, subject, taker):
    found = subjects({"main.tf": identity(name, subject)})
    assert value(found[name].taken_by) == taker


MODULE = identity("this", "repo:acme/shop:%s") + (
    'output "principal_id" {\n  value = azurerm_user_assigned_identity.this.principal_id\n}\n'
)
CALL = (
    'module "ci" {\n  for_each = toset(["a"])\n  source = "./ci"\n}\n'
    'resource "azurerm_role_assignment" "ci" {\n  scope = "/subscriptions/00000000-0000-0000-0000-000000000001"\n'
    '  role_definition_name = "Contributor"\n  principal_id = module.ci["a"].principal_id\n}\n'
)


@pytest.mark.parametrize(("subject", "taker"), [("pull_request", "anything"), ("environment:prod", "deployment")])
def test_an_identity_that_a_call_hands_back_is_entered_as_its_module_says(subject, taker):
    found = subjects({"main.tf": CALL, "ci/main.tf": MODULE % subject})['ci["a"]']
    assert value(found.kind) == "service_account"
    assert value(found.taken_by) == taker
