"""Permissions, sandbox, hooks, environment and subagents of Cursor in facts."""

from __future__ import annotations

import json

import pytest

from nhilint.formats.cursor.claims import CLAIMS
from nhilint.model.fact import Unknown, known_records, value_of
from tests.formats.codex.reading import agent_of, extract

CLI = ".cursor/cli.json"


def agent(content, path=CLI):
    return agent_of(path, content if isinstance(content, str) else json.dumps(content), CLAIMS)


def only_rule(content, path=CLI):
    (rule,) = known_records(agent(content, path).permissions)
    return rule


@pytest.mark.parametrize(
    ("token", "reach"),
    [
        ("Shell(*)", "any_command"),
        ("Shell(**)", "any_command"),
        ("Shell(ls)", "narrow"),
        ("Shell(python3)", "any_code"),
        ("Shell(npm:test)", "runs_project_code"),
        ("Shell(node:*)", "any_code"),
    ],
)
def test_shell_tokens(token, reach):
    rule = only_rule({"permissions": {"allow": [token]}})
    assert (value_of(rule.shell_reach), value_of(rule.effective)) == (reach, True)


def test_a_blank_in_a_shell_token_is_not_understood():
    rule = only_rule({"permissions": {"allow": ["Shell(python manage.py)"]}})
    assert isinstance(rule.effective, Unknown)


@pytest.mark.parametrize("denied", ["Shell(python)", "Shell(*)", "Shell(**)"])
def test_a_denial_outweighs(denied):
    found = known_records(agent({"permissions": {"allow": ["Shell(python)"], "deny": [denied]}}).permissions)
    assert [(value_of(r.effect), value_of(r.effective)) for r in found] == [("allow", False), ("deny", True)]


@pytest.mark.parametrize(
    ("token", "reach"),
    [
        ("Read(**)", "project"),
        ("Read(~/.ssh/**)", "credentials"),
        ("Write(src/**)", "narrow"),
        ("Write(/**)", "root"),
        ("Write(.github/workflows/**)", "guard_rails"),
    ],
)
def test_file_tokens(token, reach):
    assert value_of(only_rule({"permissions": {"allow": [token]}}).path_reach) == reach


@pytest.mark.parametrize(
    ("token", "server", "tool"),
    [
        ("Mcp(docs:*)", "docs", "*"),
        ("Mcp(docs:search)", "docs", "search"),
        ("Mcp(*:*)", "*", "*"),
        ("Mcp(*)", "*", "*"),
    ],
)
def test_server_tokens(token, server, tool):
    rule = only_rule({"permissions": {"allow": [token]}})
    assert (value_of(rule.server), value_of(rule.argument)) == (server, tool)


def test_lists_of_the_editor():
    found = agent(
        {"terminalAllowlist": ["ls", "bash"], "mcpAllowlist": ["*:*", "docs:search"]}, ".cursor/permissions.json"
    )
    assert [value_of(r.shell_reach) for r in found.permissions[:2]] == ["narrow", "any_code"]
    assert [value_of(r.server) for r in found.permissions[2:]] == ["*", "docs"]


def test_a_template_is_unknown():
    (rule,) = agent({"permissions": {"allow": ["{{ rule }}"]}}).permissions
    assert isinstance(rule, Unknown)


@pytest.mark.parametrize(("path", "level"), [(CLI, "project"), (".cursor/cli-config.json", "user")])
def test_level(path, level):
    assert value_of(agent({"permissions": {"allow": []}}, path).level) == level


@pytest.mark.parametrize(
    ("content", "enabled", "network", "writes", "openings"),
    [
        ({"type": "workspace_readwrite"}, True, None, "workspace", 0),
        ({"type": "workspace_readonly", "networkPolicy": {"default": "deny"}}, True, "none", "read_only", 0),
        ({"type": "insecure_none"}, False, "all", "all", 0),
        ({"networkPolicy": {"default": "allow"}}, True, "all", "workspace", 1),
        ({"networkPolicy": {"default": "deny", "allow": ["pypi.org"]}}, True, "list", "workspace", 0),
        ({"networkPolicy": {"default": "deny", "allow": ["*"]}}, True, "all", "workspace", 1),
        ({"additionalReadwritePaths": ["/"]}, True, None, "all", 1),
    ],
)
def test_sandbox(content, enabled, network, writes, openings):
    sandbox = agent(content, ".cursor/sandbox.json").sandbox
    assert sandbox is not None
    assert not isinstance(sandbox, Unknown)
    assert (value_of(sandbox.enabled), value_of(sandbox.network)) == (enabled, network)
    assert (value_of(sandbox.filesystem), len(sandbox.openings)) == (writes, openings)


def test_a_kind_of_sandbox_that_nobody_knows_is_unknown():
    sandbox = agent({"type": "{{ kind }}"}, ".cursor/sandbox.json").sandbox
    assert sandbox is not None
    assert not isinstance(sandbox, Unknown)
    assert isinstance(sandbox.enabled, Unknown)


def test_folders_beyond_the_project():
    found = agent({"additionalReadonlyPaths": ["~/.aws"], "additionalReadwritePaths": ["~/"]}, ".cursor/sandbox.json")
    assert [(value_of(m.reach), value_of(m.read_only)) for m in found.directories] == [("credentials", True)]


def test_hooks():
    content = {
        "version": 1,
        "hooks": {
            "beforeShellExecution": [{"command": ".cursor/hooks/check.sh"}],
            "beforeshellexecution": [{"command": "x"}],
            "someDayAnEvent": [{"command": "y"}],
        },
    }
    found = agent(content, ".cursor/hooks.json")
    assert value_of(found.commands[0].event) == "beforeShellExecution"
    assert [one.at.pointer for one in found.ineffective] == [("hooks", "beforeshellexecution")]


def test_environment():
    content = {
        "install": "curl -fsSL https://x.example/i.sh | bash",
        "terminals": [{"name": "dev", "command": "npm run dev"}],
    }
    found = agent(content, ".cursor/environment.json")
    assert [value_of(c.event) for c in found.commands] == ["install", "terminal"]
    assert found.commands[0].shell is not None


def test_a_subagent():
    text = "---\nname: verifier\ndescription: Checks\nmodel: fast\nreadonly: true\n---\nText\n"
    found = agent(text, ".cursor/agents/verify.md")
    assert (value_of(found.name), value_of(found.kind)) == ("verifier", "subagent")
    assert value_of(found.autonomy) == "suggest"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (CLI, "{}"),
        (".cursor/sandbox.json", '{"name": 1}'),
        (".cursor/hooks.json", "[]"),
        (".cursor/environment.json", "[]"),
        (".cursor/agents/README.md", "# Agents\n"),
    ],
)
def test_other_files_are_left(path, text):
    with pytest.raises(AssertionError):
        extract(path, text, CLAIMS)
