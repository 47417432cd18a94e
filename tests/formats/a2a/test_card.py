"""What agent cards turn into, in the shapes of 0.x and 1.0."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.a2a.card import extract
from nhilint.formats.a2a.claims import CLAIMS
from nhilint.model.fact import Unknown, value_of
from nhilint.source.document import Document, Syntax, read
from tests.odd_values import odd_values

CARD = {"name": "orders", "skills": [{"id": "order"}], "capabilities": {}}
KEY = {"type": "apiKey", "in": "query", "name": "key"}
NEW_KEY = {"apiKeySecurityScheme": {"location": "query", "name": "key"}}


def agents(value, path="agent-card.json"):
    return [r.facts for r in extract(read(path, json.dumps(value).encode(), Syntax.JSON), CLAIMS[0]).resources]


def card(**keys):
    (agent,) = agents({**CARD, **keys})
    return agent


@pytest.mark.parametrize(
    ("keys", "kind"),
    [
        ({}, "none"),
        ({"security": []}, "none"),
        ({"securitySchemes": {"k": KEY}, "security": [{"k": []}]}, "static"),
        ({"securitySchemes": {"k": KEY}, "security": [{"k": []}, {}]}, "none"),
        ({"securitySchemes": {"k": NEW_KEY}, "securityRequirements": [{"schemes": {"k": {"list": []}}}]}, "static"),
        (
            {"securitySchemes": {"t": {"mtlsSecurityScheme": {}}}, "securityRequirements": [{"schemes": {"t": {}}}]},
            "mutual_tls",
        ),
        ({"securitySchemes": {"k": KEY}}, None),
        ({"authentication": {"schemes": ["bearer"]}}, None),
    ],
)
def test_the_weakest_way_in(keys, kind):
    assert value_of(card(**keys).inbound.kind) == kind


def test_a_skill_may_ask_for_itself():
    agent = card(securitySchemes={"k": KEY}, skills=[{"id": "a", "security": [{"k": []}]}])
    assert [value_of(s.required) for s in agent.inbound.schemes] == [True]


@pytest.mark.parametrize("scheme", [KEY, NEW_KEY])
def test_where_a_key_is_taken(scheme):
    (found,) = card(securitySchemes={"k": scheme}).inbound.schemes
    assert (value_of(found.kind), value_of(found.key_in), value_of(found.required)) == ("api_key", "query", False)


def test_each_flow_of_oauth_is_told():
    flows = {
        "implicit": {"authorizationUrl": "https://a.example/x"},
        "clientCredentials": {"tokenUrl": "http://b.example/t"},
    }
    schemes = card(securitySchemes={"o": {"oauth2SecurityScheme": {"flows": flows}}}).inbound.schemes
    assert [value_of(s.flow) for s in schemes] == ["implicit", "client_credentials"]
    assert [value_of(a.scheme) for s in schemes for a in s.addresses] == ["https", "http"]


def test_addresses_of_both_versions():
    agent = card(
        url="http://a.acme-apps.com/", supportedInterfaces=[{"url": "https://b.acme-apps.com/"}, {"url": "${X}/"}]
    )
    assert [isinstance(a, Unknown) or value_of(a.host) for a in agent.addresses] == [
        "a.acme-apps.com",
        "b.acme-apps.com",
        True,
    ]


def test_published_and_signed():
    (agent,) = agents({**CARD, "signatures": [{}]}, "site/.well-known/agent-card.json")
    assert (value_of(agent.published), value_of(agent.signed)) == (True, True)
    assert (value_of(card().published), value_of(card().signed)) == (False, False)


@pytest.mark.parametrize(("capabilities", "calls"), [({}, False), ({"pushNotifications": True}, True)])
def test_whom_it_calls_back(capabilities, calls):
    assert value_of(card(capabilities=capabilities).calls_back) is calls


@pytest.mark.parametrize(
    "value", [[], {}, {"name": "a"}, {"name": "a", "skills": []}, {"name": "a", "skills": {}, "capabilities": {}}]
)
def test_other_files_of_the_name_are_left_alone(value):
    assert agents(value) == []


KEYS = ["url", "supportedInterfaces", "securitySchemes", "security", "securityRequirements", "schemes", "type", "in", "flows",
        "oauth2SecurityScheme", "implicit", "tokenUrl", "signatures", "authentication", "skills", "k"]  # fmt: skip
odd = odd_values(KEYS, ["apiKey", "oauth2", "http", "://["])


@given(st.dictionaries(st.sampled_from(KEYS), odd, max_size=8))
@settings(max_examples=200, deadline=None)
def test_any_card_is_read(value):
    for resource in extract(Document("agent.json", Syntax.JSON, "", {**CARD, **value}), CLAIMS[0]).resources:
        activate(resource.facts)
