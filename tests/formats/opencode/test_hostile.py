"""Odd settings never raise: an odd value is an unknown fact, or left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.opencode import markdown
from nhilint.formats.opencode import settings as opencode_settings
from nhilint.formats.opencode.claims import CLAIMS
from nhilint.source.document import Document, Syntax
from tests.odd_values import odd_values

KEYS = [
    "permission",
    "permissions",
    "agent",
    "agents",
    "mode",
    "tools",
    "bash",
    "edit",
    "task",
    "external_directory",
    "*",
    "webfetch",
    "action",
    "resource",
    "effect",
    "provider",
    "providers",
    "anthropic",
    "options",
    "settings",
    "baseURL",
    "apiKey",
    "headers",
    "plugin",
    "plugins",
    "package",
    "share",
    "autoshare",
    "command",
    "commands",
    "template",
    "formatter",
    "lsp",
    "experimental",
    "hook",
    "file_edited",
    "instructions",
    "mcp",
    "type",
    "url",
    "environment",
    "description",
    "prompt",
    "steps",
    "frontmatter",
    "body",
    "model",
    "$schema",
]
WORDS = [
    "allow",
    "ask",
    "deny",
    "*",
    "rm *",
    "{env:X}",
    "{file:",
    "https://x",
    "./a",
    "a@1",
    "subagent",
    "auto",
    "~/",
    "[",
    "opencode.ai",
]
odd = odd_values(KEYS, WORDS)
READERS = {"opencode.settings": opencode_settings, "opencode.markdown": markdown}


@given(st.dictionaries(st.sampled_from(KEYS), odd, max_size=8) | odd)
@settings(max_examples=250, deadline=None)
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.format)
def test_any_value_is_read_or_left(claim, value):
    holder = {"frontmatter": value, "body": "text !`a b`"} if claim.syntax is Syntax.MARKDOWN else value
    document = Document("opencode.json", claim.syntax, "", holder)
    for resource in READERS[claim.reads].extract(document, claim).resources:
        activate(resource.facts)
