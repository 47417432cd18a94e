"""Principals of one file or module meet its roles: who may become which of them, and what stands at the end.

A role is entered where its trust policy names the principal itself, or the whole own account while the principal is
allowed `sts:AssumeRole` on the role. Joined by ARNs only, those of a file or what stands for them in it; a way under a
condition that narrows, and one that is unknown, is left out. Source:
docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html, read 2026-11-22: in one account, a
trust policy that names a principal is enough.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from nhilint.formats.aws.effective import is_within
from nhilint.formats.aws.handed_roles import with_handed_roles
from nhilint.formats.aws.words import OWN_ACCOUNT
from nhilint.knowledge import aws
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary.escalation import EscalationStep, RoleChain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.model.place import Place
    from nhilint.model.vocabulary.identity import Identity
    from nhilint.model.vocabulary.trust import Trust

Power = Literal["administers", "escalates"]

_Entering = tuple[tuple[str, ...], "Place"]
"""Patterns of roles, and the grant that has them."""

_MOST = 400
"""Principals of one module that are compared with each other."""


_FURTHER_ON = frozenset({"sts-001"})
"""To assume any role is a further step of a chain, and worth as much as the roles that let it in."""


class Member(Struct, frozen=True):
    """A principal, and the ARNs by which others of its file name it."""

    identity: Identity
    arns: tuple[str, ...]


def with_role_chains(members: Sequence[Member]) -> list[Identity]:
    """The identities in their order, each with the more powerful roles that it may become."""
    powers = [power_of(member.identity) for member in members]
    if len(members) > _MOST or not any(powers):
        return [member.identity for member in members]
    if "administers" in powers:
        handing = with_handed_roles(members, [at for at, power in enumerate(powers) if power == "administers"])
        members = [replace(member, identity=facts) for member, facts in zip(members, handing, strict=True)]
        powers = [power_of(member.identity) for member in members]
    doors = _doors(members)
    return [
        m.identity if powers[index] else replace(m.identity, role_chains=tuple(_chains(index, members, doors)))
        for index, m in enumerate(members)
    ]


def power_of(identity: Identity) -> Power | None:
    """What makes an identity worth becoming: that it administers, or can gain more by itself."""
    if value_of(identity.admin) or (value_of(identity.managed_admin) and identity.boundary is None):
        return "administers"
    held = known_records(identity.escalations)
    grave = (way for way in held if value_of(way.kind) != "resource-access" and value_of(way.id) not in _FURTHER_ON)
    return "escalates" if next(grave, None) is not None else None


def _chains(start: int, members: Sequence[Member], doors: dict[int, list[tuple[int, Place]]]) -> Iterator[RoleChain]:
    """The shortest way to each powerful role; ways end at the first one."""
    waiting: deque[tuple[int, tuple[EscalationStep, ...]]] = deque([(start, ())])
    seen = {start}
    while waiting:
        index, links = waiting.popleft()
        for role, at in doors[index]:
            if role in seen:
                continue
            seen.add(role)
            name = value_of(members[role].identity.name) or ""
            way = (*links, EscalationStep(at=at, does=Known(f"become {name}", at)))
            power = power_of(members[role].identity)
            if power is None:
                waiting.append((role, way))
            else:
                first, others = way[0].at, len(way) > 1 or _admits_others(members[role], members[start])
                told = Known(others, first)
                yield RoleChain(
                    at=first, end=Known(name, first), power=Known(power, first), links=way, end_admits_others=told
                )


def _admits_others(role: Member, start: Member) -> bool:
    """Whether a role lets in anybody but the start, or is told in another file than that."""
    admitted = [who for way in known_records(role.identity.trusts) for who in known_records(way.principals)]
    named = {value_of(who.value) for who in admitted}
    return not named <= set(start.arns) or role.identity.at.path != start.identity.at.path


def _doors(members: Sequence[Member]) -> dict[int, list[tuple[int, Place]]]:
    """The roles that each principal is let into, with the place that lets it in, in the order of the roles."""
    by_arn = {arn: index for index, member in enumerate(members) if _acts(member) for arn in member.arns}
    allowed = {index: _entering(member, "allow") for index, member in enumerate(members) if _acts(member)}
    denied = {index: _entering(member, "deny") for index, member in enumerate(members) if _acts(member)}
    doors: dict[int, dict[int, Place]] = {index: {} for index in range(len(members))}
    for role, member in enumerate(members):
        for index, at in _let_in(member, by_arn, allowed):
            if index != role and _place_of(member, denied.get(index, [])) is None:
                doors[index].setdefault(role, at)
    return {index: list(found.items()) for index, found in doors.items()}


def _acts(member: Member) -> bool:
    return value_of(member.identity.kind) in ("role", "user")


def _let_in(role: Member, by_arn: dict[str, int], allowed: dict[int, list[_Entering]]) -> Iterator[tuple[int, Place]]:
    """The principals that a trust policy admits without a condition: by name, or as ones of the account that may."""
    for way in known_records(role.identity.trusts):
        if value_of(way.conditioned) is not False and way.conditioned is not None:
            continue
        for principal in known_records(way.principals):
            index = by_arn.get(value_of(principal.value) or "")
            if index is not None:
                yield index, principal.at
        if _admits_own_account(way):
            found = ((index, _place_of(role, grants)) for index, grants in allowed.items() if grants)
            yield from ((index, at) for index, at in found if at is not None)


def _admits_own_account(way: Trust) -> bool:
    return any(
        value_of(p.kind) == "account" and (OWN_ACCOUNT in (value_of(p.value) or "") or value_of(p.external) is False)
        for p in known_records(way.principals)
    )


def _entering(member: Member, effect: str) -> list[_Entering]:
    """The patterns of the roles that a principal is allowed or forbidden to assume, without a condition."""
    found: list[_Entering] = []
    for grant in known_records(member.identity.grants):
        if value_of(grant.effect) != effect or isinstance(grant.conditioned, Unknown) or value_of(grant.conditioned):
            continue
        if "sts:AssumeRole" in aws.matching_any(value_of(grant.actions) or ()):
            found.append((value_of(grant.resources) or (), grant.at))
    return found


def _place_of(role: Member, grants: list[_Entering]) -> Place | None:
    """The first of the grants whose patterns cover a role."""
    covering = (at for patterns, at in grants if any(is_within(p, arn) for p in patterns for arn in role.arns))
    return next(covering, None)
