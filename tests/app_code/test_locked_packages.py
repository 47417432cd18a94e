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
DEPENDS = '{"private": true, "devDependencies": {"notes-mcp": "^1.0.0"}}'
LOCKED = {"package.json": DEPENDS, "package-lock.json": "{}"}
BARE = ("npx", "-y", "notes-mcp")


def pin_of(others, command=BARE, path=".mcp.json", key="mcpServers"):
    server = {"command": command[0], "args": list(command[1:])}
    tree = MemoryTree({path: json.dumps({key: {"notes": server}}), **others})
    resources = with_code(gather(tree, SETTINGS).resources, tree)
    return next(value_of(one.facts.package.pin) for one in resources if one.kind == "tool")


@pytest.mark.parametrize(
    "command", [BARE, ("bunx", "notes-mcp"), ("C:/node/npx.cmd", "notes-mcp"), ("npx", "Notes-MCP")]
)
def test_a_bare_name_of_a_dependency_runs_the_locked_copy(command):
    assert pin_of(LOCKED, command) == "exact"


@pytest.mark.parametrize("lock", ["pnpm-lock.yaml", "yarn.lock", "bun.lock"])
def test_any_lock_file_fixes_the_version(lock):
    assert pin_of({"package.json": DEPENDS, lock: ""}) == "exact"


def test_settings_in_a_folder_of_their_own_belong_to_the_project_around_it():
    assert pin_of(LOCKED, path=".vscode/mcp.json", key="servers") == "exact"
    inner = {f"web/{name}": text for name, text in LOCKED.items()}
    assert pin_of(inner, path="web/.cursor/mcp.json") == "exact"
    assert pin_of(inner, path=".cursor/mcp.json") == "none"


@pytest.mark.parametrize(
    ("others", "command", "pin"),
    [
        ({"package.json": DEPENDS}, BARE, "none"),
        ({"package-lock.json": "{}"}, BARE, "none"),
        ({"package.json": '{"dependencies": {"others": "1.0.0"}}', "yarn.lock": ""}, BARE, "none"),
        ({"package.json": '{"dependencies": ["notes-mcp"]}', "yarn.lock": ""}, BARE, "none"),
        ({"package.json": "[" * 100_000, "yarn.lock": ""}, BARE, "none"),
        (LOCKED, ("npx", "-y", "notes-mcp@latest"), "tag"),
        (LOCKED, ("pnpm", "dlx", "notes-mcp"), "none"),
        (LOCKED, ("uvx", "notes-mcp"), "none"),
    ],
)
def test_otherwise_the_registry_decides(others, command, pin):
    assert pin_of(others, command) == pin


@pytest.mark.parametrize("path", ["claude_desktop_config.json", ".claude.json"])
def test_the_settings_of_a_person_are_for_any_project(path):
    assert pin_of(LOCKED, path=path) == "none"


BROWSER = ("npx", "playwright", "run-test-mcp-server")


@pytest.mark.parametrize("path", [".github/agents/writer.agent.md", ".agents/command/writer.agent.md"])
def test_an_agent_file_starts_the_command_of_a_dependency_by_another_name(path):
    agent = "---\nname: writer\nmcp-servers:\n  notes:\n    command: npx\n    args: [playwright, run-test-mcp-server]\n---\nx\n"
    depends = '{"devDependencies": {"@playwright/test": "^1.57.0"}}'

    def pin(others):
        tree = MemoryTree({path: agent, **others})
        resources = with_code(gather(tree, SETTINGS).resources, tree)
        return next(value_of(one.facts.package.pin) for one in resources if one.kind == "tool")

    assert pin({"package.json": depends, "yarn.lock": ""}) == "exact"
    assert pin({"package.json": depends}) == "none"
    assert pin({"package.json": '{"devDependencies": {"@playwright/mcp": "1.0.0"}}', "yarn.lock": ""}) == "none"


def test_npm_links_the_commands_of_every_package_at_the_top_of_its_lock_file():
    lock = '{"packages": {"node_modules/playwright": {"version": "1.57.0"}, "node_modules/a/node_modules/b": {}}}'
    assert pin_of({"package-lock.json": lock}, BROWSER) == "exact"
    assert pin_of({"package-lock.json": lock}, ("npx", "b")) == "none"
    assert pin_of({"yarn.lock": lock}, BROWSER) == "none"


def test_npm_links_a_command_under_the_name_that_its_package_gives_it():
    lock = '{"packages": {"node_modules/@acme/fmt": {"version": "2.0.0", "bin": {"acme-fmt": "bin/fmt.js"}}}}'
    assert pin_of({"package-lock.json": lock}, ("npx", "acme-fmt")) == "exact"
    assert pin_of({"package-lock.json": lock}, ("npx", "bin")) == "none"


HOOK = '{"hooks": {"Stop": [{"hooks": [{"type": "command", "command": %s}]}]}}'
FORMATTER = {"package.json": '{"devDependencies": {"@biomejs/biome": "2.3.7"}}', "package-lock.json": "{}"}


def pin_of_hook(command, others):
    tree = MemoryTree({".claude/settings.json": HOOK % json.dumps(command), **others})
    resources = with_code(gather(tree, SETTINGS).resources, tree)
    return next(value_of(one.facts.commands[0].package.pin) for one in resources if one.kind == "agent")


@pytest.mark.parametrize("command", ["npx -y biome check", 'cd "$CLAUDE_PROJECT_DIR" && npx -y biome check'])
def test_a_hook_runs_the_locked_copy_too(command):
    assert pin_of_hook(command, FORMATTER) == "exact"
    assert pin_of_hook(command, {}) == "none"


def test_a_hook_that_names_a_tag_or_goes_elsewhere_asks_the_registry():
    assert pin_of_hook("npx biome@latest check", FORMATTER) == "tag"
    assert pin_of_hook("cd web && npx -y biome check", FORMATTER) == "none"
