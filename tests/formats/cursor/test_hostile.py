"""Odd settings never raise: an odd value is an unknown fact, or left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.cursor import commands, permissions, plugin, sandbox, subagent
from nhilint.formats.cursor.claims import CLAIMS
from nhilint.source.document import Document, Syntax
from tests.odd_values import odd_values

KEYS = [
    "permissions",
    "allow",
    "deny",
    "terminalAllowlist",
    "mcpAllowlist",
    "autoRun",
    "type",
    "networkPolicy",
    "default",
    "additionalReadwritePaths",
    "additionalReadonlyPaths",
    "additionalReadPaths",
    "hooks",
    "preToolUse",
    "stop",
    "beforeShellExecution",
    "command",
    "matcher",
    "version",
    "install",
    "start",
    "update",
    "terminals",
    "name",
    "description",
    "model",
    "readonly",
    "frontmatter",
    "body",
    "prompt",
    "timeout",
]
WORDS = [
    "Shell(",
    "Shell(*)",
    "Shell(a b)",
    "Mcp(",
    "Mcp(:)",
    "Read(..)",
    "Write(C:\\x)",
    "*",
    "insecure_none",
    "allow",
    "deny",
    "~",
    "/",
    "true",
    ":",
]
odd = odd_values(KEYS, WORDS)
READERS = {
    "cursor.permissions": permissions,
    "cursor.sandbox": sandbox,
    "cursor.commands": commands,
    "cursor.plugin": plugin,
    "cursor.subagent": subagent,
}


@given(st.dictionaries(st.sampled_from(KEYS), odd, max_size=8) | odd)
@settings(max_examples=250, deadline=None)
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.format)
def test_any_value_is_read_or_left(claim, value):
    holder = {"frontmatter": value, "body": "text !`a b`"} if claim.syntax is Syntax.MARKDOWN else value
    document = Document(".cursor/cli.json", claim.syntax, "", holder)
    for resource in READERS[claim.reads].extract(document, claim).resources:
        activate(resource.facts)
