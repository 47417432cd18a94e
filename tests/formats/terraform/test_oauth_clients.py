from __future__ import annotations

from pathlib import Path

import pytest
from formats.app_reading import shown

from nhilint.formats.terraform.oauth_clients import READERS
from nhilint.formats.terraform.reading import CLIENTS
from nhilint.gather import gather
from nhilint.link import link
from nhilint.model.fact import Unknown
from nhilint.settings import Settings
from nhilint.testing import WHEN
from nhilint.tree import MemoryTree


def apps(*texts):
    from datetime import UTC, datetime

    files = {f"main{number}.tf": text for number, text in enumerate(texts)}
    gathered = gather(MemoryTree(files), Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC)))
    return [resource.facts for resource in link(gathered.resources) if resource.kind == "app"]


def test_the_types_that_wake_the_readers_are_those_that_are_read():
    assert set(READERS) == CLIENTS


def test_auth0():
    client, grant = apps(
        """
        variable "env" {}
        resource "auth0_client" "shop" {
          name = "Shop"
          app_type = "spa"
          callbacks = ["https://shop.acme-apps.com/cb", "https://${var.env}.acme-apps.com/cb"]
          grant_types = ["authorization_code", "refresh_token"]
          refresh_token {
            rotation_type = "non-rotating"
            expiration_type = "non-expiring"
          }
        }
        resource "auth0_client_grant" "sync" {
          client_id = auth0_client.shop.id
          audience = "https://acme.auth0.com/api/v2/"
          scopes = ["update:users"]
        }
        """
    )
    assert (client.public_client.value, client.refresh_rotates.value, client.refresh_expires.value) == (
        True,
        False,
        False,
    )
    assert isinstance(client.redirects[1], Unknown)
    assert shown(grant) == [("update:users", "critical")]


def test_okta():
    client, scopes = apps(
        """
        resource "okta_app_oauth" "batch" {
          label = "Batch"
          type = "service"
          grant_types = ["client_credentials"]
          pkce_required = true
        }
        resource "okta_app_oauth_api_scope" "batch" {
          app_id = okta_app_oauth.batch.id
          issuer = "https://acme.okta.com"
          scopes = ["okta.users.manage", "okta.groups.read"]
        }
        """
    )
    assert (client.name.value, client.public_client.value, client.pkce_required.value) == ("Batch", False, True)
    assert shown(scopes) == [("okta.users.manage", "critical"), ("okta.groups.read", "medium")]


@pytest.mark.parametrize(
    ("role", "sensitivity"),
    [("SUPER_ADMIN", "critical"), ("HELP_DESK_ADMIN", "critical"), ("READ_ONLY_ADMIN", "high")],
)
def test_a_standard_role_of_a_service_app_of_okta_is_a_grant(role, sensitivity):
    (grant,) = apps(f'resource "okta_app_oauth_role_assignment" "agent" {{\n  type = "{role}"\n}}')
    assert shown(grant) == [(role, sensitivity)]


@pytest.mark.parametrize("kind", ['type = "CUSTOM"', "type = var.role", ""])
def test_a_role_that_okta_does_not_define_is_unknown(kind):
    (grant,) = apps(f'resource "okta_app_oauth_role_assignment" "agent" {{\n  {kind}\n}}')
    assert isinstance(grant.scopes[0], Unknown)


CUSTOM_ROLE = """
resource "okta_admin_role_custom" "desk" {{
  label = "desk"
  permissions = {permissions}
}}
resource "okta_resource_set" "people" {{
  label = "people"
  {resources}
}}
resource "okta_app_oauth_role_assignment" "agent" {{
  type = "CUSTOM"
  role = okta_admin_role_custom.desk.id
  resource_set = okta_resource_set.people.id
}}
"""


@pytest.mark.parametrize(
    ("permissions", "resources", "expected"),
    [
        ('["okta.users.manage"]', 'resources = ["${local.org}/api/v1/users"]', "critical"),
        ('["okta.users.manage"]', 'resources = [format("%s/api/v1/users", local.org)]', "critical"),
        ('["okta.users.manage"]', 'resources_orn = ["orn:okta:directory:00o:users"]', "critical"),
        ('["okta.users.manage"]', 'resources = ["${local.org}/api/v1/groups/00g1/users"]', "high"),
        ('["okta.users.manage"]', 'resources = ["${local.org}/api/v1/apps"]', "high"),
        ('["okta.apps.assignment.manage"]', 'resources = ["${local.org}/api/v1/apps/0oa1"]', "high"),
        ('["okta.identityProviders.manage"]', 'resources = ["${local.org}/api/v1/apps/0oa1"]', "critical"),
        ('["okta.users.read"]', 'resources = ["https://acme.okta.com/api/v1/users"]', "high"),
        ('["okta.groups.read"]', 'resources = ["https://acme.okta.com/api/v1/groups"]', "medium"),
    ],
)
def test_a_role_of_its_own_counts_by_what_it_may_do_on_what(permissions, resources, expected):
    (grant,) = apps(CUSTOM_ROLE.format(permissions=permissions, resources=resources))
    assert [level for _, level in shown(grant)] == [expected]


