"""Factory Droid: autonomy levels old and new, lists of commands by strength, hooks."""

from __future__ import annotations

import json

import pytest

from nhilint.model.fact import Unknown, known_records, value_of
from tests.formats.assistants import agents, extract, rules

PATH = ".factory/settings.json"


def agent(**settings):
    return agents("factory", PATH, json.dumps(settings))[0]


@pytest.mark.parametrize(
    ("level", "autonomy"),
    [("off", "asks"), ("low", "asks_for_writes"), ("medium", "classifier_gated"), ("high", "ungated"),
     ("auto-high", "ungated"), ("spec", "suggest")],
)  # fmt: skip
def test_the_level(level, autonomy):
    assert value_of(agent(autonomyLevel=level).autonomy) == autonomy
    assert value_of(agent(autonomyMode=level).autonomy) == autonomy


def test_a_level_that_nobody_knows_and_none():
    assert isinstance(agent(autonomyLevel="max").autonomy, Unknown)
    assert agent(hooks={}).autonomy is None


def test_lists_of_commands():
    found = agent(commandAllowlist=["npm test", "bash"], commandDenylist=["bash", "git push"], commandBlocklist=["dd"])
    assert rules(found) == [
        ("dd", "deny", "deletes", True),
        ("bash", "ask", "any_code", True),
        ("git push", "ask", "network_out", True),
        ("npm test", "allow", "runs_project_code", True),
        ("bash", "allow", "any_code", False),
    ]


def test_hooks_and_other_files():
    assert len(known_records(agent(hooks={"PreToolUse": [{"hooks": [{"command": "make"}]}]}).commands)) == 1
    assert not extract("factory", PATH, '{"diffMode": "unified"}').recognised
