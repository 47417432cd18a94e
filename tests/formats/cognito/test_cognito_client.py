from __future__ import annotations

import json

import pytest
from formats.app_reading import resources

from nhilint.model.fact import Unknown


def client(**properties):
    template = {"Resources": {"Web": {"Type": "AWS::Cognito::UserPoolClient", "Properties": properties}}}
    (found,) = resources("cloudformation", "template.json", json.dumps(template))
    return found.facts


def test_flows_and_callbacks():
    facts = client(
        AllowedOAuthFlows=["code", "implicit"], CallbackURLs=["https://a.acme-apps.com/cb", {"Ref": "Other"}]
    )
    assert facts.grant_types.value == ("authorization_code", "implicit")
    assert facts.redirects[0].host.value == "a.acme-apps.com"
    assert isinstance(facts.redirects[1], Unknown)


def test_no_secret_unless_stated():
    assert client().public_client.value is True
    assert client(GenerateSecret=True).public_client.value is False
    assert client(GenerateSecret="true").public_client.value is False


@pytest.mark.parametrize(
    ("properties", "hours"),
    [
        ({"AccessTokenValidity": 2}, 2.0),
        ({"AccessTokenValidity": 30, "TokenValidityUnits": {"AccessToken": "minutes"}}, 0.5),
        ({"AccessTokenValidity": 1, "TokenValidityUnits": {"AccessToken": "days"}}, 24.0),
        ({"AccessTokenValidity": 1, "TokenValidityUnits": {"AccessToken": "moons"}}, None),
        ({}, None),
    ],
)
def test_lifetimes(properties, hours):
    assert getattr(client(**properties).access_hours, "value", None) == pytest.approx(hours)


def test_rotation():
    assert client(RefreshTokenRotation={"Feature": "ENABLED"}).refresh_rotates.value is True
    assert client().refresh_rotates is None
