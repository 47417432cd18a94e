"""Amp's rules: the first that matches decides."""

from __future__ import annotations

import json

import pytest

from nhilint.model.fact import known_records, value_of
from tests.formats.assistants import agents, extract, rules

PATH = ".amp/settings.json"
ALL = {"tool": "*", "action": "allow"}


def agent(*listed, **more):
    return agents("amp", PATH, json.dumps({"amp.permissions": list(listed), **more}))[0]


@pytest.mark.parametrize(
    ("listed", "autonomy"),
    [
        ([ALL], "ungated"),
        ([{"tool": "Bash", "action": "ask"}, ALL], None),
        ([{**ALL, "matches": {"cmd": "a"}}], None),
        ([], None),
    ],
)
def test_a_first_rule_that_allows_everything(listed, autonomy):
    assert value_of(agent(*listed).autonomy) == autonomy


def test_the_switch_that_lifts_every_question():
    assert value_of(agent(**{"amp.dangerouslyAllowAll": True}).autonomy) == "ungated"


@pytest.mark.parametrize(
    ("cmd", "reach"),
    [("git status", "narrow"), ("*git status*", "any_code"), ("npm test*", "runs_project_code"), ("*", "any_command")],
)
def test_rules_about_commands(cmd, reach):
    assert rules(agent({"tool": "Bash", "matches": {"cmd": cmd}, "action": "allow"}))[0][2] == reach


def test_what_comes_later_is_dead():
    found = agent({"tool": "mcp__*", "action": "allow"}, {"tool": "mcp__mail__send", "action": "reject"})
    assert [rule[3] for rule in rules(found)] == [True, False]
    assert [value_of(i.setting) for i in known_records(found.ineffective)] == ["reject mcp__mail__send"]
    narrow = agent({"tool": "Bash", "matches": {"cmd": "ls"}, "action": "allow"}, {"tool": "Bash", "action": "reject"})
    assert narrow.ineffective == ()


def test_a_program_that_decides_and_the_older_list():
    found = agent(
        {"tool": "*", "action": "delegate", "to": "npx -y decide"}, **{"amp.commands.allowlist": ["ls", "bash *"]}
    )
    assert value_of(known_records(found.commands)[0].package.name) == "decide"
    assert [rule[2] for rule in rules(found)] == ["narrow", "any_code"]


def test_servers_alone_give_no_agent():
    assert [r.kind for r in extract("amp", PATH, '{"amp.mcpServers": {"a": {"command": "b"}}}').resources] == ["tool"]
