"""The same server in the words of each client gives the same facts."""

from __future__ import annotations

import pytest

from nhilint.model.fact import Known, Unknown, known_records, value_of
from tests.formats.mcp.reading import tool, tools_of

LOCAL = {
    ".mcp.json": (
        "mcpServers",
        {"command": "npx", "args": ["-y", "notes-mcp@1.0.0"], "env": {"NOTES_KEY_TOKEN": "${T}"}},
    ),
    ".cursor/mcp.json": (
        "mcpServers",
        {"command": "npx", "args": ["-y", "notes-mcp@1.0.0"], "env": {"NOTES_KEY_TOKEN": "${env:T}"}},
    ),
    ".vscode/mcp.json": (
        "servers",
        {
            "type": "stdio",
            "command": "npx",
            "args": ["-y", "notes-mcp@1.0.0"],
            "env": {"NOTES_KEY_TOKEN": "${input:T}"},
        },
    ),
    "opencode.json": (
        "mcp",
        {"type": "local", "command": ["npx", "-y", "notes-mcp@1.0.0"], "environment": {"NOTES_KEY_TOKEN": "{env:T}"}},
    ),
    ".zed/settings.json": (
        "context_servers",
        {"command": {"path": "npx", "args": ["-y", "notes-mcp@1.0.0"], "env": {"NOTES_KEY_TOKEN": "$T"}}},
    ),
    "cline_mcp_settings.json": (
        "mcpServers",
        {
            "transport": {
                "type": "stdio",
                "command": "npx",
                "args": ["-y", "notes-mcp@1.0.0"],
                "env": {"NOTES_KEY_TOKEN": "${env:T}"},
            }
        },
    ),
}


@pytest.mark.parametrize(("path", "root", "entry"), [(path, *rest) for path, rest in LOCAL.items()])
def test_a_local_server(path, root, entry):
    found = tool(path, entry, root)
    assert value_of(found.transport) == "stdio"
    assert value_of(found.command) == "npx"
    assert value_of(found.package.name) == "notes-mcp"
    assert value_of(found.package.pin) == "exact"
    (credential,) = known_records(found.credentials)
    assert value_of(credential.name) == "NOTES_KEY_TOKEN"
    assert value_of(credential.reference) == "T"
    assert value_of(credential.location) == "env"
    assert value_of(credential.resolves) is (path != ".zed/settings.json"), "Zed replaces nothing"


REMOTE = {
    ".mcp.json": {"type": "http", "url": "https://mcp.acme.com/mcp", "headers": {"Authorization": "Bearer ${TOKEN}"}},
    ".cursor/mcp.json": {"url": "https://mcp.acme.com/mcp", "headers": {"Authorization": "Bearer ${env:TOKEN}"}},
    ".gemini/settings.json": {"httpUrl": "https://mcp.acme.com/mcp", "headers": {"Authorization": "Bearer $TOKEN"}},
    ".codeium/windsurf/mcp_config.json": {
        "serverUrl": "https://mcp.acme.com/mcp",
        "headers": {"Authorization": "Bearer ${env:TOKEN}"},
    },
    ".roo/mcp.json": {
        "type": "streamable-http",
        "url": "https://mcp.acme.com/mcp",
        "headers": {"Authorization": "Bearer ${env:TOKEN}"},
    },
}


@pytest.mark.parametrize(("path", "entry"), REMOTE.items())
def test_a_remote_server(path, entry):
    found = tool(path, entry)
    assert value_of(found.transport) == "http"
    assert value_of(found.endpoint.host) == "mcp.acme.com"
    assert value_of(found.endpoint.reach) == "public"
    assert value_of(found.auth.kind) == "static"
    (credential,) = known_records(found.credentials)
    assert value_of(credential.reference) == "TOKEN"
    assert value_of(credential.location) == "header"
    assert value_of(credential.resolves) is True


CODEX = """
[mcp_servers.notes]
url = "https://mcp.acme.com/mcp"
bearer_token_env_var = "NOTES_TOKEN"
env_http_headers = { "X-Tenant" = "TENANT" }
enabled_tools = ["list", "read"]
default_tools_approval_mode = "prompt"

[mcp_servers.notes.tools.list]
approval_mode = "approve"

[mcp_servers.off]
command = "notes-mcp"
env_vars = ["NOTES_TOKEN", "LANG"]
enabled = false
"""


def test_codex_takes_credentials_from_named_variables():
    found = tools_of(".codex/config.toml", CODEX)
    notes = found["notes"]
    assert [(value_of(c.name), value_of(c.reference)) for c in known_records(notes.credentials)] == [
        ("X-Tenant", "TENANT"),
        ("Authorization", "NOTES_TOKEN"),
    ]
    assert value_of(notes.exposed_tools) == ("list", "read")
    assert value_of(notes.approval) == "prompt"
    assert value_of(notes.auto_approved) == ("list",)
    assert value_of(found["off"].enabled) is False
    assert [value_of(c.name) for c in known_records(found["off"].credentials)] == ["NOTES_TOKEN"]


