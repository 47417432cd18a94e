"""Credentials in clear as a reader of the repository sees them: each value of a file once.

One value that stands several times in a file becomes one credential with further places. Whoever replaces it has one
credential to revoke and several lines to edit, so that is what is said. Values are told equal by their keyed hash
alone. Copies in other files stay credentials of their own: each file is owned and excepted by itself, and what is told
of all of them is put together last (`nhilint.settle.said_twice`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import value_of
from nhilint.model.vocabulary.credential import Credential, CredentialCopy

if TYPE_CHECKING:
    from nhilint.model.place import Place
    from nhilint.model.resource import Resource

_Value = tuple[str, str, str, object, object]
"""Path, keyed hash, and what decides which check speaks: source, shape and whether it is a stand-in."""


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources, of each value in clear of a file the first mention only, which knows the others."""
    mentions: dict[_Value, list[Resource]] = {}
    kept: list[Resource | _Value] = []
    for resource in resources:
        value = _value_in_clear(resource)
        if value is None:
            kept.append(resource)
        elif value in mentions:
            mentions[value].append(resource)
        else:
            mentions[value] = [resource]
            kept.append(value)
    return tuple(_as_one(mentions[one]) if isinstance(one, tuple) else one for one in kept)


def _as_one(mentions: list[Resource]) -> Resource:
    """The mention that stands first in the file, with the others as its copies."""
    first = mentions[0]
    for resource in mentions[1:]:
        first = resource if _stands_before(resource.at, first.at) else first
    others = (one for one in mentions if one.at != first.at and isinstance(one.facts, Credential))
    copies = tuple(CredentialCopy(at=one.at, name=getattr(one.facts, "name", None)) for one in others)
    if not copies or not isinstance(first.facts, Credential):
        return first
    return replace(first, facts=replace(first.facts, copies=copies))


def _stands_before(one: Place, other: Place) -> bool:
    """Whether a place is known to come first: an earlier entry of the same list, or an earlier part of one text."""
    steps = next((pair for pair in zip(one.pointer, other.pointer, strict=False) if pair[0] != pair[1]), None)
    if steps is not None:
        mine, others = steps
        return isinstance(mine, int) and isinstance(others, int) and mine < others
    return one.pointer == other.pointer and (one.within or (0, 0)) < (other.within or (0, 0))


def _value_in_clear(resource: Resource) -> _Value | None:
    facts = resource.facts
    if not isinstance(facts, Credential):
        return None
    hashed, source = value_of(facts.fingerprint), value_of(facts.source)
    if hashed is None or source not in {"literal", "default_literal"}:
        return None
    return facts.at.path, hashed, source, value_of(facts.shaped), value_of(facts.stand_in)
