"""Servers that start a package by its bare name run the copy that the project depends on, in its lock file's version.

npx and bunx take what the project has installed before they ask the registry, as long as no version stands behind the
name; "@latest" is one (docs.npmjs.com/cli/v11/commands/npx, bun.sh/docs/pm/bunx, read 2026-11-22). Counted are direct
dependencies of the folder that the settings belong to, beside a lock file, and what npm's own lock file puts at the top
of node_modules, where the commands of indirect dependencies are linked too. The settings of a person's home are for any
project, so nothing in this tree tells what they start.
"""

from __future__ import annotations

import json
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import Known, value_of
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from nhilint.model.resource import Resource
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
_STARTED_AS = {"playwright": "@playwright/test", "ng": "@angular/cli", "playwright-mcp": "@playwright/mcp"}
"""Commands whose package has another name, by the "bin" of its manifest (registry.npmjs.org, read 2026-11-22)."""
_MOST_BYTES = 1_000_000
_LONGEST_LOCK = 20_000_000
_NPM_LOCKS = ("package-lock.json", "npm-shrinkwrap.json")
_TOP = b'"node_modules/%s": {'


def fixed(resources: tuple[Resource, ...], tree: Tree) -> tuple[Resource, ...]:
    """The resources, with the package of every server that runs a locked copy marked as fixed."""
    dependencies: dict[PurePosixPath, frozenset[str]] = {}
    told = []
    for resource in resources:
        package = _bare_name(resource)
        if package is not None:
            folder = _project_of(resource.at.path)
            if folder not in dependencies:
                dependencies[folder] = _locked_in(folder, tree)
            name = (value_of(package.name) or "").lower()
            is_direct = not dependencies[folder].isdisjoint({name, _STARTED_AS.get(name, name)})
            if is_direct or (name and _is_at_the_top(name, folder, tree)):
                resource = _fixed(resource, package)  # noqa: PLW2901
        told.append(resource)
    return tuple(told)


def _bare_name(resource: Resource) -> Package | None:
    """The package that a project's server starts by a runner that looks into the project first, without a version."""
    facts = resource.facts
    if resource.format not in _OF_A_PROJECT or not isinstance(facts, Tool) or facts.package is None:
        return None
    if PurePosixPath(resource.at.path).name == _OF_A_PERSON or value_of(facts.package.ecosystem) != "npm":
        return None
    program = PureWindowsPath(value_of(facts.command) or "").name.lower().removesuffix(".cmd")
    return facts.package if program in _LOCAL_FIRST and value_of(facts.package.pin) == "none" else None


def _fixed(resource: Resource, package: Package) -> Resource:
    facts = resource.facts
    if not isinstance(facts, Tool):
        return resource
    return replace(resource, facts=replace(facts, package=replace(package, pin=Known("exact", package.at))))


def _project_of(path: str) -> PurePosixPath:
    """The folder of the project that a file configures: the one around the folder whose name begins with a dot."""
    folders = PurePosixPath(path).parts[:-1]
    while any(name.startswith(".") for name in folders):
        folders = folders[: max(i for i, name in enumerate(folders) if name.startswith("."))]
        if folders and not folders[-1].startswith("."):
            break
    return PurePosixPath(*folders)


def _is_at_the_top(name: str, folder: PurePosixPath, tree: Tree) -> bool:
    """Whether npm's lock file puts a package at the top of the folder's node_modules."""
    for lock in _NPM_LOCKS:
        data = tree.read((folder / lock).as_posix())
        if isinstance(data, bytes) and len(data) <= _LONGEST_LOCK and _TOP % name.encode() in data:
            return True
    return False


def _locked_in(folder: PurePosixPath, tree: Tree) -> frozenset[str]:
    """The names that a folder's manifest depends on; none where no lock file fixes their versions."""
    if not any((folder / lock).as_posix() in tree.paths() for lock in _LOCKS):
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
