"""Packages that this very repository publishes, by its own manifests, become as close as the repository itself.

A server's repository starts its own package by name in the settings that it carries for its developers. Such a name is
no account's, so only the manifest tells. A package.json that is marked private is published by nobody, and its name may
be anybody's in the registry. Folders of examples, of tests and of other people's code are left out: a manifest there
says nothing of whose package it is. A script that is named by its absolute path on its author's machine is this
repository's too, where the end of the path is a file of the tree, or leads into the folder of a server that has a
manifest in it: what was built is not checked in.
Sources: https://docs.npmjs.com/cli/v11/configuring-npm/package-json (name, private); PEP 621 (name of a project);
PEP 503 (a name's case and separators do not count), read 2026-11-22.
"""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.link.own_organization import as_own
from nhilint.model.fact import Unknown, known_records, value_of
from nhilint.model.vocabulary.agent import Agent
from nhilint.model.vocabulary.tool import Tool
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.agent import ConfiguredCommand
    from nhilint.model.vocabulary.tool import Package
    from nhilint.tree import Tree

Identity = tuple[str, str]
"""A registry and a name in it, spelled in one way."""

_MANIFESTS = {"package.json": "npm", "pyproject.toml": "pypi"}
_OF_OTHERS = frozenset(
    {
        *("node_modules", "vendor", "vendored", "third_party", "third-party", "external", "archive", "mirror"),
        *("example", "examples", "sample", "samples", "demo", "demos", "test", "tests", "fixtures", "testdata", "docs"),
        *("template", "templates"),
    }
)
_DEEPEST = 4
_MOST_MANIFESTS = 200
_MOST_BYTES = 1_000_000
_HERE = "local"
_ABSOLUTE = Deferred(r"/|~/|[A-Za-z]:[/\\]")
_SEPARATORS = Deferred(r"[-_.]+")


def marked(resources: tuple[Resource, ...], tree: Tree) -> tuple[Resource, ...]:
    """The resources with every package that a manifest of the tree publishes marked as own."""
    wanted = {identity for one in resources for package in _packages(one) for identity in _identity(package)}
    paths = {one for one in wanted if one[0] == _HERE}
    own = (wanted - paths).intersection(_published(tree)) if wanted - paths else set()
    own |= {one for one in paths if _lies_here(one[1], tree)}
    return tuple(_marked(resource, own) for resource in resources) if own else resources


def starts_package(resource: Resource) -> bool:
    """Whether a resource runs a package by a name that a manifest of the same tree may publish."""
    return any(_identity(package) for package in _packages(resource))


def _packages(resource: Resource) -> Iterator[Package]:
    facts = resource.facts
    if isinstance(facts, Tool) and facts.package is not None:
        yield facts.package
    if isinstance(facts, Agent):
        yield from (one.package for one in known_records(facts.commands) if one.package is not None)


def _identity(package: Package) -> tuple[Identity, ...]:
    registry, name = value_of(package.ecosystem), value_of(package.name)
    if registry == _HERE and name and _ABSOLUTE.match(name):
        return ((_HERE, name),)
    return (_spelled(registry, name),) if name and registry in _MANIFESTS.values() and registry else ()


def _spelled(registry: str, name: str) -> Identity:
    plain = name.strip().lower()
    return registry, _SEPARATORS.sub("-", plain.partition("[")[0]) if registry == "pypi" else plain


def _published(tree: Tree) -> Iterator[Identity]:
    """What the tree's manifests publish, the shallowest first."""
    for path in sorted(_manifests(tree), key=lambda path: path.count("/"))[:_MOST_MANIFESTS]:
        data = tree.read(path)
        if isinstance(data, bytes) and len(data) <= _MOST_BYTES:
            registry = _MANIFESTS[path.rpartition("/")[2]]
            name = _npm_name(data) if registry == "npm" else _project_name(data)
            if name:
                yield _spelled(registry, name)


def _lies_here(path: str, tree: Tree) -> bool:
    """Whether an absolute path ends like a file of the tree, or passes through a folder of a server with a manifest."""
    parts = path.replace("\\", "/").split("/")
    ends = {"/".join(parts[i:]) for i in range(1, len(parts) - 1)}
    last = len(parts)
    through = {"/".join(parts[i:end]) for end in range(2, last) for i in range(max(1, end - _DEEPEST), end)}
    folders = {manifest.rpartition("/")[0] for manifest in _manifests(tree)}
    return not ends.isdisjoint(tree.paths()) or any("mcp" in one.lower() for one in through & folders)


def _manifests(tree: Tree) -> Iterator[str]:
    for path in tree.paths():
        *folders, name = path.split("/")
        if name in _MANIFESTS and len(folders) < _DEEPEST and _OF_OTHERS.isdisjoint(map(str.lower, folders)):
            yield path


def _npm_name(data: bytes) -> str | None:
    try:
        manifest = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(manifest, dict) or manifest.get("private") is True:
        return None
    name = manifest.get("name")
    return name if isinstance(name, str) else None


def _project_name(data: bytes) -> str | None:
    try:
        manifest = tomllib.loads(data.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None
    tool = manifest.get("tool")
    for table in (manifest.get("project"), tool.get("poetry") if isinstance(tool, dict) else None):
        name = table.get("name") if isinstance(table, dict) else None
        if isinstance(name, str):
            return name
    return None


def _marked(resource: Resource, own: set[Identity]) -> Resource:
    facts = resource.facts
    if isinstance(facts, Tool) and facts.package is not None and own.intersection(_identity(facts.package)):
        return replace(resource, facts=replace(facts, package=as_own(facts.package)))
    if isinstance(facts, Agent) and not isinstance(facts.commands, Unknown):
        commands = tuple(one if isinstance(one, Unknown) else _command(one, own) for one in facts.commands)
        return replace(resource, facts=replace(facts, commands=commands))
    return resource


def _command(command: ConfiguredCommand, own: set[Identity]) -> ConfiguredCommand:
    if command.package is None or own.isdisjoint(_identity(command.package)):
        return command
    return replace(command, package=as_own(command.package))
