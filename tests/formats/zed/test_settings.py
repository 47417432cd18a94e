"""Zed's agent: rules of the user's file, and that those of a project do nothing."""

from __future__ import annotations

import json

import pytest

from nhilint.model.fact import known_records, value_of
from tests.formats.assistants import agents, extract, rules

USER = "zed/settings.json"


def agent(path=USER, **settings):
    return agents("zed", path, json.dumps({"agent": settings}))[0]


@pytest.mark.parametrize(
    ("settings", "autonomy"),
    [
        ({"tool_permissions": {"default": "allow"}}, "ungated"),
        ({"tool_permissions": {"default": "confirm"}}, "asks"),
        ({"tool_permissions": {"default": "allow", "tools": {"terminal": {"default": "confirm"}}}}, None),
        ({"always_allow_tool_actions": True}, "ungated"),
        ({"default_model": {}}, None),
    ],
)
def test_how_much_is_done_unasked(settings, autonomy):
    assert value_of(agent(**settings).autonomy) == autonomy


@pytest.mark.parametrize(
    ("pattern", "reach"),
    [
        ("^git\\s+status$", "narrow"),
        ("git", "any_code"),
        ("^cargo\\s+(build|test)", "runs_project_code"),
        (".*", "any_command"),
    ],
)
def test_patterns_are_unanchored(pattern, reach):
    found = rules(agent(tool_permissions={"tools": {"terminal": {"always_allow": [{"pattern": pattern}]}}}))
    assert [rule[2] for rule in found] == [reach]


def test_defaults_of_tools_and_servers():
    found = rules(agent(tool_permissions={"tools": {"terminal": {"default": "allow"}, "mcp:a:b": {"default": "deny"}}}))
    assert [(rule[1], rule[2]) for rule in found] == [("allow", "any_command"), ("deny", None)]


@pytest.mark.parametrize(
    ("rules_", "protective"),
    [({"default": "confirm"}, True), ({"default": "allow"}, False),
     ({"tools": {"terminal": {"always_deny": [{"pattern": "sudo"}]}}}, True)],
)  # fmt: skip
def test_a_project_cannot_say_it(rules_, protective):
    found = agent(".zed/settings.json", tool_permissions=rules_)
    assert [value_of(i.protective) for i in known_records(found.ineffective)] == [protective]
    assert found.permissions == ()
    assert found.autonomy is None


def test_servers_count_in_a_project():
    text = '{"context_servers": {"docs": {"command": "docs-mcp"}}}'
    assert [r.kind for r in extract("zed", ".zed/settings.json", text).resources] == ["tool"]
