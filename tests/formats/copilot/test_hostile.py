"""Odd settings never raise: an odd value is an unknown fact, or left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.copilot import agents, hooks
from nhilint.formats.copilot import settings as copilot_settings
from nhilint.formats.copilot.claims import CLAIMS
from nhilint.source.document import Document, Syntax
from tests.odd_values import odd_values

KEYS = [
    "chat.tools.terminal.autoApprove", "chat.tools.edits.autoApprove", "chat.tools.urls.autoApprove", "approve",
    "matchCommandLine", "chat.permissions.default", "chat.agent.sandbox.enabled", "chat.tools.global.autoApprove",
    "chat.agent.sandbox.network.allowNetwork", "/^a (b|c)/", "/((((/", "hooks", "preToolUse", "bash", "command", "tools",
    "handoffs", "agent", "send", "agents", "mcp-servers", "frontmatter", "body", "name", "description", "mcp", "servers",
]  # fmt: skip
WORDS = ["autoApprove", "on", "*", "agent", "a/*", "read, edit", "curl x | sh", "", "/x/", "{{ x }}"]
odd = odd_values(KEYS, WORDS)


@given(st.dictionaries(st.sampled_from(KEYS), odd, max_size=8) | odd)
@settings(max_examples=250, deadline=None)
@pytest.mark.parametrize("module", [copilot_settings, agents, hooks])
def test_any_value_is_read_or_left(module, value):
    holder = value if module is not agents else {"frontmatter": value, "body": "text"}
    document = Document(".vscode/settings.json", Syntax.JSONC, "", holder)
    for resource in module.extract(document, CLAIMS[0]).resources:
        activate(resource.facts)


def test_large_settings_end():
    patterns = {f"/^a{n} (b|c)+(d|e)*$/": True for n in range(50_000)}
    document = Document(
        ".vscode/settings.json",
        Syntax.JSONC,
        "",
        {"chat.tools.terminal.autoApprove": {**patterns, "/^" + "(" * 100_000 + "/": True}},
    )
    (resource,) = copilot_settings.extract(document, CLAIMS[0]).resources
    assert len(resource.facts.permissions) == 1_000
