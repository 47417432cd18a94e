from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.gather import gather
from nhilint.link import link
from nhilint.model.fact import value_of
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

SETTINGS = Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))


def grave(command, approved):
    server = {"command": command[0], "args": list(command[1:]), "alwaysAllow": approved}
    tree = MemoryTree({".roo/mcp.json": json.dumps({"mcpServers": {"files": server}})})
    tool = next(one.facts for one in link(gather(tree, SETTINGS).resources) if one.kind == "tool")
    return value_of(tool.grave_approvals)


FILES = ("npx", "-y", "@modelcontextprotocol/server-filesystem")
READ_ONLY = ("docker", "run", "-i", "-v", "/:/data:ro", "mcp/filesystem", "/data")


@pytest.mark.parametrize("folder", ["~/", "/", "/home/dev", "~/.ssh"])
def test_writing_is_grave_where_a_home_or_everything_is_open(folder):
    assert grave((*FILES, folder), ["list_directory", "edit_file"]) == ("edit_file",)


@pytest.mark.parametrize("command", [(*FILES, "."), (*FILES, "./docs"), READ_ONLY, ("files-mcp",)])
def test_writing_elsewhere_is_not(command):
    assert grave(command, ["list_directory", "edit_file"]) == ()


def test_what_cannot_be_taken_back_anywhere_comes_first_and_once():
    names = ["write_file", "delete_file", "run_command"]
    assert grave((*FILES, "/"), names) == ("run_command", "delete_file", "write_file")
