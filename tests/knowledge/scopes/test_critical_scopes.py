"""The critical scopes of every provider whose others are not listed one by one, as exact lists.

Whoever makes a scope critical, or less, changes a line here, so that the change is read twice. The rules are in
docs/concepts/scopes.md.
"""

from __future__ import annotations

import pytest

from nhilint.knowledge.scopes import look_up, providers
from nhilint.knowledge.scopes.catalogue import UNREVIEWED, entries

LISTED_ELSEWHERE = {"google", "slack", "github", "github-actions"}

CRITICAL = {
    "asana": """
        roles:write
    """,
    "atlassian": """
        ACT_AS_USER ADMIN account:write repository:admin repository:delete runner:write
        write:confluence-groups write:group:confluence write:group:jira
    """,
    "auth0": """
        create:actions create:authentication_methods create:client_credentials create:client_grants
        create:client_keys create:clients create:connections create:guardian_enrollment_tickets create:hooks
        create:organization_client_grants create:organization_connections create:organization_member_roles
        create:organization_members create:role_members create:roles create:rules create:scim_token
        create:sso_access_tickets create:user_tickets create:users update:actions
        update:authentication_methods update:client_credentials update:client_grants update:client_keys
        update:clients update:connections update:hooks update:organization_connections update:roles
        update:rules update:triggers update:users
    """,
    "box": """
        enterprise_content gcm manage_groups manage_managed_users root_readwrite
    """,
    "discord": "",
    "dropbox": """
        groups.write members.write team_data.content.read team_data.content.write team_data.member
        team_data.team_space
    """,
    "gitlab": """
        admin_mode api create_runner k8s_proxy manage_runner sudo write_repository
    """,
    "hubspot": """
        settings.users.write
    """,
    "keycloak": """
        impersonation manage-authorization manage-clients manage-identity-providers manage-realm
        manage-users realm-admin
    """,
    "linear": """
        admin
    """,
    "notion": "",
    "okta": """
        okta.apiTokens.manage okta.appGrants.manage okta.apps.manage okta.authenticators.manage
        okta.authorizationServers.manage okta.clients.manage okta.factors.manage
        okta.governance.accessRequests.manage okta.governance.entitlements.manage okta.groups.manage
        okta.idps.manage okta.policies.manage okta.privilegedAccounts.manage okta.realms.manage
        okta.roles.manage okta.users.manage
    """,
    "salesforce": """
        full
    """,
    "shopify": """
        write_payment_gateways write_script_tags write_themes
    """,
    "web-extension": """
        debugger
    """,
    "zoom": """
        account:master account:update:owner:admin account:update:owner:master account:write:admin
        chat_message:read:admin imchat:read:admin phone_sms:master report_chat:read:admin role:master
        role:update:role:admin role:update:role:master role:write:admin role:write:member:admin
        role:write:member:master role:write:role:admin role:write:role:master
        team_chat:read:list_user_messages:admin team_chat:read:user_message:admin user:master
        user:update:email:admin user:update:email:master user:update:password:admin
        user:update:password:master user:update:user:admin user:update:user:master user:write:admin
        user:write:user:admin user:write:user:master
    """,
}


def test_every_reviewed_provider_has_a_list():
    assert set(CRITICAL) == set(providers()) - LISTED_ELSEWHERE - UNREVIEWED


@pytest.mark.parametrize("provider", CRITICAL)
def test_critical_scopes_are_exactly_these(provider):
    found = [entry.id for entry in entries(provider) if entry.sensitivity == "critical"]
    assert sorted(found) == sorted(CRITICAL[provider].split())


@pytest.mark.parametrize(
    ("provider", "scope", "sensitivity"),
    [
        ("atlassian", "read:jira-work", "medium"),
        ("atlassian", "READ", "high"),
        ("atlassian", "storage:app", "low"),
        ("hubspot", "crm.objects.contacts.read", "high"),
        ("hubspot", "crm.objects.contacts.highly_sensitive.read.v2", "high"),
        ("hubspot", "oauth", "low"),
        ("salesforce", "Api", "high"),
        ("salesforce", "OpenID", "low"),
        ("shopify", "write_products", "medium"),
        ("shopify", "read_orders", "high"),
        ("shopify", "read_themes", "low"),
        ("zoom", "meeting:read:list_meetings", "low"),
        ("zoom", "user:read:list_users:admin", "high"),
        ("zoom", "meeting:write:meeting", "medium"),
        ("zoom", "meeting:delete:meeting:master", "high"),
        ("zoom", "user:write:virtual_background_files:admin", "medium"),
        ("dropbox", "files.content.read", "high"),
        ("asana", "tasks:read", "medium"),
        ("okta", "okta.users.read", "high"),
        ("auth0", "read:clients", "medium"),
        ("keycloak", "view-users", "high"),
        ("web-extension", "cookies", "medium"),
        ("web-extension", "storage", "low"),
        ("web-extension", "*://*/*", "high"),
    ],
)
def test_what_the_rules_make_of_common_scopes(provider, scope, sensitivity):
    name = "<all_urls>" if scope == "*://*/*" else scope
    found = look_up(provider, name)
    assert found is not None
    assert found.sensitivity == sensitivity
