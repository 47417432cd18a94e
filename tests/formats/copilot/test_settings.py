"""What VS Code approves in advance, at which level, and in what sandbox."""

from __future__ import annotations

import json

import pytest

from nhilint.formats.copilot.claims import CLAIMS
from nhilint.formats.copilot.terminal_patterns import read_key
from nhilint.model.fact import Unknown, known_records, value_of
from tests.formats.codex.reading import agent_of, extract

WORKSPACE = ".vscode/settings.json"
TERMINAL = "chat.tools.terminal.autoApprove"


def agent(content, path=WORKSPACE):
    return agent_of(path, json.dumps(content), CLAIMS)


def rules(patterns, **more):
    return known_records(agent({TERMINAL: patterns, **more}).permissions)


@pytest.mark.parametrize(
    ("key", "kind", "commands"),
    [
        ("git status", "prefix", ("git status",)),
        ("*", "nothing", ("*",)),
        ("/.*/", "any", ()),
        ("/^.*$/i", "any", ()),
        ("/git/", "mention", ()),
        (r"/^git (status|log)\b/", "prefix", ("git status", "git log")),
        (r"/^(npm|pnpm)\s+(test|lint)\b/", "prefix", ("npm test", "npm lint", "pnpm test", "pnpm lint")),
        (r"/^git status$/", "exact", ("git status",)),
        (r"/^pytest(\s.*)?$/", "prefix", ("pytest",)),
        (r"/^scripts\/build\.sh$/", "exact", ("scripts/build.sh",)),
        (r"/^python.*$/", "prefix", ("python",)),
        (r"/^yarn (?!publish)/", "unresolved", ()),
        (r"/^a.c$/", "unresolved", ()),
        ("/^" + "(a|b)" * 20 + "/", "unresolved", ()),
    ],
)
def test_keys(key, kind, commands):
    assert read_key(key) == (kind, commands)


@pytest.mark.parametrize(
    ("key", "value", "effect", "reach"),
    [
        ("/.*/", True, "allow", "any_command"),
        ("python", True, "allow", "any_code"),
        ("/python/", True, "allow", "any_code"),
        ("git status", True, "allow", "narrow"),
        ("rm", False, "ask", "deletes"),
        ("npm test", {"approve": True}, "allow", "runs_project_code"),
        ("npm test", {"approve": True, "matchCommandLine": True}, "allow", "any_code"),
        ("/^npm test$/", {"approve": True, "matchCommandLine": True}, "allow", "runs_project_code"),
    ],
)
def test_terminal_rules(key, value, effect, reach):
    (rule,) = rules({key: value})
    assert (value_of(rule.effect), value_of(rule.shell_reach), value_of(rule.effective)) == (effect, reach, True)


def test_null_and_odd_values_are_no_rules():
    assert rules({"rm": None, "ls": "yes", "cp": {"approve": 1}}) == ()


def test_what_cannot_be_spelled_out_is_unknown():
    (rule,) = rules({"/^yarn (?!publish)/": True})
    assert isinstance(rule.shell_reach, Unknown)


def test_asking_outweighs_approving():
    found = rules({"git": False, "git status": True, "gitk": True})
    assert [value_of(rule.effective) for rule in found] == [True, False, True]
    assert [value_of(rule.effective) for rule in rules({"/.*/": True, "/^.*$/": False})] == [False, True]
    assert value_of(rules({"/.*/": True}, **{"chat.tools.terminal.enableAutoApprove": False})[0].effective) is False


def test_edits_and_addresses():
    content = {
        "chat.tools.edits.autoApprove": {"**/.vscode/*.json": True, "**/.env": False, "src/**": True},
        "chat.tools.urls.autoApprove": {"https://*.example.com/api": True, "x": {"approveRequest": False}},
    }
    found = agent(content).permissions
    assert [(value_of(r.effect), value_of(r.path_reach), value_of(r.host)) for r in found] == [
        ("allow", "guard_rails", None),
        ("ask", "narrow", None),
        ("allow", "narrow", None),
        ("allow", None, "*.example.com"),
        ("ask", None, "x"),
    ]


@pytest.mark.parametrize(
    ("level", "autonomy"),
    [("default", "asks_for_writes"), ("autoApprove", "ungated"), ("autopilot", "ungated"), ("other", None)],
)
def test_level(level, autonomy):
    assert value_of(agent({"chat.permissions.default": level}).autonomy) == autonomy


def test_the_global_switch_counts_on_a_machine_only():
    settings = {"chat.tools.global.autoApprove": True}
    workspace = agent(settings)
    assert (workspace.autonomy, len(workspace.ineffective)) == (None, 1)
    machine = agent({"customizations": {"vscode": {"settings": settings}}}, ".devcontainer/devcontainer.json")
    assert (value_of(machine.autonomy), machine.ineffective) == ("ungated", ())
    assert machine.autonomy.at.pointer[-1] == "chat.tools.global.autoApprove"
    folder = agent({"folders": [], "settings": settings}, "a.code-workspace")
    assert len(folder.ineffective) == 1


@pytest.mark.parametrize(
    ("settings", "enabled", "network", "openings"),
    [
        ({"chat.agent.sandbox.enabled": "on"}, True, "none", 0),
        ({"chat.agent.sandbox.enabled": "off"}, False, "all", 0),
        ({"chat.agent.sandbox.enabled": "allowNetwork"}, True, "all", 1),
        ({"chat.agent.sandbox.enabled": "on", "chat.agent.sandbox.network.allowNetwork": True}, True, "all", 1),
    ],
)
def test_sandbox(settings, enabled, network, openings):
    sandbox = agent(settings).sandbox
    assert (value_of(sandbox.enabled), value_of(sandbox.network), len(sandbox.openings)) == (enabled, network, openings)


def test_servers_come_along():
    content = {"chat.permissions.default": "default", "mcp": {"servers": {"a": {"command": "a"}}}}
    resources = extract(WORKSPACE, json.dumps(content), CLAIMS).resources
    assert [type(resource.facts).__name__ for resource in resources] == ["Agent", "Tool"]
