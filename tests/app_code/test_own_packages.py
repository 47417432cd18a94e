from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.app_code import with_code
from nhilint.change import Before, changes_between
from nhilint.gather import gather
from nhilint.model.fact import known_records, value_of
from nhilint.pipeline import settle
from nhilint.policies import load_policies
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

SETTINGS = Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))
NPM = ("npx", "-y", "notes-mcp")
PYPI = ("uvx", "notes-mcp")


def files(command, manifests):
    server = {"command": command[0], "args": list(command[1:])}
    return {".mcp.json": json.dumps({"mcpServers": {"notes": server}}), **manifests}


def is_own(command, manifests):
    tree = MemoryTree(files(command, manifests))
    resources = with_code(gather(tree, SETTINGS).resources, tree)
    return next(value_of(one.facts.package.own) for one in resources if one.kind == "tool")


@pytest.mark.parametrize(
    ("command", "path", "text"),
    [
        (NPM, "package.json", '{"name": "notes-mcp"}'),
        (NPM, "packages/server/package.json", '{"name": "Notes-MCP", "private": false}'),
        (("npx", "-y", "@example/notes@latest"), "package.json", '{"name": "@example/notes"}'),
        (PYPI, "pyproject.toml", '[project]\nname = "notes_mcp"\n'),
        (("uvx", "notes-mcp[all]"), "pyproject.toml", '[tool.poetry]\nname = "Notes.MCP"\n'),
    ],
)
def test_a_package_that_a_manifest_publishes_is_own(command, path, text):
    assert is_own(command, {path: text}) is True


@pytest.mark.parametrize(
    ("command", "path", "text"),
    [
        (NPM, "package.json", '{"name": "notes-mcp", "private": true}'),
        (NPM, "package.json", '{"name": "notes-site", "dependencies": {"notes-mcp": "1.0.0"}}'),
        (NPM, "pyproject.toml", '[project]\nname = "notes-mcp"\n'),
        (PYPI, "package.json", '{"name": "notes-mcp"}'),
        (NPM, "node_modules/notes-mcp/package.json", '{"name": "notes-mcp"}'),
        (NPM, "examples/package.json", '{"name": "notes-mcp"}'),
        (NPM, "a/b/c/d/package.json", '{"name": "notes-mcp"}'),
        (NPM, "package.json", '{"name": ["notes-mcp"]}'),
        (NPM, "package.json", "[" * 100_000),
        (NPM, "package.json", "[]"),
        (PYPI, "pyproject.toml", "project = 'notes-mcp'\ntool = 1\n"),
        (PYPI, "pyproject.toml", "name = \x00"),
    ],
)
def test_any_other_manifest_says_nothing_of_it(command, path, text):
    assert is_own(command, {path: text}) is None


def test_a_command_of_an_agent_may_run_its_own_package():
    hook = {"type": "command", "command": "npx -y notes-guard@latest check"}
    settings = {"hooks": {"PostToolUse": [{"matcher": "Edit", "hooks": [hook]}]}}
    tree = MemoryTree({".claude/settings.json": json.dumps(settings), "package.json": '{"name": "notes-guard"}'})
    resources = with_code(gather(tree, SETTINGS).resources, tree)
    agent = next(one.facts for one in resources if one.kind == "agent")
    assert [value_of(one.package.own) for one in known_records(agent.commands)] == [True]


def test_a_change_of_the_manifest_alone_is_seen():
    older, newer = (
        MemoryTree(files(NPM, {"package.json": json.dumps({"name": name})})) for name in ("notes-mcp", "notes-site")
    )
    checks = tuple(check for check in load_policies().checks if check.id == "unpinned-mcp-server")
    settled = settle(newer, SETTINGS, checks, before=Before(tree=older, changes=changes_between(older, newer)))
    assert settled.then is not None
    assert (len(settled.then.findings), len(settled.now.findings)) == (0, 1)


@pytest.mark.parametrize(
    ("script", "path", "own"),
    [
        ("/home/me/acme/notes-mcp/dist/index.js", "notes-mcp/package.json", True),
        ("/home/me/acme/servers/notes_mcp/build/index.js", "servers/notes_mcp/pyproject.toml", True),
        ("C:\\work\\acme\\servers\\notes.py", "servers/notes.py", True),
        ("/home/me/other/dist/index.js", "notes-mcp/package.json", None),
        ("/home/me/acme/notes/dist/index.js", "notes/package.json", None),
        ("/home/me/acme/notes-mcp/dist/index.js", "examples/notes-mcp/package.json", None),
        ("/home/me/notes.py", "notes.py", None),
    ],
)
def test_a_script_by_its_path_on_its_authors_machine(script, path, own):
    runner = "python" if script.endswith(".py") else "node"
    assert is_own((runner, script), {path: "{}"}) is own
