"""A package that is started by its bare name, of which the project's own text says that it has a scope.

The README speaks of `@acme/notes-mcp` and the settings start `notes-mcp`: another package, whose name is free in the
registry for whoever registers it first. Told only where the text never starts the bare name itself.
Source: https://docs.npmjs.com/about-scopes (a scope belongs to its account, a bare name to whoever takes it), read
2026-11-22.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import Known, value_of
from nhilint.model.vocabulary.tool import Tool
from nhilint.source.deferred import Deferred
from nhilint.tree import is_listed

if TYPE_CHECKING:
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.tool import Package
    from nhilint.tree import Tree

_TEXTS = ("README.md", "readme.md", "package.json")
_MOST_BYTES = 1_000_000
_BARE = Deferred(r"[a-z0-9][a-z0-9._-]{2,80}")


def with_scopes(resources: tuple[Resource, ...], tree: Tree) -> tuple[Resource, ...]:
    """The resources; servers that start a bare name know the scoped one of the project's text."""
    if not any(_bare(resource) for resource in resources):
        return resources
    text = "\n".join(_texts(tree))
    return tuple(_told(resource, text) for resource in resources)


def _texts(tree: Tree) -> list[str]:
    found = (tree.read(name) for name in _TEXTS if is_listed(tree, name))
    return [data[:_MOST_BYTES].decode("utf-8", "replace") for data in found if isinstance(data, bytes)]


def _bare(resource: Resource) -> Package | None:
    facts = resource.facts
    package = facts.package if isinstance(facts, Tool) else None
    if package is None or value_of(package.ecosystem) != "npm" or value_of(package.own) is True:
        return None
    return package if _BARE.fullmatch(value_of(package.name) or "") else None


def _told(resource: Resource, text: str) -> Resource:
    package = _bare(resource)
    name = value_of(package.name) if package is not None else None
    if package is None or name is None or name not in text or not isinstance(resource.facts, Tool):
        return resource
    word = re.escape(name)
    scoped = re.search(rf"@[a-z0-9][\w.-]{{0,60}}/{word}(?![\w./-])", text)
    if scoped is None or re.search(rf"(?:npx|bunx|dlx|npm (?:i|install)(?: -g)?)(?: -y)? {word}(?![\w-])", text):
        return resource
    package = replace(package, scoped_name=Known(scoped[0], package.at))
    return replace(resource, facts=replace(resource.facts, package=package))
