"""Credentials in clear as a reader of the repository sees them: each value of a file once.

One value that stands several times in a file becomes one credential with further places. Whoever replaces it has one
credential to revoke and several lines to edit, so that is what is said. Values are told equal by their keyed hash
alone. Copies in other files stay credentials of their own: each file is mended, owned and excepted by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import value_of
from nhilint.model.vocabulary.credential import Credential, CredentialCopy

if TYPE_CHECKING:
    from nhilint.model.resource import Resource

_Value = tuple[str, str, str, object, object]
"""Path, keyed hash, and what decides which check speaks: source, shape and whether it is a stand-in."""


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources, of each value in clear of a file the first mention only, which knows the others."""
    first: dict[_Value, int] = {}
    copies: dict[int, list[CredentialCopy]] = {}
    kept: list[Resource] = []
    for resource in resources:
        value = _value_in_clear(resource)
        known = first.setdefault(value, len(kept)) if value is not None else len(kept)
        if known == len(kept):
            kept.append(resource)
        elif isinstance(resource.facts, Credential) and resource.at != kept[known].at:
            copies.setdefault(known, []).append(CredentialCopy(at=resource.at, name=resource.facts.name))
    return tuple(_with_copies(resource, copies.get(index)) for index, resource in enumerate(kept))


def _with_copies(resource: Resource, others: list[CredentialCopy] | None) -> Resource:
    if not others or not isinstance(resource.facts, Credential):
        return resource
    return replace(resource, facts=replace(resource.facts, copies=tuple(others)))


def _value_in_clear(resource: Resource) -> _Value | None:
    facts = resource.facts
    if not isinstance(facts, Credential):
        return None
    hashed, source = value_of(facts.fingerprint), value_of(facts.source)
    if hashed is None or source not in {"literal", "default_literal"}:
        return None
    return facts.at.path, hashed, source, value_of(facts.shaped), value_of(facts.stand_in)