def test_a_list_of_servers_in_yaml():
    text = """
name: Notes
version: 0.0.1
schema: v1
mcpServers:
  - name: notes
    type: streamable-http
    url: https://mcp.acme.com/mcp
    apiKey: ${{ secrets.NOTES_KEY }}
"""
    notes = tools_of(".continue/mcpServers/notes.yaml", text)["notes"]
    (credential,) = known_records(notes.credentials)
    assert value_of(credential.source) == "ci_secret"
    assert value_of(credential.location) == "field"
    assert value_of(credential.resolves) is True


def test_goose_extensions_keep_secrets_in_the_keyring():
    text = """
extensions:
  developer: {type: builtin, name: developer, enabled: true}
  notes: {type: stdio, cmd: uvx, args: [notes-mcp==1.0], env_keys: [NOTES_API_KEY], available_tools: [], enabled: true}
"""
    found = tools_of("config/goose/config.yaml", text)
    assert value_of(found["developer"].kind) == "builtin"
    assert value_of(found["developer"].transport) == "builtin"
    assert value_of(found["notes"].exposed) == "all"
    (credential,) = known_records(found["notes"].credentials)
    assert value_of(credential.source) == "secret_store"


def test_librechat_without_a_type_means_server_sent_events():
    text = (
        "mcpServers:\n  notes:\n    url: https://mcp.acme.com/sse\n    oauth: {client_secret: '${S}', scope: 'a b'}\n"
    )
    notes = tools_of("librechat.yaml", text)["notes"]
    assert value_of(notes.transport) == "sse"
    assert value_of(notes.auth.kind) == "oauth"
    assert value_of(notes.auth.scopes) == ("a", "b")


def test_projects_of_a_claude_user_file():
    value = {
        "mcpServers": {"mine": {"command": "a"}},
        "projects": {"/srv/shop": {"mcpServers": {"theirs": {"command": "b"}}}},
    }
    found = tools_of("home/.claude.json", value)
    assert set(found) == {"mine", "theirs"}
    assert found["theirs"].at.pointer == ("projects", "/srv/shop", "mcpServers", "theirs")


def test_a_map_of_servers_without_a_root_key():
    assert set(tools_of(".mcp.json", {"notes": {"command": "notes-mcp"}})) == {"notes"}


def test_both_shapes_of_opencode():
    first = tools_of("opencode.json", {"mcp": {"servers": {"type": "local", "command": ["a"]}}})
    second = tools_of(
        "opencode.json", {"mcp": {"servers": {"notes": {"type": "local", "command": ["a"]}}, "timeout": {}}}
    )
    assert set(first) == {"servers"}
    assert set(second) == {"notes"}


def test_a_helper_that_prints_headers():
    found = tool(".mcp.json", {"type": "http", "url": "https://mcp.acme.com/", "headersHelper": "vault read x"})
    assert value_of(found.auth.kind) == "helper"


def test_a_type_that_the_product_does_not_have_is_unknown():
    assert isinstance(tool(".roo/mcp.json", {"type": "http", "url": "https://mcp.acme.com/"}).transport, Unknown)


@pytest.mark.parametrize(
    ("path", "entry", "expected"),
    [
        ("cline_mcp_settings.json", {"url": "https://mcp.acme.com/"}, "sse"),
        (".kilocode/mcp.json", {"url": "https://mcp.acme.com/"}, "sse"),
        (".gemini/settings.json", {"url": "https://mcp.acme.com/", "type": "sse"}, "sse"),
        (".gemini/settings.json", {"tcp": "ws://localhost:1"}, "ws"),
        (".mcp.json", {"type": "streamable-http", "url": "https://mcp.acme.com/"}, "http"),
        ("librechat.yaml", {"url": "wss://mcp.acme.com/"}, "ws"),
    ],
)
def test_how_a_product_tells_the_transport(path, entry, expected):
    assert value_of(tool(path, entry).transport) == expected


def test_what_gives_no_hint_of_a_transport_is_not_stated():
    assert tool("opencode.json", {"enabled": True}, "mcp").transport is None


@pytest.mark.parametrize(
    ("path", "entry", "expected"),
    [
        (".roo/mcp.json", {"command": "a"}, Known(value=True, at=None)),
        (".roo/mcp.json", {"command": "a", "disabled": True}, Known(value=False, at=None)),
        (".mcp.json", {"command": "a", "disabled": True}, Unknown("", at=None)),
        (".mcp.json", {"command": "a"}, None),
        (".cursor/mcp.json", {"command": "a", "disabled": True}, Unknown("", at=None)),
    ],
)
def test_whether_it_is_switched_on(path, entry, expected):
    fact = tool(path, entry).enabled
    assert type(fact) is type(expected)
    assert value_of(fact) == value_of(expected)


@pytest.mark.parametrize(
    ("path", "entry", "names", "approval"),
    [
        (".roo/mcp.json", {"command": "a", "alwaysAllow": ["x", "y"]}, ("x", "y"), "prompt"),
        (".roo/mcp.json", {"command": "a"}, (), "prompt"),
        (".kiro/settings/mcp.json", {"command": "a", "autoApprove": ["*"]}, ("*",), "auto"),
        (".gemini/settings.json", {"command": "a", "trust": True}, ("*",), "auto"),
        (".mcp.json", {"command": "a", "alwaysAllow": ["x"]}, None, None),
    ],
)
def test_what_runs_without_a_question(path, entry, names, approval):
    found = tool(path, entry)
    assert value_of(found.auto_approved) == names
    assert value_of(found.approval) == approval
