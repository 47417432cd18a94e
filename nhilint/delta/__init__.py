"""Two states of a repository become what the change does to authority, actor by actor.

Nothing is judged here: a widened permission may be right. The delta says what a reader would otherwise have to find out
from the lines of a diff, including what a change in one file does to an actor in another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.delta.consequence import consequence
from nhilint.delta.holdings import held_by
from nhilint.delta.repeats import statements, without_echo, without_repeats
from nhilint.delta.same_actor import match_moved
from nhilint.delta.shifts import shifts
from nhilint.model import vocabulary
from nhilint.model.delta import ActorDelta, Shift
from nhilint.model.fact import value_of
from nhilint.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nhilint.delta.same_actor import ActorKey
    from nhilint.model.place import Place
    from nhilint.model.resource import Resource

__all__ = ["authority_delta", "gate_delta"]

_NO_AUTHORITY = frozenset({"credential", "waiver", "gate_change"})
"""Kinds that are no actors: a credential is shown with whoever holds it."""


def authority_delta(
    before: Iterable[Resource], after: Iterable[Resource], older_path: Callable[[str], str]
) -> tuple[ActorDelta, ...]:
    """The actors whose authority differs, worst first. `older_path` gives a file's path before the change.

    Files of tests declare nobody, so they are left out.
    """
    then = _named(before, lambda path: path)
    now = _named(after, older_path)
    match_moved(then, now)
    deltas: list[ActorDelta] = []
    given: set[tuple[Place, str]] = set()
    for key in dict.fromkeys((*now, *then)):
        delta = _delta(then.get(key), now.get(key))
        if delta is not None:
            deltas.append(delta)
            given |= statements(delta, then.get(key)) | statements(delta, now.get(key))
    deltas = without_repeats(deltas, given)
    return tuple(sorted(deltas, key=lambda d: (-d.weight, d.state == "removed", d.path, d.name)))


def gate_delta(about_the_gate: Iterable[Resource]) -> tuple[ActorDelta, ...]:
    """What a change does to the gate itself, as one actor's delta; nothing where it leaves the gate alone."""
    found: list[Shift] = []
    for resource in about_the_gate:
        facts = resource.facts
        if isinstance(facts, vocabulary.GateChange):
            guarded = value_of(facts.guarded) is True
            owned = "" if guarded else ", and no code owner must agree"
            words = f"{value_of(facts.change)}{owned}"
            found.append(Shift("widened", words, Severity.MEDIUM if guarded else Severity.HIGH, resource.at))
    if not found:
        return ()
    return (ActorDelta("gate", "this change", found[0].place.path, "changed", tuple(found)),)


def _named(resources: Iterable[Resource], older_path: Callable[[str], str]) -> dict[ActorKey, Resource]:
    """Actors by kind, file before the change, name, and their number among those of one name."""
    found: dict[ActorKey, Resource] = {}
    for resource in resources:
        if resource.kind in _NO_AUTHORITY or resource.setting == "test":
            continue
        path = older_path(resource.at.path)
        name = resource.name.replace(resource.at.path, path)
        number = 0
        while (resource.kind, path, name, number) in found:
            number += 1
        found[resource.kind, path, name, number] = resource
    return found


def _delta(before: Resource | None, after: Resource | None) -> ActorDelta | None:
    shown = after if after is not None else before
    assert shown is not None
    if before is not None and after is not None and before.facts == after.facts:
        return None
    found = without_echo(shifts(tuple(held_by(before)), tuple(held_by(after))))
    if before is not None and after is not None and not found:
        return None
    state: Literal["added", "removed", "changed"] = "changed"
    if before is None or after is None:
        state = "added" if before is None else "removed"
    if after is None and not _outlived(shown):
        found = tuple(shift for shift in found if shift.direction == "narrowed")
    said = consequence(after, found) if after is not None else ""
    formerly = before.name if before is not None and after is not None and before.name != after.name else ""
    if formerly.rpartition("/")[2] == shown.name.rpartition("/")[2]:
        formerly = ""
    return ActorDelta(shown.kind, shown.name, shown.at.path, state, found, said, formerly)


def _outlived(resource: Resource) -> bool:
    """Whether what it held back goes on without it: settings that are gone leave the product to its defaults."""
    facts = resource.facts
    if isinstance(facts, vocabulary.Identity):
        return value_of(facts.kind) == "control_policy"
    if isinstance(facts, vocabulary.Agent):
        return value_of(facts.kind) == "settings"
    return isinstance(facts, vocabulary.Policy)
