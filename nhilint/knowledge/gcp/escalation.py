"""Sets of Google Cloud permissions become the known ways to gain more with them.

The 65 paths are reviewed data, one JSON record a line. Permission sets come from RhinoSecurityLabs
GCP-IAM-Privilege-Escalation (BSD-3-Clause, commit 75f38d73dbae), the PrivEsc tags of iann0036/iam-dataset (MIT, commit
2073fa52ac00) and this project's analysis; names, kinds and what counts as ordinary are this project's. Only permissions
are looked at: whether a condition, a denial or the place of a binding stands in the way is for the caller.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from nhilint.knowledge.gcp.permission_set import PermissionSet, permissions

_DATA = Path(__file__).parent.parent / "data" / "gcp-escalations.jsonl"

EscalationKind = Literal["self-escalation", "principal-access", "new-passrole", "existing-passrole", "resource-access"]


class Escalation(msgspec.Struct, frozen=True):
    """One known path to more privilege."""

    id: str
    name: str
    """what the holder does, an imperative without a full stop"""
    kind: EscalationKind
    requires: tuple[str, ...]
    """permissions that must all be held"""
    ordinary: bool
    """whether the permissions are also what such work takes in the ordinary way: to start a build or a job"""
    place: Literal["organization", "folder", "project"]
    """the lowest place where a binding has to stand for the path to be one"""
    url: str

    @property
    def needed(self) -> PermissionSet:
        """The permissions as a set."""
        return _needed(self)

    @property
    def services(self) -> frozenset[str]:
        """The prefixes of the services involved."""
        return frozenset(permission.partition(".")[0] for permission in self.requires)


def escalations(held: PermissionSet) -> tuple[Escalation, ...]:
    """Every path whose permissions are all held, in the order of the data."""
    return tuple(path for path in all_escalations() if path.needed <= held)


@cache
def all_escalations() -> tuple[Escalation, ...]:
    """Every known path."""
    return tuple(msgspec.json.Decoder(Escalation).decode_lines(_DATA.read_bytes()))


@cache
def _needed(path: Escalation) -> PermissionSet:
    return permissions(path.requires)
