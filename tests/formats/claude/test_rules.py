"""A rule's text is taken apart as the product documents it."""

from __future__ import annotations

import pytest

from nhilint.formats.claude.command_patterns import covers, reach_of, read_pattern
from nhilint.formats.claude.rules import matches_wildcards, names_tool, parse_rule


@pytest.mark.parametrize(
    ("text", "tool", "argument", "server", "server_tool"),
    [
        ("Bash", "Bash", None, None, None),
        ("Bash(npm run test:*)", "Bash", "npm run test:*", None, None),
        ("Read(//etc/(x))", "Read", "//etc/(x)", None, None),
        ("mcp__github", "mcp__github", None, "github", None),
        ("mcp__github__*", "mcp__github__*", None, "github", None),
        ("mcp__my_srv__get_issue", "mcp__my_srv__get_issue", None, "my_srv", "get_issue"),
        ("WebFetch(domain:example.com)", "WebFetch", "domain:example.com", None, None),
    ],
)
def test_parts(text, tool, argument, server, server_tool):
    rule = parse_rule(text)
    assert (rule.tool, rule.argument, rule.server, rule.server_tool) == (tool, argument, server, server_tool)
    assert not rule.is_broken


@pytest.mark.parametrize("text", ["Bash(rm -rf *", "Bash rm)", "Read(./x"])
def test_parentheses_that_do_not_match(text):
    assert parse_rule(text).is_broken


@pytest.mark.parametrize("text", ["Bash", "Bash(*)", "Bash(:*)", "WebFetch(domain:*)"])
def test_every_use(text):
    assert parse_rule(text).is_for_every_use


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("git * main", "git push origin main", True),
        ("git * main", "git push origin dev", False),
        ("* install", "npm install", True),
        ("a*b*c", "a1b2c", True),
        ("a*b*c", "acb", False),
        ("ab*ba", "aba", False),
        ("x", "x", True),
    ],
)
def test_wildcards(pattern, text, fits):
    assert matches_wildcards(pattern, text) is fits


def test_many_wildcards_take_little_time():
    assert not matches_wildcards("*a" * 300 + "b", "a" * 5_000)


def test_task_is_the_old_name_of_agent():
    assert names_tool("Task", "Agent")
    assert names_tool("mcp__*", "mcp__x__y")
    assert not names_tool("Bash", "BashOutput")


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        ("npm *", "npm install:*", True),
        ("npm:*", "npm", True),
        ("npm *", "npmx", False),
        ("bundle *", "bundle exec rspec", True),
        ("git push *", "git *", False),
        (None, "git *", True),
        ("git *", None, False),
        ("git * main", "git push main", True),
        ("npm test", "npm test *", False),
    ],
)
def test_a_pattern_covers_another(outer, inner, expected):
    assert covers(read_pattern(outer), read_pattern(inner)) is expected


@pytest.mark.parametrize(
    ("argument", "reach"),
    [
        (None, "any_command"),
        ("*", "any_command"),
        ("python3:*", "any_code"),
        ("npx *", "any_code"),
        ("npm install *", "fetches_code"),
        ("uvx ruff *", "narrow"),
        ("npm test:*", "runs_project_code"),
        ("npm install", "narrow"),
        ("python", "narrow"),
        ("command -v *", "narrow"),
        ("git status *", "narrow"),
    ],
)
def test_how_far_a_command_reaches(argument, reach):
    assert reach_of(read_pattern(argument)).reach == reach


@pytest.mark.parametrize("argument", ["git *", "* --version", "*/deploy.sh *"])
def test_reach_by_something_that_is_not_meant(argument):
    assert reach_of(read_pattern(argument)).by_option


@pytest.mark.parametrize(
    ("argument", "said"),
    [
        ("pnpm --filter * build*", "(`pnpm --filter x dlx any-package build`): name the package"),
        ("npm * test", "(`npm exec any-package test`): write out what is meant"),
        ("pnpm *", None),
        ("pnpm --filter web *", None),
    ],
)
def test_what_a_wildcard_before_the_last_word_lets_in(argument, said):
    reason = reach_of(read_pattern(argument)).reason
    assert reason.endswith(said) if said is not None else "stands for any words" not in reason
