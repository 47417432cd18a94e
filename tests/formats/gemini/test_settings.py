"""Settings, policies, extensions and subagents of Gemini CLI in facts."""

from __future__ import annotations

import json

import pytest

from nhilint.formats.gemini.claims import CLAIMS
from nhilint.model.fact import known_records, value_of
from tests.formats.codex.reading import agent_of, extract

SETTINGS = ".gemini/settings.json"


def agent(content, path=SETTINGS):
    return agent_of(path, content if isinstance(content, str) else json.dumps(content), CLAIMS)


@pytest.mark.parametrize(
    ("mode", "autonomy"), [("default", "asks"), ("auto_edit", "asks_for_writes"), ("plan", "suggest"), ("yolo", None)]
)
def test_autonomy(mode, autonomy):
    found = agent({"general": {"defaultApprovalMode": mode}})
    assert value_of(found.autonomy) == autonomy
    assert len(found.ineffective) == (mode == "yolo")


@pytest.mark.parametrize(
    ("key", "entry", "effect", "reach"),
    [
        ("allowed", "run_shell_command(git status)", "allow", "narrow"),
        ("allowed", "run_shell_command", "allow", "any_command"),
        ("allowed", "ShellTool(npx)", "allow", "any_code"),
        ("core", "run_shell_command", "allow", "any_command"),
        ("exclude", "run_shell_command", "deny", "any_command"),
        ("confirmationRequired", "run_shell_command", "ask", "any_command"),
    ],
)
def test_shell_rules(key, entry, effect, reach):
    (rule,) = agent({"tools": {key: [entry]}}).permissions
    assert (value_of(rule.effect), value_of(rule.shell_reach), value_of(rule.effective)) == (effect, reach, True)


@pytest.mark.parametrize("key", ["exclude", "confirmationRequired"])
def test_commands_in_a_list_of_names_match_nothing(key):
    found = agent({"tools": {key: ["run_shell_command(rm)"]}})
    assert value_of(known_records(found.permissions)[0].effective) is False
    assert value_of(found.ineffective[0].protective) is True
    assert found.ineffective[0].at.pointer == ("tools", key, 0)


def test_an_excluded_tool_is_not_allowed():
    rules = agent({"tools": {"allowed": ["web_fetch", "write_file"], "exclude": ["web_fetch"]}}).permissions
    assert [(value_of(r.tool), value_of(r.effective)) for r in rules] == [
        ("web_fetch", False),
        ("write_file", True),
        ("web_fetch", True),
    ]


def test_listed_servers_are_approved():
    rules = agent({"mcp": {"allowed": ["docs", "shop"], "excluded": ["shop"]}}).permissions
    assert [(value_of(r.server), value_of(r.effect), value_of(r.effective)) for r in rules] == [
        ("docs", "allow", True),
        ("shop", "allow", False),
        ("shop", "deny", True),
    ]


@pytest.mark.parametrize(
    ("sandbox", "enabled"), [(True, True), (False, False), ("docker", True), ({"enabled": False}, False), ({}, True)]
)
def test_sandbox(sandbox, enabled):
    assert value_of(agent({"tools": {"sandbox": sandbox}}).sandbox.enabled) is enabled


def test_ignored_keys():
    found = agent({"admin": {"secureModeEnabled": True}, "excludeTools": ["x"], "autoAccept": True})
    assert [(value_of(i.setting), value_of(i.protective)) for i in found.ineffective] == [
        ("admin", True),
        ("excludeTools", True),
        ("autoAccept", False),
    ]


def test_hooks_helpers_folders_and_telemetry():
    content = {
        "hooks": {"BeforeTool": [{"matcher": "x", "hooks": [{"type": "command", "command": "./guard.sh"}]}]},
        "tools": {"discoveryCommand": "npx find-tools@latest -y"},
        "context": {"includeDirectories": ["~/.ssh", "../lib"]},
        "telemetry": {"enabled": True, "otlpEndpoint": "https://otel.example.com"},
    }
    found = agent(content)
    assert [value_of(c.event) for c in found.commands] == ["BeforeTool", "tools.discoveryCommand"]
    assert [value_of(d.reach) for d in found.directories] == ["credentials", "outside"]
    assert [value_of(e.carries) for e in found.endpoints] == ["telemetry"]
    off = agent({**content, "hooksConfig": {"enabled": False}})
    assert [value_of(c.event) for c in off.commands] == ["tools.discoveryCommand"]


POLICY = """
[[rule]]
toolName = "run_shell_command"
commandPrefix = ["python3", "git status"]
decision = "allow"
priority = 10
[[rule]]
mcpName = "shop"
decision = "deny"
priority = 20
[[rule]]
toolName = "run_shell_command"
commandRegex = "rm .*"
decision = "deny"
priority = 30
"""


def test_policies_of_a_workspace_are_not_in_force():
    found = agent(POLICY, ".gemini/policies/a.toml")
    assert {value_of(rule.effective) for rule in found.permissions} == {False}
    assert [value_of(i.protective) for i in found.ineffective] == [True]


def test_policies_of_a_user_are_in_force():
    found = agent(POLICY, "gemini/policies/a.toml")
    assert [value_of(rule.effective) for rule in found.permissions] == [True] * 4
    assert [value_of(rule.shell_reach) for rule in found.permissions] == ["any_code", "narrow", None, None]
    assert found.ineffective == ()


def test_an_extension_cannot_trust_its_servers():
    manifest = {
        "name": "notes",
        "mcpServers": {"notes": {"command": "notes", "trust": True}},
        "excludeTools": ["run_shell_command(rm -rf)"],
        "settings": [{"name": "Key", "envVar": "NOTES_KEY", "sensitive": True}],
    }
    plugin, server = (r.facts for r in extract("gemini-extension.json", json.dumps(manifest), CLAIMS).resources)
    assert server.approval is None
    assert value_of(plugin.kind) == "plugin"
    assert value_of(plugin.credentials[0].source) == "secret_store"
    assert value_of(plugin.ineffective[0].protective) is True


def test_subagents():
    text = "---\nname: a\ndescription: d\ntools: [read_file, mcp_docs_*]\nmax_turns: 4\n---\nText"
    found = agent(text, ".gemini/agents/a.md")
    assert (value_of(found.tools_exposed), value_of(found.servers), value_of(found.max_turns)) == ("list", ("docs",), 4)
    everything = agent("---\nname: a\ndescription: d\n---\nText", ".gemini/agents/a.md")
    assert (value_of(everything.tools_exposed), value_of(everything.servers)) == ("all", ("*",))


def test_a_remote_subagent_and_its_credential():
    head = "---\nname: r\nkind: remote\nagent_card_url: https://a.example.com/card\nauth:\n  type: http\n  scheme: Bearer\n"
    command = agent(head + "  token: '!gcloud auth print-access-token'\n---\n", ".gemini/agents/r.md")
    assert value_of(command.credentials[0].source) == "helper_command"
    assert len(command.commands) == 1
    variable = agent(head + "  token: $TOKEN\n---\n", ".gemini/agents/r.md")
    assert value_of(variable.credentials[0].reference) == "TOKEN"
    assert value_of(variable.endpoints[0].host) == "a.example.com"
