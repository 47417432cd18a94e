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
