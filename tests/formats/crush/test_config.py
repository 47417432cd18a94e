"""Crush: approved tools, providers with keys and commands, look-alikes."""

from __future__ import annotations

import json

import pytest

from nhilint.model.fact import known_records, value_of
from tests.formats.assistants import agents, extract, rules


def test_approved_tools():
    (found,) = agents(
        "crush", "crush.json", json.dumps({"permissions": {"allowed_tools": ["bash", "mcp_a_b", "edit:write"]}})
    )
    assert [(rule[0], rule[2]) for rule in rules(found)] == [
        ("bash", "any_command"),
        ("mcp_a_b", None),
        ("edit:write", None),
    ]
    assert value_of(known_records(found.permissions)[1].server) == "a"


def test_keys_of_providers_and_commands_within_values():
    text = json.dumps({"providers": {"x": {"api_key": "$(pass show key)", "base_url": "https://x.example"}}})
    (found,) = agents("crush", ".crush.json", text)
    (command,) = known_records(found.commands)
    assert (value_of(command.event), value_of(command.command)) == ("providers.x.api_key", "pass show key")


def test_servers_and_look_alikes():
    assert [r.kind for r in extract("crush", "crush.json", '{"mcp": {"a": {"command": "b"}}}').resources] == ["tool"]
    only_editor = '{"$schema": "https://charm.land/crush.json", "lsp": {}}'
    assert extract("crush", "crush.json", only_editor).recognised
    assert not extract("crush", "crush.json", '{"lsp": {}, "level": 3}').recognised


@pytest.mark.parametrize(("command", "package"), [("npx", "notes-mcp"), (["npx", "-y", "notes-mcp"], None)])
def test_a_command_in_the_form_of_another_client_starts_nothing(command, package):
    text = json.dumps({"mcp": {"notes": {"type": "stdio", "command": command, "args": ["-y", "notes-mcp"]}}})
    (tool,) = extract("crush", "crush.json", text).resources
    found = tool.facts.package
    assert (value_of(found.name) if found is not None else None) == package


def test_tools_that_are_taken_away_and_how_much_is_asked():
    (found,) = agents("crush", "crush.json", json.dumps({"options": {"disabled_tools": ["bash", "", 3]}}))
    assert [(rule[0], rule[1]) for rule in rules(found)] == [("bash", "deny")]
    assert value_of(found.autonomy) == "asks"
