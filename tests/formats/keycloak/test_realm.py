from __future__ import annotations

import hashlib
import json

import pytest
from formats.app_reading import app, resources, shown

from nhilint.model.fact import Unknown

SECRET = hashlib.sha256(b"a client").hexdigest()[:28]

POLICIES = "org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy"


def trusting(host, addresses):
    keys = ("host-sending-registration-request-must-match", "client-uris-must-match")
    config = dict(zip(keys, ([host], [addresses]), strict=True))
    return {"providerId": "trusted-hosts", "subType": "anonymous", "config": config}


def realm(client, **rest):
    return json.dumps({"realm": "acme", "clients": [{"clientId": "portal"} | client], **rest})


def portal(client, **rest):
    return app("keycloak", "acme-realm.json", realm(client, **rest))


@pytest.mark.parametrize(
    ("client", "flows"),
    [
        ({}, ("authorization_code",)),
        (
            {"implicitFlowEnabled": True, "directAccessGrantsEnabled": True},
            ("authorization_code", "implicit", "password"),
        ),
        ({"standardFlowEnabled": False, "serviceAccountsEnabled": True}, ("client_credentials",)),
        ({"bearerOnly": True}, ()),
        ({"attributes": {"oauth2.device.authorization.grant.enabled": "true"}}, ("authorization_code", "device_code")),
    ],
)
def test_flows_and_what_a_missing_key_means(client, flows):
    assert portal(client).grant_types.value == flows


def test_redirects_count_where_a_flow_uses_them():
    assert len(portal({"redirectUris": ["https://a.acme-apps.com/*"]}).redirects) == 1
    assert portal({"redirectUris": ["*"], "standardFlowEnabled": False}).redirects == ()


def test_lifetimes_of_the_client_go_before_the_realms():
    assert portal({}, accessTokenLifespan=300).access_hours.value == pytest.approx(1 / 12)
    assert portal({"attributes": {"access.token.lifespan": "7200"}}, accessTokenLifespan=300).access_hours.value == 2
    assert portal({"attributes": {"access.token.lifespan": ""}}, accessTokenLifespan=3600).access_hours.value == 1


@pytest.mark.parametrize(
    ("client", "full"), [({}, True), ({"fullScopeAllowed": False}, False), ({"consentRequired": True}, False)]
)
def test_every_role_goes_into_tokens_unless_stated(client, full):
    assert portal(client).full_scope.value is full


def test_pkce_is_demanded_by_an_attribute():
    assert portal({}).pkce_required.value is False
    assert portal({"attributes": {"pkce.code.challenge.method": "S256"}}).pkce_required.value is True
    assert isinstance(portal({"attributes": {"pkce.code.challenge.method": "${PKCE}"}}).pkce_required, Unknown)


def test_roles_of_a_service_account_are_scopes():
    users = [{"serviceAccountClientId": "portal", "clientRoles": {"realm-management": ["manage-users", "query-users"]}}]
    assert shown(portal({}, users=users)) == [("manage-users", "critical"), ("query-users", "low")]


def test_clients_that_keycloak_makes_or_that_speak_saml_are_left_out():
    clients = [{"clientId": "admin-cli"}, {"clientId": "sp", "protocol": "saml"}, {"clientId": "old", "enabled": False}]
    assert resources("keycloak", "acme-realm.json", json.dumps({"realm": "acme", "clients": clients})) == ()


def test_secrets_are_credentials_but_for_asterisks():
    assert len(portal({"secret": SECRET}).credentials) == 1
    assert SECRET not in repr(portal({"secret": SECRET}))
    assert portal({"secret": "**********"}).credentials == ()


def test_the_secrets_of_the_realm_have_an_app_of_their_own():
    found = resources(
        "keycloak", "acme-realm.json", realm({}, identityProviders=[{"config": {"clientSecret": SECRET}}])
    )
    assert [resource.name for resource in found] == ["portal", "acme"]


def test_the_operators_resource_and_lists_of_realms():
    text = "kind: KeycloakRealmImport\nspec: {realm: {realm: acme, clients: [{clientId: portal}]}}\n"
    assert resources("keycloak", "k8s/realm.yaml", text)[0].name == "portal"
    assert len(resources("keycloak", "acme-realm.json", f"[{realm({})}, {realm({})}]")) == 2


@pytest.mark.parametrize(
    "value", [{"realm": "acme"}, {"clients": [{"clientId": "a"}]}, [], {"realm": "a", "clients": {}}]
)
def test_look_alikes_are_left_alone(value):
    assert resources("keycloak", "realm.json", json.dumps(value)) == ()


@pytest.mark.parametrize(
    ("policies", "is_open"),
    [
        ([], False),
        ([{"providerId": "max-clients", "subType": "authenticated"}], False),
        ([{"providerId": "max-clients", "subType": "anonymous"}], True),
        ([{"providerId": "trusted-hosts", "subType": "anonymous", "config": {}}], False),
        ([trusting("false", "true")], False),
        ([trusting("true", "false")], False),
        ([trusting("false", "false")], True),
    ],
)
def test_who_may_register_clients(policies, is_open):
    text = realm({}, components={POLICIES: policies})
    entrances = [one for found in resources("keycloak", "acme-realm.json", text) for one in found.facts.entrances]
    assert bool(entrances) is is_open
