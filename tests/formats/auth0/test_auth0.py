from __future__ import annotations

import json

import pytest
from formats.app_reading import app, resources, shown

from nhilint.model.fact import Unknown

CLIENT = {"name": "Shop", "app_type": "spa", "grant_types": ["authorization_code", "refresh_token"]}


def client(**rest):
    return app("auth0", "tenant/clients/shop.json", json.dumps(CLIENT | rest))


@pytest.mark.parametrize(
    ("rest", "public"),
    [
        ({}, True),
        ({"app_type": "regular_web"}, False),
        ({"app_type": "regular_web", "token_endpoint_auth_method": "none"}, True),
        ({"token_endpoint_auth_method": "client_secret_post"}, False),
    ],
)
def test_who_keeps_no_secret(rest, public):
    assert client(**rest).public_client.value is public


@pytest.mark.parametrize(
    ("refresh", "rotates", "expires"),
    [
        ({"rotation_type": "rotating", "expiration_type": "expiring"}, True, True),
        ({"rotation_type": "non-rotating", "expiration_type": "non-expiring"}, False, False),
        ({"rotation_type": "rotating", "expiration_type": "expiring", "infinite_token_lifetime": True}, True, False),
    ],
)
def test_life_of_refresh_tokens(refresh, rotates, expires):
    facts = client(refresh_token=refresh)
    assert (facts.refresh_rotates.value, facts.refresh_expires.value) == (rotates, expires)


def test_settings_for_tokens_that_are_never_given_say_nothing():
    facts = client(grant_types=["client_credentials"], refresh_token={"expiration_type": "non-expiring"})
    assert facts.refresh_expires is None


def test_what_the_deployment_fills_in_is_unknown():
    assert isinstance(client(callbacks=["https://##ENV##.acme-apps.com/cb"]).redirects[0], Unknown)


def test_scopes_of_the_management_interface_are_known_by_name():
    grant = {"client_id": "Sync", "audience": "https://acme.auth0.com/api/v2/", "scope": ["update:users", "read:stats"]}
    facts = app("auth0", "tenant/grants/sync.json", json.dumps(grant))
    assert shown(facts) == [("update:users", "critical"), ("read:stats", "low")]
    other = grant | {"audience": "https://api.acme-apps.com/"}
    assert shown(app("auth0", "tenant/grants/sync.json", json.dumps(other))) == [
        ("update:users", None),
        ("read:stats", None),
    ]


def test_a_tenant_in_one_file():
    text = (
        "clients:\n- {name: A, app_type: spa}\n- {name: B, app_type: native}\n- {name: C}\n"
        "clientGrants:\n- {client_id: A, audience: 'https://acme.auth0.com/api/v2/', scope: ['read:users']}\n"
    )
    assert [(r.name, r.facts.kind.value) for r in resources("auth0", "tenant.yaml", text)] == [
        ("A", "client"),
        ("B", "client"),
        ("A", "grant"),
    ]


@pytest.mark.parametrize("value", [{}, [], {"name": "x"}, {"client_id": "x", "audience": "y", "scope": "z"}])
def test_look_alikes_are_left_alone(value):
    text = json.dumps(value) + " \n"
    assert resources("auth0", "shop/clients/x.json", text.replace("{", '{"app_type_": 1, "audience_": 1, ', 1)) == ()


def test_settings_of_a_tenant_and_its_interfaces():
    flags = {"flags": {"enable_dynamic_client_registration": True}}
    server = {"identifier": "https://orders.acme-apps.com", "token_lifetime": 86400}
    found = resources("auth0", "auth0/tenant.yaml", json.dumps({"tenant": flags, "resourceServers": [server]}))
    assert [resource.name for resource in found] == ["https://orders.acme-apps.com", "tenant"]
    assert found[0].facts.access_hours.value == 24.0
    assert found[1].facts.entrances[0].open_to.value == "anyone"


def test_a_tenant_that_is_closed_and_one_that_is_filled_in_later():
    closed = app("auth0", "tenant.json", json.dumps({"flags": {"enable_dynamic_client_registration": False}}))
    assert closed.entrances == ()
    later = app("auth0", "tenant.json", json.dumps({"flags": {"enable_dynamic_client_registration": "##DCR##"}}))
    assert isinstance(later.entrances[0], Unknown)
