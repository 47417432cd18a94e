"""Settings and entries that their product does not use."""

from __future__ import annotations

import pytest

from nhilint.model.fact import known_records, value_of
from tests.formats.mcp.reading import tool, tools_of


@pytest.mark.parametrize(
    ("path", "entry", "setting", "protective"),
    [
        (".mcp.json", {"command": "a", "disabled": True}, "disabled", True),
        (".mcp.json", {"url": "https://mcp.acme.com/"}, "url", False),
        (".roo/mcp.json", {"url": "https://mcp.acme.com/"}, "url", False),
        (".amazonq/mcp.json", {"url": "https://mcp.acme.com/"}, "url", False),
    ],
)
def test_what_is_ignored(path, entry, setting, protective):
    (found,) = known_records(tool(path, entry).ineffective)
    assert value_of(found.setting) == setting
    assert value_of(found.protective) is protective
    assert value_of(found.source).startswith("https://")


@pytest.mark.parametrize(
    ("path", "entry"),
    [
        (".mcp.json", {"command": "a", "disabled": False}),
        (".mcp.json", {"type": "http", "url": "https://mcp.acme.com/"}),
        (".roo/mcp.json", {"command": "a", "disabled": True}),
        (".cursor/mcp.json", {"url": "https://mcp.acme.com/"}),
    ],
)
def test_what_is_used(path, entry):
    assert known_records(tool(path, entry).ineffective) == ()


def test_the_root_key_of_another_client():
    (found,) = known_records(tools_of(".vscode/mcp.json", {"mcpServers": {"a": {"command": "a"}}})["a"].ineffective)
    assert value_of(found.instead) == "move it below servers"


@pytest.mark.parametrize(
    ("path", "entry", "instead"),
    [
        (".mcp.json", {"command": "a", "env": {"CI_TOKEN": "$CI_TOKEN"}}, "write ${CI_TOKEN} there"),
        (".cursor/mcp.json", {"command": "a", "env": {"CI_TOKEN": "${input:ci-token}"}}, "write ${env:CI_TOKEN} there"),
        (
            ".zed/settings.json",
            {"command": "a", "env": {"CI_TOKEN": "${CI_TOKEN}"}},
            "take it out of env: the server inherits the variables with which Zed was started",
        ),
        (
            ".zed/settings.json",
            {"command": "a", "args": ["--token", "${CI_TOKEN}"]},
            'let a shell replace it: "command": "sh", "args": ["-c", "… $CI_TOKEN"]',
        ),
    ],
)
def test_the_cure_is_the_edit_in_that_place_with_the_names_of_the_file(path, entry, instead):
    root = "context_servers" if ".zed" in path else "mcpServers"
    (found,) = known_records(tool(path, entry, root).ineffective)
    assert value_of(found.instead) == instead


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        (
            'url = "https://a.com/mcp"\nhttp_headers = { X-Api-Key = "${NAME_KEY}" }',
            'take it out and name the variable: env_http_headers = { X-Api-Key = "NAME_KEY" }',
        ),
        (
            'command = "a"\nenv = { CI_TOKEN = "$CI_TOKEN" }',
            'take it out of env and pass the variable on: env_vars = ["CI_TOKEN"]',
        ),
    ],
)
def test_the_cure_for_codex(text, instead):
    found = tools_of(".codex/config.toml", f"[mcp_servers.one]\n{text}\n")["one"]
    assert [value_of(one.instead) for one in known_records(found.ineffective)] == [instead]
