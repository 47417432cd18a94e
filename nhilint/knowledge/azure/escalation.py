"""What a principal may do becomes the known ways to gain more privilege with it, in Azure and in Microsoft Entra ID.

The paths are reviewed data, one JSON record a line, with ids of this project's own (there is no public catalogue of
Azure's paths). A requirement is an operation (`Microsoft.X/y/write`), one on data (`data:…`), an application permission
of Microsoft Graph (`graph:…`) or a directory role (`entra:…`). Operations were checked against Azure's built-in roles,
Graph permissions against learn.microsoft.com/graph/permissions-reference. Scope and conditions are for the caller.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable

_DATA = Path(__file__).parent.parent / "data" / "azure-escalations.jsonl"

EscalationKind = Literal["self-escalation", "principal-access", "new-passrole", "existing-passrole", "resource-access"]
"""The words of nhilint.knowledge.aws.EscalationKind; a managed identity is what a role that is passed is there."""

ASSIGN_ROLES = "az-roleassignment-write"
"""The path that a condition on the assignment may close."""


class Escalation(msgspec.Struct, frozen=True):
    """One known path to more privilege."""

    id: str
    name: str
    """what the holder does, an imperative without a full stop"""
    kind: EscalationKind
    requires: tuple[tuple[str, ...], ...]
    """alternatives; each is a set of permissions that must all be held"""
    url: str
    guids: tuple[str, ...] = ()
    """Graph: ids of the application permissions"""


def escalations(holds: Callable[[str], bool]) -> tuple[Escalation, ...]:
    """Every path of which one alternative is held in full, in the order of the data."""
    return tuple(path for path in all_escalations() if used_by(path, holds) is not None)


def used_by(path: Escalation, holds: Callable[[str], bool]) -> tuple[str, ...] | None:
    """The first alternative of a path that is held in full."""
    return next((needed for needed in path.requires if all(map(holds, needed))), None)


def simplest(paths: tuple[Escalation, ...], holds: Callable[[str], bool]) -> tuple[Escalation, ...]:
    """The paths left when those that only add permissions to another one are dropped, not for a milder one."""
    held = {path.id: [frozenset(need) for need in path.requires if all(map(holds, need))] for path in paths}
    grave = [need for path in paths if path.kind != "resource-access" for need in held[path.id]]
    every = [need for needs in held.values() for need in needs]

    def is_least(path: Escalation, need: frozenset[str]) -> bool:
        return not any(other < need for other in (every if path.kind == "resource-access" else grave))

    return tuple(path for path in paths if any(is_least(path, need) for need in held[path.id]))


@cache
def all_escalations() -> tuple[Escalation, ...]:
    """Every known path."""
    return tuple(msgspec.json.Decoder(Escalation).decode_lines(_DATA.read_bytes()))
