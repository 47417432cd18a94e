"""Odd settings never raise: an odd value is an unknown fact, or left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.gemini import extension, policies, subagent
from nhilint.formats.gemini import settings as gemini_settings
from nhilint.formats.gemini.claims import CLAIMS
from nhilint.source.document import Document, Syntax
from tests.odd_values import odd_values

KEYS = [
    "general", "defaultApprovalMode", "tools", "allowed", "core", "exclude", "confirmationRequired", "sandbox", "mcp",
    "excluded", "hooks", "hooksConfig", "BeforeTool", "command", "telemetry", "otlpEndpoint", "enabled", "context",
    "includeDirectories", "admin", "model", "excludeTools", "settings", "envVar", "sensitive", "mcpServers", "rule",
    "toolName", "decision", "commandPrefix", "commandRegex", "mcpName", "frontmatter", "body", "name", "description", "kind",
    "auth", "token", "agent_card_url", "trust", "allowedPaths",
]  # fmt: skip
WORDS = [
    "run_shell_command(",
    "run_shell_command(x)",
    "mcp_a_b",
    "*",
    "allow",
    "deny",
    "remote",
    "$X",
    "!x",
    "",
    "/",
    "docker",
]
odd = odd_values(KEYS, WORDS)


@given(st.dictionaries(st.sampled_from(KEYS), odd, max_size=8) | odd)
@settings(max_examples=250, deadline=None)
@pytest.mark.parametrize("module", [gemini_settings, extension, policies, subagent])
def test_any_value_is_read_or_left(module, value):
    holder = value if module is not subagent else {"frontmatter": value, "body": "text"}
    document = Document(".gemini/settings.json", Syntax.JSONC, "", holder)
    for resource in module.extract(document, CLAIMS[0]).resources:
        activate(resource.facts)
