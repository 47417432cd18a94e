from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.link import link
from nhilint.model.fact import value_of
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

SERVERS = json.dumps({"mcpServers": {"notes": {"command": "npx", "args": ["-y", "notes-mcp"]}}})


def marketplace(*folders):
    plugins = [{"name": f"p{count}", "source": f"./{folder}"} for count, folder in enumerate(folders)]
    return json.dumps({"name": "tools", "owner": {"name": "Acme"}, "plugins": plugins})


def is_off(path, **markets):
    files = {path: SERVERS}
    for folder, text in markets.items():
        files[f"{folder}/.claude-plugin/marketplace.json".removeprefix("root/")] = text
    gathered = gather(MemoryTree(files), Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC)))
    return next(value_of(one.facts.enabled) for one in link(gathered.resources) if one.kind == "tool") is False


@pytest.mark.parametrize("path", ["copy/plugins/a/.mcp.json", "copy/.mcp.json"])
def test_a_server_below_a_copied_marketplace_is_started_by_nobody(path):
    assert is_off(path, copy=marketplace("plugins/a", "plugins/b"))


@pytest.mark.parametrize("path", [".mcp.json", "copying/plugins/a/.mcp.json", "plugins/a/.mcp.json"])
def test_a_server_elsewhere_is_not_touched(path):
    assert not is_off(path, copy=marketplace("plugins/a"))


def test_the_own_marketplace_offers_its_plugins():
    assert not is_off("plugins/a/.mcp.json", root=marketplace("plugins/a"))


def test_a_plugin_with_a_marketplace_of_its_own_that_the_root_offers_is_no_copy():
    assert not is_off("plugins/a/.mcp.json", root=marketplace("plugins/a"), **{"plugins/a": marketplace("")})
