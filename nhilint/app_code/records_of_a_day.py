"""A template of CloudFormation that was put away with the record of one day stands for the one that is maintained.

Who measures or tries something keeps what was deployed beside the results, in a folder that is called after the day
(`results/20250131-…/stack.yaml`, `2025-01-31/stack.yaml`). Where a template of the same file name stands in a folder
above that one, outside of any day's folder, the one that is deployed next is that, and the other is a copy of what once
was. A template that stands in a day's folder alone counts: some projects call releases so.
"""

from __future__ import annotations

from posixpath import basename, dirname
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

_TEMPLATE = "aws-cloudformation"
_DAY = Deferred(r"(?:19|20)\d\d([-_.]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])(?!\d).{0,200}")
"""How a folder begins that is called after a day."""


def with_records_of_days(
    resources: Iterable[Resource], tree: Tree, earlier: Tree | None = None
) -> tuple[Resource, ...]:
    """The resources; those of such templates are copies. In a change they stood in the `earlier` tree so as well."""
    listed = tuple(resources)
    records = {path for path in {one.at.path for one in listed if _is_asked(one)} if _day_of(path) is not None}
    paths = frozenset(tree.paths()) if records else frozenset[str]()
    before = frozenset(earlier.paths()) if records and earlier is not None else paths
    kept = {path for path in records if path in before and _stands_above(path, paths)}
    return tuple(replace(one, setting="copied") if _is_asked(one) and one.at.path in kept else one for one in listed)


def _is_asked(resource: Resource) -> bool:
    return resource.format.startswith(_TEMPLATE) and resource.setting in ("production", "template")


def _day_of(path: str) -> str | None:
    """The first folder of a path that is called after a day."""
    parts = path.split("/")[:-1]
    return next(("/".join(parts[: index + 1]) for index, part in enumerate(parts) if _DAY.fullmatch(part)), None)


def _stands_above(path: str, paths: frozenset[str]) -> bool:
    """Whether a file of the same name stands in one of the folders above that of the day."""
    above, name = _day_of(path) or "", basename(path)
    while above:
        above = dirname(above)
        if f"{above}/{name}".lstrip("/") in paths:
            return True
    return False
