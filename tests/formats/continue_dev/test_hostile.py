"""Odd files of Continue never raise: an odd value is an unknown fact, or left out."""

from __future__ import annotations

from hypothesis import given, settings

from tests.formats.assistants import read_odd
from tests.odd_values import odd_values

KEYS = [
    "models",
    "provider",
    "apiKey",
    "apiBase",
    "mcpServers",
    "rules",
    "rule",
    "name",
    "allow",
    "ask",
    "exclude",
    "description",
]
WORDS = ["openai", "https://x/", "${{ secrets.X }}", "x"]


@given(odd_values(KEYS, WORDS))
@settings(max_examples=80, deadline=None)
def test_any_value_is_read_or_left(value):
    read_odd("continue_dev", value)


def test_large_files_end():
    many = {key: [dict.fromkeys(KEYS, "x")] * 200 for key in KEYS}
    read_odd("continue_dev", many)
    read_odd("continue_dev", {key: {f"n{n}": dict.fromkeys(KEYS, WORDS) for n in range(200)} for key in KEYS})
