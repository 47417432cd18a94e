"""Sets of Google Cloud permissions that can be united, cut and asked, held as bits of the bundled table.

Permissions that the table does not know (a custom role may name newer ones) are kept by name.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.knowledge.gcp import role_table

if TYPE_CHECKING:
    from collections.abc import Iterable


class PermissionSet(Struct, frozen=True):
    """Permissions, some of them strangers to the table."""

    bits: int = 0
    strangers: frozenset[str] = frozenset()

    def __or__(self, other: PermissionSet) -> PermissionSet:
        return PermissionSet(self.bits | other.bits, self.strangers | other.strangers)

    def __sub__(self, other: PermissionSet) -> PermissionSet:
        return PermissionSet(self.bits & ~other.bits, self.strangers - other.strangers)

    def __and__(self, other: PermissionSet) -> PermissionSet:
        return PermissionSet(self.bits & other.bits, self.strangers & other.strangers)

    def __le__(self, other: PermissionSet) -> bool:
        return not self.bits & ~other.bits and self.strangers <= other.strangers

    def __bool__(self) -> bool:
        return bool(self.bits or self.strangers)

    def __len__(self) -> int:
        return self.bits.bit_count() + len(self.strangers)

    def __contains__(self, permission: str) -> bool:
        return permissions((permission,)) <= self

    def names(self) -> tuple[str, ...]:
        """The permissions, sorted."""
        known = role_table.permission_names()
        return tuple(sorted((*(name for index, name in enumerate(known) if self.bits >> index & 1), *self.strangers)))

    def of_services(self, services: frozenset[str]) -> PermissionSet:
        """Those of some services, by their prefix (`iam`, `storage`)."""
        strangers = frozenset(name for name in self.strangers if name.partition(".")[0] in services)
        return PermissionSet(self.bits & _service_bits(services), strangers)


def permissions(names: Iterable[str]) -> PermissionSet:
    """The set of some permissions by name."""
    number = role_table.permission_numbers()
    bits, strangers = 0, set[str]()
    for name in names:
        if name in number:
            bits |= 1 << number[name]
        else:
            strangers.add(name)
    return PermissionSet(bits, frozenset(strangers))


def permissions_of(role: str) -> PermissionSet | None:
    """What a predefined role holds (`roles/run.invoker`); None when the table does not know the role."""
    bits = role_table.bits_of(role)
    return None if bits is None else PermissionSet(bits)


@lru_cache(maxsize=256)
def _service_bits(services: frozenset[str]) -> int:
    bits = 0
    for name, index in role_table.permission_numbers().items():
        if name.partition(".")[0] in services:
            bits |= 1 << index
    return bits
