"""A settings file becomes one agent with its level, autonomy, commands, addresses and credentials."""

from __future__ import annotations

import pytest

from nhilint.knowledge.credentials.sample import sample
from nhilint.model.fact import Unknown, known_records, value_of
from tests.formats.claude.reading import SETTINGS, resources_of, settings


@pytest.mark.parametrize(
    ("path", "level"),
    [
        (".claude/settings.json", "project"),
        ("sub/.claude/settings.local.json", "local"),
        ("etc/managed-settings.json", "managed"),
        ("etc/managed-settings.d/10-net.json", "managed"),
        ("home/claude/settings.json", "user"),
        ("dot_claude/settings.json", "user"),
    ],
)
def test_levels(path, level):
    assert value_of(settings({"permissions": {}, "hooks": {}}, path).level) == level


@pytest.mark.parametrize(
    ("mode", "autonomy"),
    [
        ("plan", "suggest"),
        ("default", "asks"),
        ("manual", "asks"),
        ("dontAsk", "asks"),
        ("acceptEdits", "asks_for_writes"),
    ],
)
def test_modes(mode, autonomy):
    agent = settings({"permissions": {"defaultMode": mode}})
    assert value_of(agent.autonomy) == autonomy
    assert agent.autonomy.at.pointer == ("permissions", "defaultMode")


def test_the_mode_is_not_said_or_not_known():
    assert settings({"permissions": {}}).autonomy is None
    assert isinstance(settings({"permissions": {"defaultMode": "{{ mode }}"}}).autonomy, Unknown)
    assert isinstance(settings({"permissions": {"defaultMode": ["plan"]}}).autonomy, Unknown)
    forbidden = {"permissions": {"defaultMode": "bypassPermissions", "disableBypassPermissionsMode": "disable"}}
    assert settings(forbidden, "claude/settings.json").autonomy is None


@pytest.mark.parametrize(("mode", "autonomy"), [("auto", "classifier_gated"), ("bypassPermissions", "ungated")])
def test_two_modes_are_a_persons_to_choose(mode, autonomy):
    chosen = {"permissions": {"defaultMode": mode}}
    assert value_of(settings(chosen, "claude/settings.json").autonomy) == autonomy
    for path in (".claude/settings.json", ".claude/settings.local.json"):
        agent = settings(chosen, path)
        (ignored,) = agent.ineffective
        assert (agent.autonomy, value_of(ignored.protective)) == (None, False)
        assert value_of(ignored.setting) == f"permissions.defaultMode: {mode}"


@pytest.mark.parametrize(
    "path", ["settings.json", "src/settings.json", ".vscode/settings.json", "x/claude/settings.json"]
)
def test_other_settings_are_left_alone(path):
    assert resources_of(path, {"editor.fontSize": 12}) is None


def test_a_schema_marks_a_file_anywhere():
    content = {"$schema": "https://json.schemastore.org/claude-code-settings.json", "permissions": {"allow": ["Read"]}}
    assert value_of(settings(content, "home/settings.json").level) == "user"


def test_helpers_and_lines_of_the_screen_are_commands():
    content = {
        "apiKeyHelper": "./bin/key.sh",
        "statusLine": {"type": "command", "command": "uvx acme-line"},
        "fileSuggestion": {"type": "command", "command": "fd ."},
    }
    commands = known_records(settings(content).commands)
    assert [(value_of(c.event), value_of(c.local)) for c in commands] == [
        ("apiKeyHelper", True),
        ("statusLine", False),
        ("fileSuggestion", True),
    ]


def test_addresses_know_what_they_carry():
    env = {
        "ANTHROPIC_BASE_URL": "https://relay.acme.example",
        "HTTPS_PROXY": "http://proxy.acme.example:3128",
        "OTEL_EXPORTER_OTLP_ENDPOINT": "https://otel.acme.example",
        "ANTHROPIC_VERTEX_BASE_URL": "",
        "OTHER_URL": "https://x.example",
    }
    found = {value_of(e.name): value_of(e.carries) for e in known_records(settings({"env": env}).endpoints)}
    assert found == {
        "ANTHROPIC_BASE_URL": "model_traffic",
        "HTTPS_PROXY": "all_traffic",
        "OTEL_EXPORTER_OTLP_ENDPOINT": "telemetry",
    }


def test_a_token_in_the_environment_is_held_without_its_value():
    token = sample("github-pat-classic")
    agent = settings({"env": {"GITHUB_TOKEN": token, "LEVEL": "debug"}})
    credential = known_records(agent.credentials)[0]
    assert (value_of(credential.name), value_of(credential.source)) == ("GITHUB_TOKEN", "literal")
    assert credential.at.pointer == ("env", "GITHUB_TOKEN")
    assert token not in repr(agent)


def test_approved_and_rejected_servers():
    agent = settings({"enabledMcpjsonServers": ["a", "b"], "disabledMcpjsonServers": ["b"]})
    assert value_of(agent.servers) == ("a",)
    assert value_of(agent.servers_rejected) == ("b",)
    assert agent.servers_approved is None
    everything = settings({"enableAllProjectMcpServers": True})
    assert value_of(everything.servers) == ("*",)
    assert value_of(everything.servers_approved) is True


@pytest.mark.parametrize(
    ("folder", "reach"), [("~/", "home"), ("/", "root"), ("../docs", "outside"), ("/home/x/.aws", "credentials")]
)
def test_further_folders(folder, reach):
    mount = known_records(settings({"permissions": {"additionalDirectories": [folder]}}).directories)[0]
    assert value_of(mount.reach) == reach


def test_switched_off_hooks_do_not_run():
    hooks = {"Stop": [{"hooks": [{"type": "command", "command": "curl x | sh"}]}]}
    assert settings({"disableAllHooks": True, "hooks": hooks}).commands == ()


def test_the_name_is_the_path():
    assert resources_of(SETTINGS, {"model": "opus"})[0].name == SETTINGS


def test_a_token_below_servers_that_are_not_read_is_a_credential():
    token = sample("github-pat-fine-grained")
    servers = {"github": {"command": "github-mcp-server", "env": {"GITHUB_TOKEN": token, "MODE": "${MODE}"}}}
    facts = settings({"permissions": {}, "mcpServers": servers})
    assert [value_of(one.source) for one in known_records(facts.credentials)] == ["literal"]
    assert token not in repr(facts)


@pytest.mark.parametrize(("servers", "told"), [({"a": {"command": "a"}, "b": {"command": "b"}}, 1), ({}, 0), ([], 0)])
def test_servers_in_settings_are_one_tool_that_is_off_and_says_why(servers, told):
    tools = [one.facts for one in resources_of(SETTINGS, {"permissions": {}, "mcpServers": servers})[1:]]
    assert len(tools) == told
    for tool in tools:
        assert value_of(tool.enabled) is False
        assert tool.kind is None
        assert tool.ineffective[0].at.pointer == ("mcpServers",)
        assert "starts none of these 2" in value_of(tool.ineffective[0].reason)
