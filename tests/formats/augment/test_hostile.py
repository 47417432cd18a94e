"""Odd files of Augment never raise: an odd value is an unknown fact, or left out."""

from __future__ import annotations

from hypothesis import given, settings

from tests.formats.assistants import read_odd
from tests.odd_values import odd_values

KEYS = [
    "toolPermissions", "tool-permissions", "toolName", "permission", "type", "script", "webhookUrl", "eventType",
    "shellInputRegex", "hooks", "PreToolUse", "matcher", "command", "mcpServers", "url", "bringYourOwnKey", "anthropic",
    "startupScript", "name", "description", "tools", "disabled_tools", "provider_api_key", "provider_base_url",
]  # fmt: skip
WORDS = [
    "launch-process",
    "allow",
    "deny",
    "ask-user",
    "script-policy",
    "webhook-policy",
    "^git ",
    "(",
    "tool-response",
]


@given(odd_values(KEYS, WORDS))
@settings(max_examples=80, deadline=None)
def test_any_value_is_read_or_left(value):
    read_odd("augment", value)


def test_large_files_end():
    read_odd("augment", {key: [dict.fromkeys(KEYS, "x")] * 200 for key in KEYS})
    read_odd("augment", {key: {f"n{n}": dict.fromkeys(KEYS, WORDS) for n in range(200)} for key in KEYS})
