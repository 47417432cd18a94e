"""Odd files of Factory Droid never raise: an odd value is an unknown fact, or left out."""

from __future__ import annotations

from hypothesis import given, settings

from tests.formats.assistants import read_odd
from tests.odd_values import odd_values

KEYS = ["autonomyLevel", "autonomyMode", "hooks", "PreToolUse", "command", "commandAllowlist", "commandDenylist"]
WORDS = ["high", "auto-low", "npm test", "rm *", "x"]


@given(odd_values(KEYS, WORDS))
@settings(max_examples=80, deadline=None)
def test_any_value_is_read_or_left(value):
    read_odd("factory", value)


def test_large_files_end():
    many = {key: [dict.fromkeys(KEYS, "x")] * 200 for key in KEYS}
    read_odd("factory", many)
    read_odd("factory", {key: {f"n{n}": dict.fromkeys(KEYS, WORDS) for n in range(200)} for key in KEYS})
