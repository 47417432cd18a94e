"""Settings of Qwen Code: the mode, rules by strength, hooks, servers."""

from __future__ import annotations

import json

import pytest

from nhilint.model.fact import Unknown, known_records, value_of
from tests.formats.assistants import agents, extract, rules

PATH = ".qwen/settings.json"


def agent(**settings):
    return agents("qwen", PATH, json.dumps(settings))[0]


@pytest.mark.parametrize(
    ("mode", "autonomy"),
    [("plan", "suggest"), ("default", "asks"), ("auto-edit", "asks_for_writes"), ("auto_edit", "asks_for_writes"),
     ("auto", "classifier_gated"), ("yolo", "ungated")],
)  # fmt: skip
def test_the_mode(mode, autonomy):
    assert value_of(agent(tools={"approvalMode": mode}).autonomy) == autonomy


def test_a_mode_that_nobody_knows_and_none():
    assert isinstance(agent(tools={"approvalMode": "fast"}).autonomy, Unknown)
    assert agent(tools={}).autonomy is None


def test_refusals_come_before_permissions():
    found = agent(permissions={"allow": ["run_shell_command", "Bash(git status)", "mcp__a__b"], "deny": ["Bash"]})
    assert rules(found) == [
        ("Bash", "deny", "any_command", True),
        ("run_shell_command", "allow", "any_command", True),
        ("Bash(git status)", "allow", "narrow", False),
        ("mcp__a__b", "allow", None, True),
    ]


def test_hooks_and_servers():
    text = json.dumps(
        {"hooks": {"PreToolUse": [{"hooks": [{"command": "make"}]}]}, "mcpServers": {"a": {"command": "b"}}}
    )
    found = extract("qwen", PATH, text).resources
    assert [r.kind for r in found] == ["agent", "tool"]
    assert len(known_records(found[0].facts.commands)) == 1


def test_other_files_are_not_taken():
    assert not extract("qwen", PATH, '{"a": 1}').recognised
