"""Odd configuration never raises: an odd value is an unknown fact, left out, or no server at all."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.mcp.claims import CLAIMS
from nhilint.formats.mcp.dialects import DIALECTS
from nhilint.formats.mcp.servers import read_servers
from nhilint.formats.node import Node
from nhilint.link import link

WORDS = [
    "npx",
    "-y",
    "a@1",
    "${X}",
    "${X:-y}",
    "{{ x }}",
    "docker",
    "run",
    "-v",
    "/:/x",
    "https://a:b@c/?k=v",
    "*",
    "",
    "-c",
]
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.sampled_from(WORDS)
    | st.text(max_size=8)
)
odd = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=8,
)
KEYS = [
    "command", "args", "env", "url", "httpUrl", "serverUrl", "headers", "type", "transport", "disabled", "enabled", "tools",
    "alwaysAllow", "autoApprove", "trust", "oauth", "auth", "cmd", "uri", "envs", "env_keys", "env_vars", "settings", "apiKey",
    "headersHelper", "envFile", "requestOptions", "bearer_token_env_var", "http_headers", "authProviderType", "environment",
]  # fmt: skip
entry = st.dictionaries(st.sampled_from(KEYS), odd, max_size=8)
ROOTS = ["mcpServers", "servers", "mcp", "mcp_servers", "context_servers", "extensions", "amp.mcpServers", "projects"]
content = st.dictionaries(
    st.sampled_from(ROOTS),
    st.dictionaries(st.text(max_size=4), entry | odd, max_size=3) | st.lists(entry, max_size=3) | odd,
)


@given(content | odd, st.sampled_from(sorted(DIALECTS)))
@settings(max_examples=200, deadline=None)
def test_any_value_is_read_or_left(value, format_id):
    resources = read_servers(Node(value, "mcp.json"), DIALECTS[format_id], format_id)
    for resource in link(resources or ()):
        activate(resource.facts)


@pytest.mark.parametrize(
    "entry",
    [
        {"command": "npx", "args": [f"--option-{number}=value" for number in range(100_000)]},
        {"command": "npx", "env": {f"VARIABLE_{number}": "value" for number in range(20_000)}},
        {"command": "sh", "args": ["-c", "${a" * 100_000]},
        {"command": "a " * 100_000},
        {"type": "http", "url": "https://" + "a:b@" * 50_000},
        {"type": "http", "url": "https://a/", "headers": {"Authorization": "Bearer " + "e" * 500_000}},
        {"command": ["npx", ["-y"], {"a": 1}, None, 3]},
    ],
    ids=["arguments", "variables", "open braces", "long command", "long address", "long header", "odd words"],
)
def test_large_and_odd_entries_end(entry):
    value = json.loads(json.dumps({"mcpServers": {"one": entry}}))
    resources = read_servers(Node(value, "mcp.json"), DIALECTS[CLAIMS[0].format], CLAIMS[0].format)
    assert resources is not None
    assert len(resources) == 1
