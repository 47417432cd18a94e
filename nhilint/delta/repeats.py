"""One cause is told once: by the actor that it is about, not by each thing that it passes through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.delta.power import listed, short
from nhilint.delta.tokens import OPEN_WITH_RIGHTS
from nhilint.model.fact import known_records
from nhilint.model.vocabulary import Identity

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhilint.model.delta import ActorDelta, Shift
    from nhilint.model.place import Place
    from nhilint.model.resource import Resource

_COMPILED = ".lock.yml"


def without_repeats(deltas: list[ActorDelta], given: set[tuple[Place, str]]) -> list[ActorDelta]:
    """A pipeline does not repeat what is said of the agent in it or of its source; a policy on a resource does not
    repeat what is said of the identity that its statement is about (`given`)."""
    of_agents = {
        (path, shift.direction, shift.words)
        for delta in deltas
        if delta.kind == "agent"
        for shift in delta.shifts
        for path in (delta.path, delta.path.removesuffix(".md") + _COMPILED)
    }
    kept: list[ActorDelta] = []
    for delta in deltas:
        left: ActorDelta | None = delta
        if delta.kind == "workflow":
            left = _less(delta, lambda d, s: (d.path, s.direction, s.words) in of_agents)
        elif delta.kind == "resource_policy":
            left = _less(delta, lambda _, s: (s.place, s.about) in given)
        if left is not None:
            kept.append(left)
    return kept


def without_echo(shifts: tuple[Shift, ...]) -> tuple[Shift, ...]:
    """Who starts it is told by the event that anybody can cause, where one came: it names the cause."""
    told = any(shift.direction == "widened" and shift.words.endswith(OPEN_WITH_RIGHTS) for shift in shifts)
    if not told:
        return shifts
    return tuple(s for s in shifts if not (s.direction == "widened" and s.words.startswith("can be started with")))


def statements(delta: ActorDelta, resource: Resource | None) -> set[tuple[Place, str]]:
    """The statements, with what they give, that the delta of an identity tells of."""
    facts = resource.facts if resource is not None else None
    if not isinstance(facts, Identity):
        return set()
    told = {shift.about for shift in delta.shifts}
    return {
        (grant.at, about)
        for grant in known_records(facts.grants)
        for action in listed(grant.actions)
        if (about := short(action)) in told
    }


def _less(delta: ActorDelta, said: Callable[[ActorDelta, Shift], bool]) -> ActorDelta | None:
    """The delta without what is said elsewhere; nothing where that was all."""
    left = tuple(shift for shift in delta.shifts if not said(delta, shift))
    if not left and delta.shifts:
        return None
    return replace(delta, shifts=left)
