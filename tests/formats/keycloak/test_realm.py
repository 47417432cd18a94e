from __future__ import annotations

import hashlib
import json

import pytest
from formats.app_reading import app, resources, shown

from nhilint.model.fact import Unknown, value_of

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


def test_one_client_as_the_older_operator_takes_it():
    client = {"clientId": "portal", "secret": SECRET, "directAccessGrantsEnabled": True}
    text = json.dumps({"apiVersion": "keycloak.org/v1alpha1", "kind": "KeycloakClient", "spec": {"client": client}})
    found = app("keycloak", "client.yaml", text)
    assert found.grant_types.value == ("authorization_code", "password")
    assert [one.name.value for one in found.credentials] == ["secret"]


@pytest.mark.parametrize(
    ("name", "path", "redirects", "setting"),
    [
        ("acme", "acme-realm.json", ["http://shop/*", "http://api.shop.local/*"], "test"),
        ("acme", "acme-realm.json", ["http://shop/*", "https://shop.acme.io/*"], "production"),
        ("acme", "acme-realm.json", ["https://portal.acme-apps.com/cb"], "production"),
        ("acme", "acme-realm.json", [], "production"),
        ("acme", "acme-realm.json", ["http://localhost:8080/*", "http://127.0.0.1/*"], "test"),
        ("acme", "acme-realm.json", ["http://localhost:8080/*", "https://oauth.pstmn.io/v1/callback"], "test"),
        ("acme", "acme-realm.json", ["http://localhost:*", "app.localhost.ionic:*", "/*"], "test"),
        ("acme", "acme-realm.json", ["http://portal.acme-apps.com:*", "http://localhost/*"], "production"),
        ("acme", "acme-realm.json", ["https://oauth.pstmn.io/v1/callback"], "production"),
        ("acme", "acme-realm.json", ["http://localhost:8080/*", "https://portal.acme-apps.com/cb"], "production"),
        ("acme", "acme-realm.json", ["http://localhost:8080/*", "*"], "production"),
        ("Test", "acme-realm.json", ["*"], "test"),
        ("acme", "acme-realm-dev.json", ["*"], "test"),
        ("latest", "device-realm.json", ["*"], "production"),
    ],
)
def test_a_realm_for_those_who_develop(name, path, redirects, setting):
    text = json.dumps({"realm": name, "clients": [{"clientId": "portal", "redirectUris": redirects}]})
    assert {one.setting for one in resources("keycloak", path, text)} == {setting}


@pytest.mark.parametrize(
    ("client", "key"),
    [
        ({"implicitFlowEnabled": True}, "implicitFlowEnabled"),
        ({"directAccessGrantsEnabled": True}, "directAccessGrantsEnabled"),
        ({"implicitFlowEnabled": True, "directAccessGrantsEnabled": True}, "clientId"),
    ],
)
def test_flows_stand_where_they_are_switched_on(client, key):
    assert portal(client).grant_types.at.pointer[-1] == key


@pytest.mark.parametrize(
    ("credential", "found"),
    [
        ({"type": "password", "value": SECRET}, True),
        ({"type": "password", "value": SECRET, "temporary": True}, False),
        ({"type": "password", "value": "${PASSWORD}"}, False),
        ({"type": "otp", "value": SECRET}, False),
        ([], False),
    ],
)
def test_a_users_password_that_stays_belongs_to_the_realm(credential, found):
    text = realm({}, users=[{"username": "ada", "credentials": [credential]}, "nobody"])
    held = [one for one in resources("keycloak", "acme-realm.json", text) if one.name == "acme"]
    written = [c for one in held for c in one.facts.credentials if c.source.value == "literal"]
    assert [c.name.value for c in written] == (["password of ada"] if found else [])


@pytest.mark.parametrize(
    ("redirect", "wildcard"),
    [
        ("https://portal.acme-apps.com*", "any"),
        ("http://portal.acme-apps.com*", "any"),
        ("http://portal.example.org*", "host"),
        ("https://portal.acme-apps.com/*", "path"),
        ("https://portal.acme-apps.com:*", "path"),
        ("https://*.acme-apps.com/cb", "host"),
        ("com.acme.phone://login*", "path"),
    ],
)
def test_a_star_straight_behind_the_host_leaves_the_host_open(redirect, wildcard):
    (found,) = portal({"redirectUris": [redirect]}).redirects
    assert found.wildcard.value == wildcard


@pytest.mark.parametrize(
    ("other", "setting"), [("https://portal.acme.io/*", "production"), ("http://localhost:9000/*", "test")]
)
def test_the_realms_of_one_export_are_of_one_server(other, setting):
    realms = [
        {"realm": name, "clients": [{"clientId": "portal", "redirectUris": [address]}]}
        for name, address in (("staff", "http://localhost:9000/*"), ("guests", other))
    ]
    found = resources("keycloak", "realms/realms.json", json.dumps(realms))
    assert {one.setting for one in found} == {setting}


@pytest.mark.parametrize(
    ("rest", "by"),
    [
        ({}, "passwords"),
        ({"identityProviders": [{"alias": "corp"}]}, "providers"),
        ({"identityProviders": [{"alias": "corp", "enabled": False}]}, "passwords"),
        ({"identityProviders": [{"alias": "corp"}], "resetPasswordAllowed": True}, "passwords"),
        (
            {
                "identityProviders": [{"alias": "corp"}],
                "components": {"org.keycloak.storage.UserStorageProvider": [{"providerId": "ldap"}]},
            },
            "passwords",
        ),
        (
            {"identityProviders": [{"alias": "corp"}], "users": [{"credentials": [{"type": "password"}]}]},
            "passwords",
        ),
    ],
)
def test_users_of_a_realm_have_a_password_there_or_come_from_providers(rest, by):
    assert value_of(portal({}, **rest).signs_in_by) == by
