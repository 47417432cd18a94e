"""All roles of one member taken together: what they allow after denials, and the known ways from there to more.

What a condition narrows to some resources is left out, and so is a role on a single resource: whether that helps an
attacker cannot be told from here. A role on one service account counts where that account is known to be strong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.formats.gcp.conditions import narrowing
from nhilint.formats.gcp.roles import BROAD, meaning
from nhilint.knowledge import gcp
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.authority import ServiceInHand
from nhilint.model.vocabulary.escalation import Escalation, EscalationStep

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from nhilint.formats.gcp.declared import Binding, CustomRole, Member
    from nhilint.formats.gcp.roles import Meaning
    from nhilint.model.place import Place

_SPOKEN_FOR = frozenset({"owner", "editor", "policies", "impersonation"})
"""Powers that are told by the role's own name, so that their single permissions need not be."""
_WIDEST_FIRST = ("organization", "folder", "project")
_BECOMING = "gcp-sa-access-token"


class Reached(Struct, frozen=True, kw_only=True):
    """What one binding opens without limits, and on which place."""

    place: Member
    told: Meaning
    held: gcp.PermissionSet
    scope: str


def reached(bindings: Sequence[Binding], custom: Mapping[str, CustomRole]) -> tuple[list[Reached], list[Unknown]]:
    """What the bindings open on whole projects and above, and those that could not be read."""
    found: list[Reached] = []
    unread: list[Unknown] = []
    for binding in bindings:
        if binding.target.scope not in BROAD:
            continue
        told, left = meaning(binding.role, custom), narrowing(binding.condition)
        if told.held is None or left is None:
            unread.append(Unknown("a role or condition that is described elsewhere", binding.role.at))
        else:
            held = left.left_of(told.held)
            found.append(Reached(place=binding.role, told=told, held=held, scope=binding.target.scope))
    return found, unread


def strong_roles(found: Sequence[Reached], powers: Collection[str]) -> list[Reached]:
    """The bindings whose role has one of some powers and keeps what makes it."""
    return [each for each in found if each.told.power in powers and gcp.power_of_set(each.held) != "other"]


def services_in_hand(
    found: Sequence[Reached], unread: Sequence[Unknown], denied: gcp.PermissionSet
) -> tuple[ServiceInHand | Unknown, ...]:
    """The services that single roles put into their holder's hands, each by the role with the widest reach."""
    widest: dict[gcp.ServicePower, ServiceInHand] = {}
    for each in sorted(found, key=lambda one: _WIDEST_FIRST.index(one.scope)):
        if each.told.power in ("owner", "editor") or each.told.made_for_products:
            continue
        at = each.place.at
        role, scope = Known(each.told.name, at), Known(each.scope, at)
        for power in gcp.service_powers(each.held - denied):
            widest.setdefault(power, ServiceInHand(at=at, role=role, may=Known(power.may, at), scope=scope))
    if not widest:
        return tuple(unread[:1])
    return tuple(widest[power] for power in gcp.SERVICE_POWERS if power in widest)


def escalations(
    found: Sequence[Reached], denied: gcp.PermissionSet, strong: Sequence[tuple[Binding, str]], at: Place
) -> tuple[Escalation, ...]:
    """The known ways, worst and least expected first. `strong` are roles on stronger accounts, with their name."""
    by_scope = {
        scope: _united(each.held for each in found if each.scope in scopes) - denied
        for scope, scopes in (
            ("organization", {"organization"}),
            ("folder", {"organization", "folder"}),
            ("project", BROAD),
        )
    }
    ways = [_way(path, found, at) for path in gcp.all_escalations() if path.needed <= by_scope[path.place]]
    ways.extend(_becoming(binding, name) for binding, name in strong)
    return tuple(sorted(ways, key=_rank))


def steps(way: Escalation, found: Sequence[Reached]) -> Iterator[EscalationStep]:
    """The links of a way: each permission where a binding gives it, told once for each role; one link for a place,
    at which one block may give several roles."""
    places: dict[Place, dict[str, str]] = {}
    for permission in way.actions.value if isinstance(way.actions, Known) else ():
        given = next((each for each in found if permission in each.held), None)
        if given is not None:
            name = given.told.name
            places.setdefault(given.place.at, {}).setdefault(name, f"{permission} by {name}")
    for at, told in places.items():
        yield EscalationStep(at=at, does=Known(" and ".join(told.values()), at))


def _rank(way: Escalation) -> tuple[bool, bool, bool]:
    return (
        way.kind == Known("resource-access", way.at),
        way.inherent == Known(value=True, at=way.at),
        way.ordinary == Known(value=True, at=way.at),
    )


def _way(path: gcp.Escalation, found: Sequence[Reached], at: Place) -> Escalation:
    given = next((each.place.at for each in found if path.requires[0] in each.held), at)
    inherent = any(path.needed <= each.held and _expected(path, each.told) for each in found)
    return Escalation(
        at=given,
        id=Known(path.id, given),
        name=Known(path.name, given),
        kind=Known(path.kind, given),
        actions=Known(path.requires, given),
        url=Known(path.url, given),
        ordinary=Known(path.ordinary, given),
        inherent=Known(inherent, given),
    )


def _expected(path: gcp.Escalation, told: Meaning) -> bool:
    """Whether a role gives the path because that is what the role is for."""
    if not told.predefined:
        return False
    return told.power in _SPOKEN_FOR or told.made_for_products or path.services == {told.service}


def _becoming(binding: Binding, name: str) -> Escalation:
    path = next(each for each in gcp.all_escalations() if each.id == _BECOMING)
    at = binding.role.at
    return Escalation(
        at=at,
        id=Known(path.id, at),
        name=Known(f"{path.name}, here the stronger {name}", at),
        kind=Known(path.kind, at),
        actions=Known(path.requires, at),
        url=Known(path.url, at),
        ordinary=Known(value=False, at=at),
        inherent=Known(value=False, at=at),
    )


def _united(sets: Iterator[gcp.PermissionSet]) -> gcp.PermissionSet:
    total = gcp.PermissionSet()
    for each in sets:
        total = total | each
    return total
