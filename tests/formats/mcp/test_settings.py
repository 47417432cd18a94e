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
