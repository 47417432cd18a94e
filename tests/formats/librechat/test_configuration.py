"""What the configuration of a LibreChat server turns into."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.librechat.claims import CLAIMS
from nhilint.formats.librechat.configuration import extract
from nhilint.model.fact import value_of
from nhilint.source.document import Document, Syntax, read
from tests.odd_values import odd_values


def resources(value):
    return extract(read("librechat.yaml", json.dumps(value).encode(), Syntax.YAML), CLAIMS[0]).resources


@pytest.mark.parametrize(
    ("policy", "autonomy"),
    [
        ({}, None),
        ({"mode": "bypass"}, "ungated"),
        ({"enabled": False, "mode": "default"}, "ungated"),
        ({"mode": "dontAsk"}, "asks"),
        ({"mode": "${MODE}"}, None),
    ],
)
def test_calls_that_no_rule_is_about(policy, autonomy):
    (agent,) = resources({"endpoints": {"agents": {"toolApproval": policy}}})
    assert value_of(agent.facts.autonomy) == autonomy


def test_servers_and_keys():
    value = {
        "endpoints": {"custom": [{"name": "a", "apiKey": "hunter2" + "xyzQ91"}]},
        "mcpServers": {"notes": {"type": "streamable-http", "url": "https://mcp.acme-notes.com/mcp"}},
    }
    agent, server = resources(value)
    assert [value_of(c.source) for c in agent.facts.credentials] == ["literal"]
    assert (server.name, server.format, value_of(server.facts.client)) == ("notes", "mcp-librechat", "librechat")


@pytest.mark.parametrize("value", [{}, [], {"version": 1}, {"services": {}, "endpoints": {}}])
def test_other_files_of_the_name_are_left_alone(value):
    assert resources(value) == ()


KEYS = [
    "endpoints",
    "agents",
    "toolApproval",
    "mode",
    "enabled",
    "custom",
    "apiKey",
    "mcpServers",
    "url",
    "version",
    "a",
]
odd = odd_values(KEYS, ["bypass", "${x}"])


@given(st.dictionaries(st.sampled_from(KEYS), odd, max_size=8) | odd)
@settings(max_examples=200, deadline=None)
def test_any_configuration_is_read_or_left(value):
    for resource in extract(Document("librechat.yaml", Syntax.YAML, "", value), CLAIMS[0]).resources:
        activate(resource.facts)
