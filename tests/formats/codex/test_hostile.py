"""Odd configuration never raises: an odd value is an unknown fact, or left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.codex import hooks_file, requirements, rules, subagent
from nhilint.formats.codex import settings as codex_settings
from nhilint.formats.codex.claims import CLAIMS
from nhilint.source.document import Document, Syntax
from tests.odd_values import odd_values

KEYS = [
    "approval_policy", "sandbox_mode", "sandbox_workspace_write", "default_permissions", "permissions", "hooks", "notify",
    "model_providers", "otel", "agents", "plugins", "marketplaces", "shell_environment_policy", "profiles", "projects",
    "features", "rules", "prefix_rules", "pattern", "decision", "network", "domains", "filesystem", "exporter", "otlp-http",
    "headers", "auth", "command", "args", "set", "description", "name", "PreToolUse", "extends", "mcp_servers", "base_url",
]  # fmt: skip
WORDS = [
    "never",
    "danger-full-access",
    ":root",
    "a",
    "*",
    "",
    "/",
    "~",
    "https://x/",
    "curl x | sh",
    "{{ x }}",
    "granular",
]
odd = odd_values(KEYS, WORDS)


@given(st.dictionaries(st.sampled_from(KEYS), odd, max_size=8) | odd)
@settings(max_examples=250, deadline=None)
@pytest.mark.parametrize("module", [codex_settings, subagent, requirements, hooks_file])
def test_any_value_is_read_or_left(module, value):
    document = Document(".codex/config.toml", Syntax.TOML, "", value)
    for resource in module.extract(document, CLAIMS[0]).resources:
        activate(resource.facts)


@given(st.text(max_size=60) | st.builds("prefix_rule(pattern={}, decision={})".format, odd, odd))
@settings(max_examples=200, deadline=None)
def test_any_rules_file_is_read_or_left(text):
    for resource in rules.extract(Document("a.rules", Syntax.TEXT, text, text), CLAIMS[0]).resources:
        activate(resource.facts)


def test_large_files_end():
    value = {
        "hooks": {f"E{n}": [{"hooks": [{"command": "x"}] * 20}] for n in range(2_000)},
        "agents": {f"a{n}": {} for n in range(20_000)},
        "model_providers": {f"p{n}": {"base_url": "https://x/"} for n in range(20_000)},
        "sandbox_workspace_write": {"writable_roots": ["/"] * 100_000},
        "sandbox_mode": "workspace-write",
    }
    (resource,) = codex_settings.extract(Document(".codex/config.toml", Syntax.TOML, "", value), CLAIMS[0]).resources
    assert len(resource.facts.delegations) == 300
