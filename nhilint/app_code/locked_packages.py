"""Servers and hooks that start a package by its bare name run the copy that the project depends on, as its lock says.

npx and bunx take what the project has installed before they ask the registry, as long as no version stands behind the
name; "@latest" is one (docs.npmjs.com/cli/v11/commands/npx, bun.sh/docs/pm/bunx, read 2026-11-22). Counted are direct
dependencies of the folder that the settings belong to, beside a lock file, and what npm's own lock file puts at the top
of node_modules, where the commands of indirect dependencies are linked too, by the names that it lists as their "bin".
The settings of a person's home are for any project, so nothing in this tree tells what they start.
"""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.vocabulary.agent import Agent
from nhilint.model.vocabulary.tool import Tool
from nhilint.source.deferred import Deferred
from nhilint.tree import is_listed

if TYPE_CHECKING:
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.agent import ConfiguredCommand
    from nhilint.model.vocabulary.tool import Package
    from nhilint.tree import Tree

_MANIFEST = "package.json"
_DEPENDENCIES = ("dependencies", "devDependencies", "optionalDependencies")
_LOCKS = frozenset({"package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock", "bun.lockb"})
_LOCAL_FIRST = frozenset({"npx", "bunx"})
_OF_A_PROJECT_TEXT = """
mcp-amazon-q mcp-claude-code mcp-codex mcp-copilot mcp-cursor mcp-devin mcp-gemini mcp-junie mcp-kilo mcp-kiro
mcp-opencode mcp-qwen mcp-roo mcp-vscode
"""
_OF_A_PROJECT = frozenset(_OF_A_PROJECT_TEXT.split())
"""Formats of files that lie in a project and whose servers start in its folder."""
_OF_A_PERSON = ".claude.json"
_STARTED_AS = {
    "playwright": "@playwright/test",
    "ng": "@angular/cli",
    "playwright-mcp": "@playwright/mcp",
    "biome": "@biomejs/biome",
    "changeset": "@changesets/cli",
    "commitlint": "@commitlint/cli",
    "cdk": "aws-cdk",
    "tsc": "typescript",
    "nest": "@nestjs/cli",
    "markdownlint": "markdownlint-cli",
    "sentry-cli": "@sentry/cli",
}
"""Commands whose package has another name, by the "bin" of its manifest (registry.npmjs.org, read 2026-11-22)."""
_MOST_BYTES = 1_000_000
_LONGEST_LOCK = 20_000_000
_NPM_LOCKS = ("package-lock.json", "npm-shrinkwrap.json")
_TOP = b'"node_modules/%s": {'
_BIN = re.compile(rb'"bin": ?\{([^{}]{0,2000})\}')
_COMMAND = Deferred(r"[a-z0-9][\w.-]{0,60}")
_LOCAL_COMMAND = Deferred(r'(?:cd "?\$\{?CLAUDE_PROJECT_DIR\}?"? && )?(?:npx|bunx)(?:\.cmd)?(?:\s|$)')


def fixed(resources: tuple[Resource, ...], tree: Tree) -> tuple[Resource, ...]:
    """The resources, with the package of every server and command that runs a locked copy marked as fixed."""
    locks = _Locks(tree)
    return tuple(_with_fixed(resource, locks) for resource in resources)


class _Locks:
    """What the projects of a tree have locked, each folder read once."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._dependencies: dict[PurePosixPath, frozenset[str]] = {}

    def fix(self, package: Package, path: str) -> Package:
        """The package, fixed if the project around the settings at a path has locked what its bare name starts."""
        name = (value_of(package.name) or "").lower()
        folder = _project_of(path)
        if folder not in self._dependencies:
            self._dependencies[folder] = _locked_in(folder, self._tree)
        is_direct = not self._dependencies[folder].isdisjoint({name, _STARTED_AS.get(name, name)})
        if is_direct or (name and _is_at_the_top(name, folder, self._tree)):
            return replace(package, pin=Known("exact", package.at))
        return package


def _with_fixed(resource: Resource, locks: _Locks) -> Resource:
    facts, path = resource.facts, resource.at.path
    if PurePosixPath(path).name == _OF_A_PERSON:
        return resource
    if isinstance(facts, Agent) and not isinstance(facts.commands, Unknown):
        commands = tuple(
            replace(one, package=locks.fix(one.package, path))
            if not isinstance(one, Unknown) and one.package is not None and _starts_locally(one)
            else one
            for one in facts.commands
        )
        return replace(resource, facts=replace(facts, commands=commands)) if commands != facts.commands else resource
    if resource.format in _OF_A_PROJECT and isinstance(facts, Tool) and facts.package is not None:
        program = PureWindowsPath(value_of(facts.command) or "").name.lower().removesuffix(".cmd")
        if program in _LOCAL_FIRST and _is_bare(facts.package):
            return replace(resource, facts=replace(facts, package=locks.fix(facts.package, path)))
    return resource


def _starts_locally(command: ConfiguredCommand) -> bool:
    """Whether a command is nothing but a runner that looks into the project first, without a version."""
    text = value_of(command.command)
    return text is not None and _LOCAL_COMMAND.match(text.strip()) is not None and _is_bare(command.package)


def _is_bare(package: Package | None) -> bool:
    return package is not None and value_of(package.ecosystem) == "npm" and value_of(package.pin) == "none"


def _project_of(path: str) -> PurePosixPath:
    """The folder of the project that a file configures: the one around the folder whose name begins with a dot."""
    folders = PurePosixPath(path).parts[:-1]
    while any(name.startswith(".") for name in folders):
        folders = folders[: max(i for i, name in enumerate(folders) if name.startswith("."))]
        if folders and not folders[-1].startswith("."):
            break
    return PurePosixPath(*folders)


def _is_at_the_top(name: str, folder: PurePosixPath, tree: Tree) -> bool:
    """Whether npm's lock file puts a package at the top of the folder's node_modules, or links a command so called."""
    for lock in _NPM_LOCKS:
        data = tree.read((folder / lock).as_posix())
        if not isinstance(data, bytes) or len(data) > _LONGEST_LOCK:
            continue
        if _TOP % name.encode() in data or _links(name, data):
            return True
    return False


def _links(command: str, lock: bytes) -> bool:
    """Whether one of the packages in a lock file of npm's has a command of that name in its "bin"."""
    key = b'"%s":' % command.encode()
    return _COMMAND.fullmatch(command) is not None and any(key in match[1] for match in _BIN.finditer(lock))


def _locked_in(folder: PurePosixPath, tree: Tree) -> frozenset[str]:
    """The names that a folder's manifest depends on; none where no lock file fixes their versions."""
    if not any(is_listed(tree, (folder / lock).as_posix()) for lock in _LOCKS):
        return frozenset()
    data = tree.read((folder / _MANIFEST).as_posix())
    if not isinstance(data, bytes) or len(data) > _MOST_BYTES:
        return frozenset()
    try:
        manifest = json.loads(data)
    except (ValueError, RecursionError):
        return frozenset()
    parts = (manifest.get(key) for key in _DEPENDENCIES) if isinstance(manifest, dict) else ()
    return frozenset(name.lower() for part in parts if isinstance(part, dict) for name in part)
