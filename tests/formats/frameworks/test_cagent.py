"""Docker agent teams: what is asked about, what rules free, whom an agent may call."""

from __future__ import annotations

import pytest

from nhilint.model.fact import known_records, value_of
from tests.formats.frameworks.reading import agents, extract, tools_of

TEAM = """
agents:
  root:
    model: openai/gpt-5
    instruction: Help.
    toolsets:
      - type: filesystem
      - type: shell
      - type: mcp
        command: uvx
        args: [x-mcp]
        env: {{API_KEY: "${{env.API_KEY}}"}}
    sub_agents: [writer]
  writer:
    model: openai/gpt-5
    instruction: Write.
    toolsets: [{{type: fetch}}]
{rules}
"""


def team(rules=""):
    return agents(("team.yaml", TEAM.format(rules=rules)))


def gate(agent, tool, access):
    return next(
        value_of(c.gate) for c in known_records(tools_of(agent)[tool].capabilities) if value_of(c.access) == access
    )


@pytest.mark.parametrize(
    ("rules", "tool", "access", "expected"),
    [
        ("", "shell", "execute", "prompt"),
        ("", "filesystem", "read", "none"),
        ("", "filesystem", "write", "prompt"),
        ("permissions: {allow: ['*']}", "shell", "execute", "none"),
        ("permissions: {allow: ['shell']}", "filesystem", "write", "prompt"),
        ("permissions: {allow: ['write_*']}", "filesystem", "write", "none"),
        ("permissions: {allow: ['shell:cmd=ls*']}", "shell", "execute", "prompt"),
        ("permissions: {allow: ['*'], deny: [shell]}", "shell", "execute", "denied"),
        ("permissions: {ask: [read_file]}", "filesystem", "read", "prompt"),
    ],
)
def test_rules_decide_before_the_product(rules, tool, access, expected):
    assert gate(team(rules)["root"], tool, access) == expected


@pytest.mark.parametrize(
    ("rule", "reach"),
    [
        ("shell", "any_command"),
        ("*", "any_command"),
        ("shell:cmd=*", "any_command"),
        ("shell:cmd=python *", "any_code"),
        ("shell:cmd=pwd", "narrow"),
    ],
)
def test_rules_about_the_shell_are_graded(rule, reach):
    (permission,) = known_records(team(f"permissions: {{allow: ['{rule}']}}")["root"].permissions)
    assert value_of(permission.shell_reach) == reach


def test_the_first_agent_holds_the_rules_of_the_file():
    found = team("permissions: {allow: [shell]}")
    assert value_of(found["root"].free_shell) is True
    assert not found["writer"].permissions


def test_a_denied_shell_is_not_freed_by_a_star():
    found = team("permissions: {allow: ['*'], deny: [shell]}")
    assert value_of(found["root"].free_shell) is False


def test_sub_agents_are_delegates():
    (delegation,) = known_records(team()["root"].delegations)
    assert (value_of(delegation.target), value_of(delegation.resolved)) == ("writer", True)


@pytest.mark.parametrize(
    ("target", "pin", "official"),
    [
        ("acme/helper", "none", False),
        ("acme/helper:v1", "tag", False),
        ("agentcatalog/pirate", "none", True),
        ("https://acme.example/helper.yaml", "none", False),
        ("acme/helper@sha256:" + "0f" * 32, "digest", False),
    ],
)
def test_agents_of_others_are_pulled_at_each_start(target, pin, official):
    text = f"agents:\n  root: {{model: m, instruction: x, sub_agents: ['{target}', writer]}}\n  writer: {{model: m}}\n"
    (plugin,) = known_records(agents(("team.yaml", text))["root"].plugins)
    assert (value_of(plugin.pin), value_of(plugin.official), value_of(plugin.auto_update)) == (pin, official, True)


@pytest.mark.parametrize(
    "text",
    [
        "agents:\n  root: {model: x}\ntoolsets: []\nservices: {a: b}\n",
        "agents: [a]\ntoolsets: []\n",
        "agents:\n  ci: {labels: [a], toolsets: none}\n",
        "jobs: {a: {toolsets: x}}\n",
    ],
)
def test_other_lists_of_agents_are_left(text):
    assert extract("agents.yaml", text) is None
