"""CodeBuddy's settings are read in the form that they share, under the product's own name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from nhilint.evaluate.activation import activate
from nhilint.formats.codebuddy.claims import CLAIMS
from nhilint.formats.codebuddy.settings import extract
from nhilint.model.fact import known_records, value_of
from nhilint.source.document import Document, Syntax
from tests.odd_values import odd_values

PROJECT = ".codebuddy/settings.json"


def agent(content, path=PROJECT):
    (resource,) = extract(Document(path, Syntax.JSON, "", content), CLAIMS[0]).resources
    return resource.facts


@pytest.mark.parametrize(
    ("mode", "autonomy"),
    [("default", "asks"), ("acceptEdits", "asks_for_writes"), ("bypassPermissions", "ungated"), ("work", None)],
)
def test_modes(mode, autonomy):
    assert value_of(agent({"permissions": {"defaultMode": mode}}).autonomy) == autonomy


@pytest.mark.parametrize(("path", "level"), [(PROJECT, "project"), (".codebuddy/settings.local.json", "local")])
def test_rules_and_hooks(path, level):
    hooks = {"PreToolUse": [{"matcher": "execute_command", "hooks": [{"type": "command", "command": "npx -y guard"}]}]}
    found = agent({"permissions": {"deny": ["Bash(curl:*)"], "allow": ["Write(docs/**)"]}, "hooks": hooks}, path)
    assert {(value_of(one.effect), value_of(one.tool)) for one in known_records(found.permissions)} == {
        ("deny", "Bash"),
        ("allow", "Write"),
    }
    assert (value_of(found.product), value_of(found.level), found.ineffective) == ("codebuddy", level, ())
    assert [value_of(one.command) for one in known_records(found.commands)] == ["npx -y guard"]


def test_no_mapping_is_no_settings():
    assert not extract(Document(PROJECT, Syntax.JSON, "", []), CLAIMS[0]).recognised


KEYS = ["permissions", "allow", "deny", "defaultMode", "hooks", "PreToolUse", "env", "apiKeyHelper", "enabledPlugins"]
odd = odd_values(KEYS, ["Bash(*)", "{{ x }}", ""])


@given(odd)
@settings(max_examples=150, deadline=None)
def test_any_value_is_read_or_left(value):
    for resource in extract(Document(PROJECT, Syntax.JSON, "", value), CLAIMS[0]).resources:
        activate(resource.facts)
