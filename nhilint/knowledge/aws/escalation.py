"""Sets of allowed actions become the known ways to gain more privilege with them.

The paths are reviewed data, one JSON record a line. Action sets come from pathfinding.cloud (Apache-2.0, commit
84dd65c97fc2), prowler (Apache-2.0, commit 3e000faa3109; ids `prowler-…`, and the pathfinding.cloud ids that prowler
cites) and this project's analysis (ids `own-…`); names are this project's words. Only actions are looked at: whether
the resource, a condition or a boundary stands in the way is for the caller; `needs_target` says where that decides.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from nhilint.knowledge.aws.action_set import matching, matching_any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.knowledge.aws.action_set import ActionSet

_DATA = Path(__file__).parent.parent / "data" / "aws-escalations.jsonl"


class EscalationKind(StrEnum):
    """How the holder gains privilege, in pathfinding.cloud's categories; the last one is this project's."""

    SELF = "self-escalation"
    """raises its own privileges"""
    PRINCIPAL = "principal-access"
    """takes over another principal"""
    NEW_COMPUTE = "new-passrole"
    """hands a more privileged role to something new that it controls"""
    EXISTING_COMPUTE = "existing-passrole"
    """takes over something that already carries a role"""
    RESOURCE = "resource-access"
    """opens data or keys to itself or to others, without a change of principal"""


_OF_WHAT_IS_THERE = (EscalationKind.EXISTING_COMPUTE, EscalationKind.RESOURCE)
"""Kinds that reach no further than what somebody else has set up."""


class Escalation(msgspec.Struct, frozen=True):
    """One known path to more privilege."""

    id: str
    name: str
    """what the holder does, an imperative without a full stop"""
    kind: EscalationKind
    requires: tuple[frozenset[str], ...]
    """alternatives; each is a set of action patterns that must all be allowed in full"""
    needs_target: bool
    """a path only where Resource is a wildcard or names something more privileged than the holder"""
    url: str

    @property
    def services(self) -> tuple[str, ...]:
        """The prefixes of the services involved, sorted."""
        return tuple(sorted({action.partition(":")[0] for actions in self.requires for action in actions}))

    @property
    def needs_pass_role(self) -> bool:
        """Whether every alternative hands a role over, so that the Resource of iam:PassRole decides."""
        return all("iam:PassRole" in actions for actions in self.requires)


def escalations(allowed: ActionSet) -> tuple[Escalation, ...]:
    """Every path of which one alternative is allowed in full, in the order of the data."""
    if not allowed.bits & _needed_by_any():
        return ()
    blocked = ~allowed.bits
    return tuple(path for path in all_escalations() if any(not needed & blocked for needed in _needs(path)))


def simplest(paths: Iterable[Escalation]) -> tuple[Escalation, ...]:
    """The paths left when those that only add actions to another of them are dropped: a short list for a message.

    What is added counts where it takes the holder further: one that hands any role over stays beside one that takes
    what runs already, and that one, which needs part of the same, is dropped.
    """
    kept = tuple(paths)
    needs = [(needed, path.kind in _OF_WHAT_IS_THERE) for path in kept for needed in _needs(path)]
    new = tuple(needed for path in kept if path.kind is EscalationKind.NEW_COMPUTE for needed in _needs(path))
    return tuple(path for path in kept if any(_stays(path, needed, needs, new) for needed in _needs(path)))


@cache
def all_escalations() -> tuple[Escalation, ...]:
    """Every known path."""
    return tuple(msgspec.json.Decoder(Escalation).decode_lines(_DATA.read_bytes()))


@cache
def _needed_by_any() -> int:
    """The bits of all actions that some path needs: most policies hold none of them."""
    bits = 0
    for path in all_escalations():
        for needed in _needs(path):
            bits |= needed
    return bits


@cache
def _needs(path: Escalation) -> tuple[int, ...]:
    """The bits of the actions each alternative needs. ValueError for a pattern that fits nothing: it would be free."""
    for pattern in frozenset[str]().union(*path.requires):
        if not matching(pattern):
            raise ValueError(f"{path.id} asks for {pattern}, which AWS does not list")
    return tuple(matching_any(actions).bits for actions in path.requires)


def _stays(path: Escalation, needed: int, needs: list[tuple[int, bool]], new: tuple[int, ...]) -> bool:
    if path.kind in _OF_WHAT_IS_THERE and any(other != needed and other & needed == needed for other in new):
        return False
    hands_over = path.kind is EscalationKind.NEW_COMPUTE
    smaller = (lesser for other, lesser in needs if other != needed and other & needed == other)
    return all(hands_over and lesser for lesser in smaller)
