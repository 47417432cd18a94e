"""Google Cloud's predefined roles: which exist, at what stage, and which permissions each holds.

The table (2,461 roles, 13,790 permissions) comes from iann0036/iam-dataset (MIT, commit 2073fa52ac00 of 2026-08-22) by
tools/refresh/gcp_roles.py. It is unpacked on first use; the permissions of a role are spelled out when it is asked for.
Google adds roles every week: that a name is missing here proves nothing by itself.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

_DATA = Path(__file__).parent.parent / "data" / "gcp-roles.txt.gz"
_PREFIX = "roles/"


class _Row(NamedTuple):
    stage: str
    ranges: str


def is_known_role(role: str) -> bool:
    """Whether Google predefines a role of this name (`roles/run.invoker`)."""
    return role.startswith(_PREFIX) and role.removeprefix(_PREFIX) in _tables()[1]


def role_names() -> tuple[str, ...]:
    """The names of all predefined roles, sorted, with `roles/`."""
    return tuple(_PREFIX + name for name in _tables()[1])


def stage_of(role: str) -> str | None:
    """GA, BETA, ALPHA or DEPRECATED; None for a role that is not in the table."""
    row = _tables()[1].get(role.removeprefix(_PREFIX))
    return row.stage if row else None


def permission_names() -> tuple[str, ...]:
    """Every permission that some predefined role holds, in the order of the bits."""
    return _tables()[0]


@cache
def permission_numbers() -> dict[str, int]:
    """Permission → the number of its bit."""
    return {name: index for index, name in enumerate(permission_names())}


@cache
def bits_of(role: str) -> int | None:
    """The permissions of a predefined role as bits; None when it is not in the table."""
    if not is_known_role(role):
        return None
    bits = 0
    for part in _tables()[1][role.removeprefix(_PREFIX)].ranges.split(","):
        first, _, last = part.partition("-")
        if first:
            bits |= ((1 << (int(last or first) - int(first) + 1)) - 1) << int(first)
    return bits


@cache
def _tables() -> tuple[tuple[str, ...], dict[str, _Row]]:
    import gzip  # loads with the table only

    names, roles = gzip.decompress(_DATA.read_bytes()).decode("ascii").rstrip("\n").split("\n\n")
    rows: dict[str, _Row] = {}
    for line in roles.split("\n"):
        name, stage, *ranges = line.split(" ")
        rows[name] = _Row(stage, ranges[0] if ranges else "")
    return tuple(line for line in names.split("\n") if not line.startswith("#")), rows
