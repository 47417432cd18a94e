"""Managed policies that nobody of a template has and that say once more what a role of it is allowed.

Such a policy is the same permissions for people or roles of elsewhere: one decision, told at the role, with the policy
beside it. Everything it allows has to be stated alike, and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import Known, Unknown, known_records, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.vocabulary.identity import Identity
    from nhilint.model.vocabulary.statement import Grant

_Said = tuple[object, ...]


def as_of_role(policy: Identity, roles: Iterable[Identity]) -> Identity:
    """A policy with its ways to more privilege at the places of the role that states all the same; else as it is."""
    said = _said(policy) if value_of(policy.kind) == "policy" and known_records(policy.escalations) else None
    if said is None:
        return policy
    alike = next((role for role in roles if value_of(role.kind) == "role" and _said(role) == said), None)
    if alike is None or _ways(alike) != _ways(policy):
        return policy
    return replace(policy, escalations=alike.escalations, escalation_steps=alike.escalation_steps)


def _ways(facts: Identity) -> list[str | None]:
    return [value_of(way.id) for way in known_records(facts.escalations)]


def _said(facts: Identity) -> frozenset[_Said] | None:
    """What the statements of a holder say, wherever they stand; None where one of them cannot be told."""
    grants = known_records(facts.grants)
    whole = not isinstance(facts.grants, Unknown) and len(grants) == len(facts.grants)
    managed: tuple[str, ...] | None = value_of(facts.managed)
    unread = any(not isinstance(one.actions, Known) for one in grants)
    if not grants or not whole or unread or managed:
        return None
    return frozenset(map(_stated, grants))


def _stated(grant: Grant) -> _Said:
    asked = tuple((value_of(c.operator), value_of(c.key), value_of(c.values)) for c in known_records(grant.conditions))
    actions, resources = frozenset(value_of(grant.actions) or ()), frozenset(value_of(grant.resources) or ())
    return value_of(grant.effect), actions, resources, value_of(grant.not_resources), asked
