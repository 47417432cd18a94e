"""Azure's built-in roles by their id or name: what each allows, so that no definition has to be at hand.

The table was made by tools/refresh/azure_roles.py from Azure's own role list as published in iann0036/iam-dataset
(MIT). Custom roles are never judged here.
"""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from nhilint.knowledge.azure.permissions import Permissions

_DATA = Path(__file__).parent.parent / "data" / "azure-roles.json.gz"

OWNER: Final = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
CONTRIBUTOR: Final = "b24988ac-6180-42a0-ab88-20f7382dd24c"
USER_ACCESS_ADMINISTRATOR: Final = "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"
ROLE_BASED_ACCESS_CONTROL_ADMINISTRATOR: Final = "f58310d9-a9f6-439a-9e8d-f62e7b41a168"

CLUSTER_ADMIN: Final = "0ab0b1a8-8aac-4efd-b8c2-3ee1fb270be8"
"""Azure Kubernetes Service Cluster Admin Role: it is there to fetch the administrator's credential of clusters."""

GRANTING_ROLES: Final = frozenset({OWNER, USER_ACCESS_ADMINISTRATOR, ROLE_BASED_ACCESS_CONTROL_ADMINISTRATOR})
"""Roles that hand out roles."""
BROAD_ROLES: Final = GRANTING_ROLES | {CONTRIBUTOR}
"""Roles that reach everything below their scope, or hand out what does."""


class BuiltInRole(msgspec.Struct, frozen=True):
    """One role that exists in every tenant."""

    id: str
    name: str
    permissions: tuple[Permissions, ...]


class _Table(msgspec.Struct, frozen=True):
    """The file: every operation once, and for each role its id, name and blocks of four lists of their numbers."""

    operations: list[str]
    roles: list[tuple[str, str, list[tuple[list[int], list[int], list[int], list[int]]]]]


def built_in_role(named: str) -> BuiltInRole | None:
    """The role of an id, a resource id that ends with one, or a display name; None for any other text."""
    last = named.strip().rsplit("/", 1)[-1].lower()
    found = _numbered().get(last)
    return None if found is None else _role(found)


def built_in_names() -> tuple[str, ...]:
    """The names of all of them, sorted."""
    return tuple(sorted(name for _, name, _ in _table().roles))


@cache
def _role(number: int) -> BuiltInRole:
    table = _table()
    role_id, name, blocks = table.roles[number]
    read = (Permissions(*(tuple(table.operations[at] for at in numbers) for numbers in block)) for block in blocks)
    return BuiltInRole(role_id, name, tuple(read))


@cache
def _numbered() -> dict[str, int]:
    """Lower-case id and name → the role's number."""
    found: dict[str, int] = {}
    for number, (role_id, name, _) in enumerate(_table().roles):
        found[role_id] = number
        found.setdefault(name.lower(), number)
    return found


@cache
def _table() -> _Table:
    return msgspec.json.decode(gzip.decompress(_DATA.read_bytes()), type=_Table)
