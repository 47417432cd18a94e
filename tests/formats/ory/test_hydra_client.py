from __future__ import annotations

import json

import pytest
from formats.app_reading import app, resources

CLIENT = {
    "client_name": "Portal",
    "redirect_uris": ["https://portal.acme-apps.com/cb"],
    "grant_types": ["authorization_code"],
    "scope": "openid offline",
    "token_endpoint_auth_method": "none",
    "skip_consent": True,
}


def test_a_client_as_its_interface_takes_it():
    facts = app("ory", "hydra/portal.json", json.dumps(CLIENT))
    assert facts.public_client.value is True
    assert facts.consent.value == "nobody"
    assert [scope.id.value for scope in facts.scopes] == ["openid", "offline"]
    assert facts.grant_types.value == ("authorization_code",)


def test_resources_of_kubernetes():
    text = (
        "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n---\n"
        "apiVersion: hydra.ory.sh/v1alpha1\nkind: OAuth2Client\n"
        "spec: {clientName: Portal, grantTypes: [client_credentials], scope: read, tokenEndpointAuthMethod: none}\n"
    )
    (found,) = resources("ory", "k8s/client.yaml", text)
    assert (found.name, found.facts.grant_types.value, found.facts.public_client.value) == (
        "Portal",
        ("client_credentials",),
        True,
    )


@pytest.mark.parametrize("value", [{"skip_consent": True}, [{"skip_consent": 1, "scope": "a"}], {}])
def test_look_alikes_are_left_alone(value):
    assert resources("ory", "x.json", json.dumps(value)) == ()


def test_a_kubernetes_resource_names_its_client():
    text = "apiVersion: hydra.ory.sh/v1alpha1\nkind: OAuth2Client\nmetadata: {name: portal}\nspec: {grantTypes: [implicit]}\n"
    assert app("ory", "deploy/client.yaml", text).name.value == "portal"
    assert app("ory", "deploy/client.yaml", text.replace("name: portal", "labels: {}")).name.value == "client.yaml"
