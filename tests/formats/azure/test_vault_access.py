"""What access policies of key vaults turn into."""

from __future__ import annotations

import json

import pytest

from nhilint.model.fact import Unknown
from tests.formats.azure.repository import subjects, value

TERRAFORM = """
resource "azurerm_user_assigned_identity" "job" {{
  name = "job"
}}
resource "azurerm_key_vault" "main" {{
  name = "main"
  {vault}
}}
resource "azurerm_key_vault_access_policy" "job" {{
  key_vault_id = {id}
  object_id    = azurerm_user_assigned_identity.job.principal_id
  {lists}
}}
"""
ALL = 'secret_permissions = ["Get", "Delete", "Purge"]'
BICEP = """
resource job 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'job'
}
resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'main'
  properties: {
    accessPolicies: []
  }
}
resource given 'Microsoft.KeyVault/vaults/accessPolicies@2023-07-01' = {
  parent: vault
  name: 'NAME'
  properties: {
    accessPolicies: [
      {
        objectId: job.properties.principalId
        permissions: { secrets: [ 'get', 'delete', 'purge' ], keys: [ 'list' ] }
      }
    ]
  }
}
"""


def terraform(lists=ALL, vault="", vault_id="azurerm_key_vault.main.id"):
    return subjects({"main.tf": TERRAFORM.format(lists=lists, vault=vault, id=vault_id)})["job"].grants


def test_the_words_of_a_policy():
    (grant,) = terraform('secret_permissions = ["Get", "List"]\n  key_permissions = ["WrapKey"]')
    assert value(grant.data_actions) == ("secrets/get", "secrets/list", "keys/wrapkey")
    assert value(grant.store_reads) == ("secrets/get",)
    assert value(grant.scope_level) == "resource"
    assert value(grant.purges) is False


@pytest.mark.parametrize(
    ("lists", "vault", "purges"),
    [
        (ALL, "", True),
        (ALL, "purge_protection_enabled = true", False),
        (ALL, "purge_protection_enabled = false", True),
        ('secret_permissions = ["Get", "Purge"]', "", False),
        ('secret_permissions = ["Purge"]\n  key_permissions = ["Delete"]', "", False),
        ('certificate_permissions = ["Delete", "Purge"]', "", True),
    ],
)
def test_deleting_for_good_takes_both_and_no_protection(lists, vault, purges):
    (grant,) = terraform(lists, vault)
    assert value(grant.purges) is purges


@pytest.mark.parametrize(
    ("lists", "vault", "vault_id"),
    [
        (ALL, "purge_protection_enabled = var.safe", "azurerm_key_vault.main.id"),
        (ALL, "", "var.vault"),
        (ALL, "", "data.azurerm_key_vault.main.id"),
        (ALL, "rbac_authorization_enabled = var.roles", "azurerm_key_vault.main.id"),
        ("secret_permissions = var.all", "", "azurerm_key_vault.main.id"),
        ('secret_permissions = ["all"]', "", "azurerm_key_vault.main.id"),
    ],
)
def test_what_is_filled_in_later_stays_open(lists, vault, vault_id):
    (grant,) = terraform(lists, vault, vault_id)
    assert isinstance(grant.purges, Unknown)


@pytest.mark.parametrize("name", ["rbac_authorization_enabled", "enable_rbac_authorization"])
def test_a_vault_that_goes_by_roles_ignores_its_policies(name):
    assert terraform(ALL, f"{name} = true") == ()


def test_a_policy_that_gives_nothing_is_none():
    assert terraform("secret_permissions = []") == ()


def test_a_child_of_a_vault_in_bicep():
    (grant,) = subjects({"main.bicep": BICEP.replace("NAME", "add")})["job"].grants
    assert value(grant.data_actions) == ("secrets/get", "secrets/delete", "secrets/purge", "keys/list")
    assert value(grant.purges) is True


def test_what_is_taken_away_is_not_given():
    assert subjects({"main.bicep": BICEP.replace("NAME", "remove")})["job"].grants == ()


def test_a_vault_of_another_deployment_may_be_protected():
    existing = BICEP.replace("NAME", "add").replace("vaults@2023-07-01' =", "vaults@2023-07-01' existing =")
    (grant,) = subjects({"main.bicep": existing})["job"].grants
    assert isinstance(grant.purges, Unknown)


def test_a_template():
    schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
    policy = {
        "objectId": "[reference(resourceId('Microsoft.Web/sites', 'site'), '2022-03-01', 'full').identity.principalId]",
        "permissions": {"Secrets": ["Delete", "Purge"]},
    }
    vault = {"type": "Microsoft.KeyVault/vaults", "name": "main", "properties": {"accessPolicies": [policy]}}
    found = subjects({"azuredeploy.json": json.dumps({"$schema": schema, "resources": [vault]})})
    (identity,) = found.values()
    assert value(identity.kind) == "service_account"
    assert value(identity.grants[0].purges) is True
