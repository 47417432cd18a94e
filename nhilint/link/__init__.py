"""Resources of single files become one graph: references resolved, credentials compared, capabilities summed up.

Each module joins one thing and is a function from resources to resources. The order is theirs to need and ours to fix:
`link` runs them one after another.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from nhilint.link.own_organization import mark_own

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.resource import Resource

JOINS = ("terraform", "github", "agents", "cloud_roles", "credentials")
"""Modules of this package that hold a `join(resources) -> resources`, in the order in which they run."""


def link(resources: Iterable[Resource], owner: str | None = None) -> tuple[Resource, ...]:
    """The same resources with everything that only several of them together tell, and those that this adds.

    `owner` is the organisation or person the repository belongs to, where that is known.
    """
    linked = mark_own(tuple(resources), owner)
    for name in JOINS:
        linked = import_module(f"nhilint.link.{name}").join(linked)
    return linked
