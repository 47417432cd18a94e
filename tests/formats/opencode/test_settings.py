"""Configuration and agents of opencode in facts."""

from __future__ import annotations

import json

import pytest

from nhilint.formats.opencode.claims import CLAIMS
from nhilint.knowledge.credentials.sample import sample
from nhilint.model.fact import Unknown, value_of
from nhilint.model.vocabulary.agent import Agent
from nhilint.model.vocabulary.capability import Endpoint
from tests.formats.codex.reading import agent_of, extract

SETTINGS = "opencode.json"


def agent(content, path=SETTINGS):
    return agent_of(path, content if isinstance(content, str) else json.dumps(content), CLAIMS)


def rules(permission, key="permission"):
    return [
        (value_of(rule.tool), value_of(rule.effect), value_of(rule.effective))
        for rule in agent({key: permission}).permissions
    ]


def test_a_word_is_a_rule_for_everything():
    found = agent({"permission": "allow"})
    (rule,) = found.permissions
    assert (value_of(rule.shell_reach), value_of(rule.effect)) == ("any_command", "allow")
    assert value_of(found.autonomy) == "ungated"


@pytest.mark.parametrize(
    ("commands", "effective", "told"),
    [
        ({"*": "allow", "rm *": "deny"}, [True, True], 0),
        ({"rm *": "deny", "*": "allow"}, [False, True], 1),
        ({"rm *": "deny", "git *": "allow"}, [True, True], 0),
        ({"ls *": "allow", "*": "ask"}, [False, True], 0),
    ],
)
def test_the_last_matching_rule_decides(commands, effective, told):
    found = agent({"permission": {"bash": commands}})
    assert [value_of(rule.effective) for rule in found.permissions] == effective
    assert len(found.ineffective) == told


@pytest.mark.parametrize(
    ("permission", "reach"),
    [
        ({"*": "allow", "bash": {"*": "deny", "git status": "allow"}}, None),
        ({"*": "allow", "bash": "ask"}, None),
        ({"bash": {"*": "deny"}, "*": "allow"}, "any_command"),
        ({"*": "allow", "bash": {"rm *": "deny"}}, "any_command"),
        ({"*": "allow", "edit": "deny"}, "any_command"),
    ],
)
def test_a_rule_for_every_tool_leaves_the_shell_to_a_later_rule_for_it(permission, reach):
    found = agent({"permission": permission}).permissions
    (everything,) = [rule for rule in found if value_of(rule.tool) == "*" and value_of(rule.effect) == "allow"]
    assert (value_of(everything.shell_reach), value_of(everything.effective)) == (reach, True)


@pytest.mark.parametrize(
    ("pattern", "reach"),
    [
        ("*", "any_command"),
        ("git status", "narrow"),
        ("python *", "any_code"),
        ("npm test *", "runs_project_code"),
        ("sudo *", "any_code"),
    ],
)
def test_reach_of_a_command(pattern, reach):
    (rule,) = agent({"permission": {"bash": {pattern: "allow"}}}).permissions
    assert value_of(rule.shell_reach) == reach


@pytest.mark.parametrize(
    ("permission", "autonomy"),
    [
        ({"bash": "ask", "edit": "ask"}, "asks"),
        ({"bash": "ask"}, "asks_for_writes"),
        ({"bash": "deny", "edit": "deny"}, "suggest"),
        ({"edit": "ask"}, None),
    ],
)
def test_autonomy(permission, autonomy):
    assert value_of(agent({"permission": permission}).autonomy) == autonomy


def test_the_newer_form_is_a_list_and_knows_no_bash():
    found = agent(
        {
            "permissions": [
                {"action": "shell", "resource": "*", "effect": "ask"},
                {"action": "bash", "resource": "rm *", "effect": "deny"},
            ]
        }
    )
    assert [value_of(rule.effective) for rule in found.permissions] == [True, False]
    assert len(found.ineffective) == 1


def test_tools_of_the_older_form_deny():
    assert rules({"bash": False}, key="tools") == [("bash", "deny", True)]


def test_folders_beyond_the_project():
    (mount,) = agent({"permission": {"external_directory": {"~/.ssh/**": "allow"}}}).directories
    assert value_of(mount.reach) == "credentials"
    assert not agent({"permission": {"external_directory": {"~/.ssh/**": "ask"}}}).directories


def test_every_folder_is_told_as_the_root():
    (mount,) = agent({"permission": {"external_directory": "allow"}}).directories
    assert (value_of(mount.source), value_of(mount.reach)) == ("/", "root")


@pytest.mark.parametrize(
    ("name", "url", "carries"),
    [
        ("anthropic", "https://proxy.example/v1", "model_traffic"),
        ("anthropic", "https://api.anthropic.com/v1", None),
        ("mine", "https://proxy.example/v1", None),
    ],
)
def test_a_replaced_address_carries_model_traffic(name, url, carries):
    (found,) = agent({"provider": {name: {"options": {"baseURL": url}}}}).endpoints
    assert isinstance(found, Endpoint)
    assert value_of(found.carries) == carries


