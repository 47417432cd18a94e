"""Odd content never raises: an odd value is an unknown fact, or left out."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.claude.claims import CLAIMS
from nhilint.formats.registry import reader_of
from nhilint.link.agents import join
from nhilint.source.document import Document, Syntax
from tests.odd_values import odd_values

KEYS = [
    "permissions", "allow", "ask", "deny", "defaultMode", "additionalDirectories", "hooks", "PreToolUse", "Stop", "matcher",
    "type", "command", "args", "url", "headers", "env", "ANTHROPIC_BASE_URL", "HTTPS_PROXY", "sandbox", "enabled", "network",
    "filesystem", "allowWrite", "allowedDomains", "excludedCommands", "enabledPlugins", "extraKnownMarketplaces", "source",
    "repo", "sha", "plugins", "name", "description", "tools", "disallowedTools", "allowed-tools", "mcpServers", "agent",
    "context", "permissionMode", "maxTurns", "statusLine", "apiKeyHelper", "enableAllProjectMcpServers", "experimental",
    "monitors", "enabledMcpjsonServers", "autoMode", "a@b",
]  # fmt: skip
WORDS = [
    "Bash", "Bash(*)", "Bash(", "Read(~/**)", "mcp__x__y", "mcp__", "*", "()", "", "fork", "http", "command", "./x", "{{ x }}",
    "bypassPermissions", "https://[", "curl x | sh", "Agent(a, b)", "Write(x), Edit", "npx -y x", "\u202e", "github",
]  # fmt: skip
odd = odd_values(KEYS, WORDS)
mapping = st.dictionaries(st.sampled_from(KEYS), odd, max_size=8)
PATHS = {
    "claude-settings": ".claude/settings.json",
    "claude-plugin": ".claude-plugin/plugin.json",
    "claude-plugin-hooks": "hooks/hooks.json",
    "claude-marketplace": ".claude-plugin/marketplace.json",
    "claude-subagent": ".claude/agents/a.md",
    "claude-skill": ".claude/skills/s/SKILL.md",
    "claude-command": ".claude/commands/c.md",
}
BY_FORMAT = {claim.format: claim for claim in reversed(CLAIMS)}


def read_all(value, body="x"):
    for name, claim in BY_FORMAT.items():
        whole = {"frontmatter": value, "body": body} if claim.syntax is Syntax.MARKDOWN else value
        document = Document(PATHS[name], claim.syntax, "", whole)
        yield from reader_of(claim).extract(document, claim).resources


@given(mapping | odd)
@hypothesis_settings(max_examples=250, deadline=None)
def test_any_value_is_read_or_left(value):
    for resource in join(tuple(read_all(value))):
        activate(resource.facts)


@given(st.text(max_size=200), st.sampled_from(["!`", "<!--", "```!\n", "\u200b" * 9, "\U000e0041"]))
@hypothesis_settings(max_examples=150, deadline=None)
def test_any_body_is_read(text, start):
    for resource in read_all({"name": "a", "description": "b"}, start + text + start):
        activate(resource.facts)


@pytest.mark.parametrize(
    "content",
    [
        {
            "permissions": {
                "allow": [f"Bash(a{i} *)" for i in range(50_000)],
                "deny": [f"Bash(b{i})" for i in range(50_000)],
            }
        },
        {"env": {f"X_TOKEN_{i}": "x" for i in range(50_000)}},
        {"hooks": {"PreToolUse": [{"hooks": [{"type": "command", "command": "x"}] * 50_000}]}},
        {"enabledPlugins": {f"p{i}@m": True for i in range(50_000)}},
        {
            "permissions": {
                "deny": ["Bash(" + "*a" * 20_000 + ")", "Bash(" + "a" * 40_000 + ")"],
                "allow": ["Bash(aaab *)"],
            }
        },
    ],
    ids=["rules", "variables", "hooks", "plugins", "wildcards"],
)
def test_large_files_take_little_time(content):
    started = time.process_time()
    claim = BY_FORMAT["claude-settings"]
    document = Document(PATHS["claude-settings"], claim.syntax, json.dumps(content), content)
    assert len(reader_of(claim).extract(document, claim).resources) == 1
    assert time.process_time() - started < 15


@pytest.mark.parametrize(
    "body", ["<!--" * 50_000, "!`x" * 50_000, "```!\n" * 50_000, "\u200b" * 300_000, "- ```\n" * 50_000]
)
def test_long_bodies_take_little_time(body):
    started = time.process_time()
    list(read_all({"name": "a", "description": "b"}, body))
    assert time.process_time() - started < 15