def test_a_role_of_its_own_may_stand_in_files_of_its_own():
    told = CUSTOM_ROLE.format(
        permissions='["okta.users.manage"]', resources='resources = ["${local.org}/api/v1/users"]'
    )
    (grant,) = apps(*(f'resource "{block}' for block in told.split('resource "')[1:]))
    assert [level for _, level in shown(grant)] == ["critical"]


@pytest.mark.parametrize(
    ("permissions", "resources"),
    [
        ('["okta.users.manage"]', "resources = [for app in var.apps : app.url]"),
        ('["okta.users.manage"]', ""),
        ("var.permissions", 'resources = ["https://acme.okta.com/api/v1/users"]'),
        ("[var.permission]", 'resources = ["https://acme.okta.com/api/v1/users"]'),
    ],
)
def test_a_role_of_its_own_that_is_filled_in_later(permissions, resources):
    (grant,) = apps(CUSTOM_ROLE.format(permissions=permissions, resources=resources))
    assert isinstance(grant.scopes[0], Unknown)


@pytest.mark.parametrize(("kind", "public"), [("PUBLIC", True), ("CONFIDENTIAL", False)])
def test_keycloak_flows_are_off_unless_stated(kind, public):
    (client,) = apps(
        f"""
        resource "keycloak_openid_client" "portal" {{
          client_id = "portal"
          access_type = "{kind}"
          direct_access_grants_enabled = true
        }}
        """
    )
    assert client.public_client.value is public
    assert client.grant_types.value == ("password",)


def test_cognito_blocks():
    (client,) = apps(
        """
        resource "aws_cognito_user_pool_client" "web" {
          name = "web"
          allowed_oauth_flows = ["implicit"]
          allowed_oauth_flows_user_pool_client = true
          access_token_validity = 1
          token_validity_units {
            access_token = "days"
          }
        }
        """
    )
    assert client.grant_types.value == ("implicit",)
    assert client.access_hours.value == 24


def test_rules_of_an_authorization_server_of_okta():
    (rule,) = apps(
        """
        resource "okta_auth_server_policy_rule" "agents" {
          name = "agents"
          grant_type_whitelist = ["client_credentials", "password"]
          access_token_lifetime_minutes = 1440
        }
        resource "okta_auth_server_policy_rule" "off" {
          name = "off"
          status = "INACTIVE"
          grant_type_whitelist = ["implicit"]
        }
        """
    )
    assert rule.grant_types.value == ("client_credentials", "password")
    assert rule.access_hours.value == 24.0


def test_a_rule_without_a_lifetime_gives_an_hour_and_a_variable_nothing():
    stated, unknown = apps(
        """
        variable "minutes" {}
        resource "okta_auth_server_policy_rule" "a" { grant_type_whitelist = ["authorization_code"] }
        resource "okta_auth_server_policy_rule" "b" { access_token_lifetime_minutes = var.minutes }
        """
    )
    assert stated.access_hours.value == 1.0
    assert isinstance(unknown.access_hours, Unknown)


def test_settings_of_auth0():
    server, tenant = apps(
        """
        resource "auth0_resource_server" "orders" {
          identifier = "https://orders.acme-apps.com"
          token_lifetime = 259200
        }
        resource "auth0_resource_server" "own" {
          identifier = "https://acme.eu.auth0.com/api/v2/"
          token_lifetime = 259200
        }
        resource "auth0_tenant" "acme" {
          flags { enable_dynamic_client_registration = true }
        }
        resource "auth0_tenant" "silent" { friendly_name = "Acme" }
        """
    )
    assert server.access_hours.value == 72.0
    assert tenant.entrances[0].kind.value == "registration"


def test_a_block_whose_label_says_nothing_is_told_with_its_type():
    block = 'variable "name" {}\nresource "auth0_client" "%s" {\n  name = var.name\n  app_type = "spa"\n}\n'
    named = [apps(block % label)[0].name.value for label in ("this", "shop")]
    assert named == ["auth0_client.this", "shop"]


def test_a_client_that_its_caller_describes_is_told_in_the_callers_file():
    arguments = '  app = { name = "Shop", callbacks = ["https://*.acme-apps.com/cb"] }\n'
    main = f'module "apps" {{\n  source = "./apps"\n{arguments}}}\n'
    client = "  name = var.app.name\n  callbacks = var.app.callbacks\n"
    module = f'variable "app" {{}}\nresource "auth0_client" "one" {{\n{client}}}\n'
    tree = MemoryTree({"main.tf": main.encode(), "apps/main.tf": module.encode()})
    found = [r for r in link(gather(tree, Settings(root=Path(), now=WHEN)).resources) if r.kind == "app"]
    assert [(r.name, r.format) for r in found] == [("Shop", "terraform-oauth-clients")]
    assert {redirect.at.path for r in found for redirect in r.facts.redirects} == {"main.tf"}
