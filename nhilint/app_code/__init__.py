"""The code beside an app's manifest is read for one question: which of the scopes asked for does nothing in it use?

Runs after the files of a tree were read one by one, and only where a manifest of a platform with a table of uses is
there. Code is searched for words, never run and never parsed; what cannot be read whole leaves the answer open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

_MANIFESTS = frozenset({"google-apps-script", "slack-manifest", "web-extension"})


def has_code(resource: Resource) -> bool:
    """Whether what is said of a resource depends on files that no format claims."""
    return resource.format in _MANIFESTS


def with_code(resources: Iterable[Resource], tree: Tree) -> tuple[Resource, ...]:
    """The same resources; apps whose platform tells what needs a scope know what their code leaves unused."""
    told = tuple(resources)
    if not any(map(has_code, told)):
        return told
    from nhilint.app_code.needs import compared

    return tuple(compared(resource, tree) if has_code(resource) else resource for resource in told)
