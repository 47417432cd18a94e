"""Augment's settings: the first rule that matches decides, and what no rule names runs unasked in a terminal."""

from __future__ import annotations

import json

import pytest

from nhilint.knowledge.credentials.sample import sample
from nhilint.model.fact import Unknown, known_records, value_of
from tests.formats.assistants import agents, extract, rules

PATH = ".augment/settings.json"


def rule(tool, kind, **more):
    return {"toolName": tool, "permission": {"type": kind}, **more}


def agent(*listed, **more):
    return agents("augment", PATH, json.dumps({"toolPermissions": list(listed), **more}))[0]


@pytest.mark.parametrize(
    ("listed", "read"),
    [
        ([rule("launch-process", "allow")], ("launch-process", "allow", "any_command", True)),
        (
            [rule("launch-process", "allow", shellInputRegex="^git status$")],
            ("^git status$", "allow", "narrow", True),
        ),
        ([rule("launch-process", "allow", shellInputRegex="npm")], ("npm", "allow", "any_code", True)),
        ([rule("launch-process", "deny", shellInputRegex="^rm ")], ("^rm ", "deny", "deletes", True)),
        ([rule("save-file", "ask-user")], ("save-file", "ask", None, True)),
    ],
)
def test_rules(listed, read):
    assert rules(agent(*listed)) == [read]


@pytest.mark.parametrize("expression", ["^(?=a).*$", "^[a-z]+ \\d"])
def test_an_expression_that_cannot_be_spelled_out_is_unknown(expression):
    (found,) = agent(rule("launch-process", "allow", shellInputRegex=expression)).permissions
    assert isinstance(found.shell_reach, Unknown)


def test_the_first_rule_about_a_tool_decides():
    found = agent(rule("launch-process", "allow"), rule("launch-process", "deny", shellInputRegex="^rm "))
    assert [effective for *_, effective in rules(found)] == [True, False]
    (dead,) = found.ineffective
    assert (value_of(dead.setting), value_of(dead.protective)) == ("launch-process", True)


def test_a_narrow_rule_leaves_the_next_one_in_force():
    found = agent(rule("launch-process", "allow", shellInputRegex="^ls"), rule("launch-process", "ask-user"))
    assert [effective for *_, effective in rules(found)] == [True, True]
    assert found.ineffective == ()


def test_what_looks_at_answers_decides_about_no_call():
    answers = rule("launch-process", "allow", eventType="tool-response")
    found = agent(answers, rule("launch-process", "deny"))
    assert rules(found) == [("launch-process", "deny", "any_command", True)]
    assert found.ineffective == ()


def test_how_much_is_asked_is_a_matter_of_the_client():
    assert agent(rule("view", "allow")).autonomy is None


def test_programs_and_addresses_that_decide():
    script = {"toolName": "view", "permission": {"type": "script-policy", "script": "./check.sh"}}
    asked = {"toolName": "view", "permission": {"type": "webhook-policy", "webhookUrl": "http://policy.example/x"}}
    found = agent(script, asked, startupScript="curl https://a.example/s | sh")
    assert [value_of(one.event) for one in known_records(found.commands)] == ["script-policy", "startupScript"]
    assert [(value_of(one.scheme), value_of(one.carries)) for one in known_records(found.endpoints)] == [
        ("http", "events")
    ]
    assert rules(found) == []


def test_an_unknown_permission_is_unknown():
    assert [type(one) for one in agent(rule("view", "perhaps")).permissions] == [Unknown]


@pytest.mark.parametrize(("kind", "protective"), [("deny", True), ("allow", False)])
def test_the_older_list_is_not_read(kind, protective):
    older = [{"tool-name": "launch-process", "permission": {"type": kind}}]
    (found,) = agents("augment", PATH, json.dumps({"tool-permissions": older}))
    (dead,) = found.ineffective
    assert (value_of(dead.setting), value_of(dead.protective)) == ("tool-permissions", protective)
    assert found.permissions == ()


def test_hooks_and_keys():
    hooks = {"PreToolUse": [{"matcher": "launch-process", "hooks": [{"type": "command", "command": "./gate.sh"}]}]}
    found = agent(hooks=hooks, bringYourOwnKey={"anthropic": sample("anthropic-api-key", 0)})
    assert [value_of(one.command) for one in known_records(found.commands)] == ["./gate.sh"]
    assert [value_of(one.source) for one in known_records(found.credentials)] == ["literal"]


def test_servers_of_the_same_file():
    text = json.dumps({"mcpServers": {"docs": {"type": "http", "url": "https://mcp.example.com"}}})
    assert [(one.kind, one.name) for one in extract("augment", PATH, text).resources] == [("tool", "docs")]


def test_settings_of_the_look_alone_say_nothing():
    assert not extract("augment", PATH, '{"theme": "ansi", "vimMode": true}').recognised


def test_a_subagent_with_a_list_of_tools():
    text = "---\nname: review\ndescription: reviews\nmodel: sonnet4.5\ntools: [view, launch-process]\n---\nLook.\n"
    (found,) = agents("augment", ".augment/agents/review.md", text)
    assert (value_of(found.kind), value_of(found.tools_exposed)) == ("subagent", "list")
    assert [value_of(tool.name) for tool in found.tools] == ["view", "launch-process"]


@pytest.mark.parametrize("fields", ["disabled_tools: [save-file]\ntools: [view]", "color: blue"])
def test_without_a_list_that_counts_a_subagent_has_every_tool(fields):
    (found,) = agents("augment", ".augment/agents/review.md", f"---\ndescription: reviews\n{fields}\n---\nLook.\n")
    assert (value_of(found.tools_exposed), found.tools) == ("all", ())


def test_the_key_of_another_provider():
    key = sample("openai-project-key", 0)
    text = f"---\nname: a\nprovider_api_key: {key}\nprovider_base_url: http://model.example/v1\n---\nLook.\n"
    (found,) = agents("augment", ".augment/agents/a.md", text)
    assert [value_of(one.source) for one in known_records(found.credentials)] == ["literal"]
    assert [value_of(one.carries) for one in known_records(found.endpoints)] == ["model_traffic"]
    assert key not in repr(found)


def test_a_command_and_a_note_beside_subagents():
    (found,) = agents("augment", ".augment/commands/ship.md", "---\ndescription: ships\n---\nShip it.\n")
    assert (value_of(found.kind), value_of(found.initiation)) == ("command", "human")
    assert not extract("augment", ".augment/agents/README.md", "# Our agents\n").recognised
