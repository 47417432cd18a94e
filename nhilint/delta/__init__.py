"""Two states of a repository become what the change does to authority, actor by actor.

Nothing is judged here: a widened permission may be right. The delta says what a reader would otherwise have to find out
from the lines of a diff, including what a change in one file does to an actor in another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.delta.consequence import consequence
from nhilint.delta.shifts import shifts
from nhilint.model import vocabulary
from nhilint.model.delta import ActorDelta, Shift
from nhilint.model.fact import value_of
from nhilint.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from nhilint.delta.power import Held
    from nhilint.model.resource import Resource

__all__ = ["authority_delta", "gate_delta"]

_NO_AUTHORITY = frozenset({"credential", "policy", "waiver", "gate_change"})
"""Kinds that are no actors: a credential is shown with whoever holds it, a policy decides about others."""


def authority_delta(
    before: Iterable[Resource], after: Iterable[Resource], older_path: Callable[[str], str]
) -> tuple[ActorDelta, ...]:
    """The actors whose authority differs, worst first. `older_path` gives a file's path before the change.

    Files of tests declare nobody, so they are left out.
    """
    then = _named(before, lambda path: path)
    now = _named(after, older_path)
    _match_moved(then, now)
    deltas: list[ActorDelta] = []
    for key in dict.fromkeys((*now, *then)):
        delta = _delta(then.get(key), now.get(key))
        if delta is not None:
            deltas.append(delta)
    deltas = _without_repeats(deltas)
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


_Key = tuple[str, str, str, int]


def _named(resources: Iterable[Resource], older_path: Callable[[str], str]) -> dict[_Key, Resource]:
    """Actors by kind, file before the change, name, and their number among those of one name."""
    found: dict[_Key, Resource] = {}
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


def _match_moved(then: dict[_Key, Resource], now: dict[_Key, Resource]) -> None:
    """Let actors that only changed their file be the same ones: one of a kind and name on either side."""
    gone = _by_name(key for key in then if key not in now)
    new = _by_name(key for key in now if key not in then)
    for name, keys in new.items():
        older = gone.get(name, [])
        if len(keys) == len(older) == 1:
            now[older[0]] = now.pop(keys[0])


def _by_name(keys: Iterable[_Key]) -> dict[tuple[str, str], list[_Key]]:
    found: dict[tuple[str, str], list[_Key]] = {}
    for key in keys:
        found.setdefault((key[0], key[2]), []).append(key)
    return found


def _delta(before: Resource | None, after: Resource | None) -> ActorDelta | None:
    shown = after if after is not None else before
    assert shown is not None
    found = shifts(tuple(_held(before)), tuple(_held(after)))
    if before is not None and after is not None and not found:
        return None
    state: Literal["added", "removed", "changed"] = "changed"
    if before is None or after is None:
        state = "added" if before is None else "removed"
    said = consequence(after, found) if after is not None else ""
    return ActorDelta(shown.kind, shown.name, shown.at.path, state, found, said)


def _held(resource: Resource | None) -> Iterator[Held]:
    """What an actor holds, by the module of its kind."""
    facts = resource.facts if resource is not None else None
    if isinstance(facts, vocabulary.Agent):
        from nhilint.delta.agents import held_by_agent

        yield from held_by_agent(facts)
    elif isinstance(facts, vocabulary.Tool):
        from nhilint.delta.tools import held_by_tool

        yield from held_by_tool(facts)
    elif isinstance(facts, vocabulary.Workflow):
        from nhilint.delta.workflows import held_by_workflow

        yield from held_by_workflow(facts)
    elif isinstance(facts, vocabulary.Identity):
        from nhilint.delta.identities import held_by_identity

        yield from held_by_identity(facts)
    elif isinstance(facts, vocabulary.ResourcePolicy):
        from nhilint.delta.identities import held_on_resource

        yield from held_on_resource(facts)
    elif isinstance(facts, vocabulary.App):
        from nhilint.delta.apps import held_by_app

        yield from held_by_app(facts)


def _without_repeats(deltas: list[ActorDelta]) -> list[ActorDelta]:
    """A pipeline does not repeat what is said of the agent in it."""
    from msgspec.structs import replace

    said = {(delta.path, shift.words) for delta in deltas if delta.kind == "agent" for shift in delta.shifts}
    kept: list[ActorDelta] = []
    for delta in deltas:
        if delta.kind == "workflow":
            left = tuple(shift for shift in delta.shifts if (delta.path, shift.words) not in said)
            if not left and delta.shifts:
                continue
            delta = replace(delta, shifts=left)  # noqa: PLW2901 - the same delta, less what is said elsewhere
        kept.append(delta)
    return kept