def test_credentials_of_a_provider():
    def source(value):
        (found,) = agent({"provider": {"anthropic": {"options": {"apiKey": value}}}}).credentials
        return value_of(found.source)

    assert source(sample("github-pat-fine-grained")) == "literal"
    assert source("{env:ANTHROPIC_API_KEY}") != "literal"


@pytest.mark.parametrize(
    ("plugin", "pinned"),
    [("opencode-x", "none"), ("opencode-x@1.2.3", "digest"), ("opencode-x@latest", "tag"), ("./a.ts", "local")],
)
def test_plugins(plugin, pinned):
    (found,) = agent({"plugin": [plugin]}).plugins
    assert value_of(found.pin) == pinned


@pytest.mark.parametrize(
    ("content", "published"),
    [
        ({"share": "auto"}, True),
        ({"share": "manual"}, False),
        ({"share": "disabled"}, False),
        ({"autoshare": True}, True),
        ({"model": "a/b"}, None),
    ],
)
def test_published_sessions(content, published):
    assert value_of(agent(content).sessions_published) == published


def test_a_template_is_unknown():
    assert isinstance(agent({"share": "{{ share }}"}).sessions_published, Unknown)


def test_commands_of_formatters_and_remote_instructions():
    found = agent(
        {
            "formatter": {"own": {"command": ["npx", "prettier", "$FILE"]}},
            "instructions": ["https://example.com/rules.md", "AGENTS.md"],
        }
    )
    assert [value_of(command.event) for command in found.commands] == ["formatter.own"]
    assert [value_of(one.kind) for one in found.instructions] == ["remote_instructions"]


def test_servers_and_agents_stand_beside_the_session():
    content = {
        "permission": {"bash": "allow"},
        "agent": {
            "review": {"mode": "subagent", "permission": {"bash": "allow", "edit": "deny"}},
            "build": {"permission": {"task": {"*": "allow"}}},
        },
        "mcp": {"docs": {"type": "remote", "url": "https://docs.example/mcp"}},
    }
    found = extract(SETTINGS, json.dumps(content), CLAIMS).resources
    assert [(one.kind, one.name) for one in found] == [
        ("agent", SETTINGS),
        ("agent", "review"),
        ("agent", "build"),
        ("tool", "docs"),
    ]
    review, build = (one.facts for one in found[1:3])
    assert isinstance(review, Agent)
    assert isinstance(build, Agent)
    assert [value_of(rule.tool) for rule in review.permissions] == ["edit"]
    assert (value_of(review.kind), value_of(build.kind)) == ("subagent", "settings")
    assert value_of(build.delegations[0].gate) == "none"


@pytest.mark.parametrize("path", [".opencode/agent/review.md", ".opencode/agents/team/review.md"])
def test_an_agent_of_its_own_file(path):
    found = agent("---\ndescription: Reviews\nmode: subagent\npermission:\n  bash: deny\n---\nText\n", path)
    assert (value_of(found.name), value_of(found.kind)) == ("review", "subagent")
    assert value_of(found.permissions[0].effect) == "deny"


def test_a_command_runs_what_its_text_holds():
    found = agent("---\ndescription: Status\n---\nNow: !`git status`\n", ".opencode/command/status.md")
    assert len(found.commands) == 1


@pytest.mark.parametrize(("path", "level"), [("opencode.json", "project"), (".config/opencode/opencode.json", "user")])
def test_level(path, level):
    assert value_of(agent({"model": "a/b"}, path).level) == level


def test_another_products_file_is_left():
    assert not extract(SETTINGS, '{"$schema": "https://opencode.ai/config.json"}', CLAIMS).resources
    with pytest.raises(AssertionError):
        extract(SETTINGS, '{"name": "opencode"}', CLAIMS)


@pytest.mark.parametrize(
    ("permission", "covered", "told"),
    [
        ({"bash": {"npm *": "allow"}}, True, 1),
        ({"bash": {"*": "ask", "npm *": "allow"}}, None, 0),
        ({"*": "ask", "bash": {"npm *": "allow"}}, None, 0),
        ({"bash": {"npm *": "allow", "rm *": "deny"}}, True, 0),
    ],
)
def test_the_default_of_the_older_form_allows_what_no_rule_is_about(permission, covered, told):
    found = agent({"permission": permission})
    rule = next(one for one in found.permissions if value_of(one.argument) == "npm *")
    assert value_of(rule.covered) is covered
    assert len(found.ineffective) == told


def test_the_newer_form_asks_by_default():
    found = agent({"permissions": [{"action": "shell", "resource": "npm *", "effect": "allow"}]})
    assert (value_of(found.permissions[0].covered), found.ineffective) == (None, ())


def test_an_agent_beside_a_list_of_the_session_is_not_told_again():
    content = {"permission": {"bash": {"ls*": "allow"}}, "agent": {"web": {"permission": {"bash": {"npx *": "allow"}}}}}
    found = extract(SETTINGS, json.dumps(content), CLAIMS)
    told = {
        one.name: (len(one.facts.ineffective), value_of(one.facts.permissions[0].covered)) for one in found.resources
    }
    assert told == {SETTINGS: (1, True), "web": (0, True)}
