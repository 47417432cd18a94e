from __future__ import annotations

import json

import pytest
from formats.app_reading import resources

from nhilint.model.fact import Unknown


def client(**properties):
    template = {"Resources": {"Web": {"Type": "AWS::Cognito::UserPoolClient", "Properties": properties}}}
    (found,) = resources("cloudformation", "template.json", json.dumps(template))
    return found.facts


FLOWS = {"AllowedOAuthFlows": ["code", "implicit"], "CallbackURLs": ["https://a.acme-apps.com/cb", {"Ref": "Other"}]}


def test_flows_and_callbacks():
    facts = client(AllowedOAuthFlowsUserPoolClient=True, **FLOWS)
    assert facts.grant_types.value == ("authorization_code", "implicit")
    assert facts.redirects[0].host.value == "a.acme-apps.com"
    assert isinstance(facts.redirects[1], Unknown)


@pytest.mark.parametrize("stated", [{}, {"AllowedOAuthFlowsUserPoolClient": False}])
def test_flows_and_callbacks_of_a_client_that_signs_in_through_the_sdk_alone(stated):
    facts = client(**stated, **FLOWS)
    assert facts.grant_types.value == ()
    assert facts.redirects == ()


def test_a_switch_that_is_filled_in_later_leaves_the_flows_open():
    facts = client(AllowedOAuthFlowsUserPoolClient={"Ref": "Web"}, **FLOWS)
    assert isinstance(facts.grant_types, Unknown)
    assert len(facts.redirects) == 2


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
