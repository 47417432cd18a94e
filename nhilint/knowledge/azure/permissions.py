"""What one Azure role allows: patterns of operations, less those that the same role leaves out.

Source: learn.microsoft.com/azure/role-based-access-control/role-definitions, read 2026-11-22: a star stands for any
text, slashes included; `NotActions` are subtracted from `Actions` of the same role and forbid nothing, so another role
may give them back; operations on data are listed apart. Names are compared without regard to case.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

DATA = "data:"
"""What stands before the name of an operation on data where both sorts are listed together."""


_WITH_A_NAME = {
    "microsoft.managedidentity/userassignedidentities/assign/action": (
        "microsoft.managedidentity/userassignedidentities/x/assign/action"
    ),
}
"""Operations that Azure's own roles write with a star for the resource's name between."""


class Permissions(Struct, frozen=True):
    """One block of a role definition, patterns as written."""

    actions: tuple[str, ...] = ()
    not_actions: tuple[str, ...] = ()
    data_actions: tuple[str, ...] = ()
    not_data_actions: tuple[str, ...] = ()

    def allows(self, operation: str) -> bool:
        """Whether an operation is allowed; one on data is asked for as `data:NAME`."""
        if operation.startswith(DATA):
            name = operation.removeprefix(DATA)
            return matches_any(self.data_actions, name) and not matches_any(self.not_data_actions, name)
        spellings = (operation, _WITH_A_NAME.get(operation.lower(), operation))
        given = any(matches_any(self.actions, spelling) for spelling in spellings)
        return given and not any(matches_any(self.not_actions, spelling) for spelling in spellings)


def matches_any(patterns: Iterable[str], operation: str) -> bool:
    """Whether one of the patterns stands for the operation."""
    return any(matches(pattern, operation) for pattern in patterns)


@lru_cache(maxsize=65_536)
def matches(pattern: str, operation: str) -> bool:
    """Whether a pattern stands for an operation. Takes time in proportion to both."""
    first, *rest = pattern.lower().split("*")
    name = operation.lower()
    if not rest:
        return first == name
    if not name.startswith(first):
        return False
    position = len(first)
    for part in rest[:-1]:
        found = name.find(part, position)
        if found < 0:
            return False
        position = found + len(part)
    return name.endswith(rest[-1]) and len(name) - len(rest[-1]) >= position


def covers(wide: str, narrow: str) -> bool:
    """Whether everything that `narrow` stands for is also meant by `wide`."""
    return matches(wide, narrow.replace("*", "\x00"))


def overlap(one: str, other: str) -> bool:
    """Whether some operation may be meant by both patterns. True when in doubt: two stars are not told apart."""
    if "*" not in other:
        return matches(one, other)
    if "*" not in one:
        return matches(other, one)
    first, second = one.lower().split("*", 1)[0], other.lower().split("*", 1)[0]
    last, final = one.lower().rsplit("*", 1)[1], other.lower().rsplit("*", 1)[1]
    heads = first.startswith(second) or second.startswith(first)
    return heads and (last.endswith(final) or final.endswith(last))
