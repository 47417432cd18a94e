"""Rules know what they cover and whether they have an effect beside the others of their file."""

from __future__ import annotations

import pytest

from nhilint.formats.claude.path_patterns import is_protected, reach_of_path
from nhilint.model.fact import Unknown, known_records, value_of
from tests.formats.claude.reading import rules, settings


def test_a_rule_with_all_its_facts():
    rule = rules(allow=["Bash(python *)"])["allow Bash(python *)"]
    assert value_of(rule.tool) == "Bash"
    assert value_of(rule.argument) == "python *"
    assert value_of(rule.shell_reach) == "any_code"
    assert value_of(rule.by_option) is False
    assert value_of(rule.effective) is True
    assert rule.at.pointer == ("permissions", "allow", 0)
    assert "python" in value_of(rule.reason)


@pytest.mark.parametrize(
    ("stronger", "weaker"),
    [
        ({"deny": ["Bash"]}, "Bash(npm test)"),
        ({"deny": ["*"]}, "Bash(npm test)"),
        ({"ask": ["Bash(npm:*)"]}, "Bash(npm install:*)"),
        ({"deny": ["mcp__github"]}, "mcp__github__get_issue"),
        ({"deny": ["mcp__*"]}, "mcp__github"),
        ({"deny": ["Read(~/.ssh/**)"]}, "Read(~/.ssh/**)"),
    ],
)
def test_stronger_rules_of_the_file_override(stronger, weaker):
    assert value_of(rules(allow=[weaker], **stronger)[f"allow {weaker}"].effective) is False


@pytest.mark.parametrize(
    ("stronger", "weaker"),
    [
        ({"deny": ["Bash(rm *)"]}, "Bash"),
        ({"ask": ["Bash(git push *)"]}, "Bash(git *)"),
        ({"deny": ["mcp__github__delete_repo"]}, "mcp__github"),
        ({"deny": ["Bash(rm -rf"]}, "Bash(rm -rf build)"),
    ],
)
def test_rules_that_cover_only_a_part_do_not(stronger, weaker):
    assert value_of(rules(allow=[weaker], **stronger)[f"allow {weaker}"].effective) is True


@pytest.mark.parametrize(
    ("argument", "reach"),
    [
        (None, "root"),
        ("//**", "root"),
        ("//etc/passwd", "outside"),
        ("//home/**", "home"),
        ("~/**", "home"),
        ("~/.ssh/**", "credentials"),
        ("~/.config/gh/hosts.yml", "credentials"),
        ("//Users/ann/.aws/credentials", "credentials"),
        ("~/notes/**", "outside"),
        ("../other/**", "outside"),
        ("**", "project"),
        ("./**", "project"),
        (".github/workflows/**", "guard_rails"),
        ("/.github/CODEOWNERS", "guard_rails"),
        ("src/**", "narrow"),
        ("docs/.ssh/x", "narrow"),
    ],
)
def test_what_a_path_opens(argument, reach):
    assert reach_of_path(argument) == reach


@pytest.mark.parametrize("path", [".claude/**", "./.git/config", "**/.vscode/**", "/.mcp.json", ".husky/pre-commit"])
def test_protected_paths(path):
    assert is_protected(path)


@pytest.mark.parametrize("path", ["src/**", ".claude/worktrees/x", ".github/workflows/ci.yml", "gitconfig"])
def test_paths_that_are_not_protected(path):
    assert not is_protected(path)


@pytest.mark.parametrize(
    ("rule", "host"),
    [
        ("WebFetch", "*"),
        ("WebFetch(domain:*)", "*"),
        ("WebFetch(domain:Docs.Example.com)", "docs.example.com"),
    ],
)
def test_hosts_of_web_rules(rule, host):
    assert value_of(rules(allow=[rule])[f"allow {rule}"].host) == host


def test_templates_and_odd_values_are_unknown():
    agent = settings({"permissions": {"allow": ["{{ rule }}", {"x": 1}, None, 3]}})
    assert [isinstance(rule, Unknown) for rule in agent.permissions] == [False, True, True]


def test_the_free_shell_is_noted_with_its_place():
    agent = settings({"permissions": {"allow": ["Read", "Bash(*)"]}})
    assert value_of(agent.free_shell) is True
    assert agent.free_shell.at.pointer == ("permissions", "allow", 1)
    assert value_of(settings({"permissions": {"allow": ["Bash"], "deny": ["Bash"]}}).free_shell) is False


@pytest.mark.parametrize(
    ("rule", "by_option"),
    [("Bash(node *render.bundle.js *)", True), ("Bash(python *)", False), ("Bash(node * --watch)", False)],
)
def test_a_wildcard_for_the_folder_of_a_script(rule, by_option):
    permission = known_records(settings({"permissions": {"allow": [rule]}}).permissions)[0]
    assert value_of(permission.shell_reach) == "any_code"
    assert value_of(permission.by_option) is by_option
