"""Odd files of Crush never raise: an odd value is an unknown fact, or left out."""

from __future__ import annotations

from hypothesis import given, settings

from tests.formats.assistants import read_odd
from tests.odd_values import odd_values

KEYS = ["permissions", "allowed_tools", "providers", "openai", "api_key", "mcp", "command", "options", "lsp"]
WORDS = ["bash", "view:x", "mcp_a_b", "$(cat x)", "x"]


@given(odd_values(KEYS, WORDS))
@settings(max_examples=80, deadline=None)
def test_any_value_is_read_or_left(value):
    read_odd("crush", value)


def test_large_files_end():
    many = {key: [dict.fromkeys(KEYS, "x")] * 200 for key in KEYS}
    read_odd("crush", many)
    read_odd("crush", {key: {f"n{n}": dict.fromkeys(KEYS, WORDS) for n in range(200)} for key in KEYS})
