from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.app_code import with_code
from nhilint.gather import gather
from nhilint.model.fact import value_of
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

SETTINGS = Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "started", "scoped"),
    [
        ("Run `npx @acme/notes-mcp`.", "notes-mcp", "@acme/notes-mcp"),
        ("`@acme/notes-mcp`, the server", "notes-mcp@1.2.3", "@acme/notes-mcp"),
        ("Run `npx @acme/notes-mcp` or `npx -y notes-mcp`.", "notes-mcp", None),
        ("See @acme/notes-mcp-tools and github.com/acme/notes-mcp.", "notes-mcp", None),
        ("Run `npx @acme/notes-mcp`.", "@acme/notes-mcp", None),
        ("Nothing.", "notes-mcp", None),
    ],
)
def test_a_bare_name_beside_a_scoped_one(text, started, scoped):
    servers = {"mcpServers": {"notes": {"command": "npx", "args": ["-y", started]}}}
    tree = MemoryTree({"README.md": text, ".mcp.json": json.dumps(servers)})
    resources = with_code(gather(tree, SETTINGS).resources, tree)
    (package,) = [one.facts.package for one in resources if one.kind == "tool"]
    assert value_of(package.scoped_name) == scoped
