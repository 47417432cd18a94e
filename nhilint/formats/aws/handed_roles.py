"""Principals that may hand a more powerful role of their own file to a service, and steer what that does with it.

`iam:PassRole` on one role, named, is safe as long as that role is no more than its holder. Where the role administers
the account, where the service takes it (its trust policy says so), and where the holder may start there something new
that runs as the role, the holder administers the account as well. What deploys hands such a role over by design, and so
do people. Source: docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.aws.conditions import only_passed_to
from nhilint.formats.aws.effective import is_within
from nhilint.formats.aws.open_paths import is_received
from nhilint.formats.aws.ways_in import services_of
from nhilint.knowledge import aws
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary.escalation import Escalation, EscalationStep

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nhilint.formats.aws.role_chains import Member
    from nhilint.model.vocabulary.identity import Identity
    from nhilint.model.vocabulary.statement import Grant

_HANDING = "iam:PassRole"
_START = frozenset({"role", "user"})


def with_handed_roles(members: Sequence[Member], administering: Iterable[int]) -> list[Identity]:
    """The identities in their order; those that may hand one of the administering roles to a service, by their index
    among the members, with the ways to do so."""
    roles = [members[index] for index in administering if value_of(members[index].identity.kind) == "role"]
    return [
        _with_ways(member, roles) if roles and _is_judged(member.identity) else member.identity for member in members
    ]


def _is_judged(facts: Identity) -> bool:
    """Whether it is a workload's, or may be anybody's, that no boundary limits and that is no administrator itself."""
    by_machines = value_of(facts.kind) in _START and value_of(facts.taken_by) == "anything"
    return by_machines and facts.boundary is None and not value_of(facts.admin) and not value_of(facts.managed_admin)


def _with_ways(member: Member, roles: Sequence[Member]) -> Identity:
    facts = member.identity
    passing = [grant for grant in _allowing(facts) if _HANDING in _matched(grant)]
    if not passing or isinstance(facts.grants, Unknown):
        return facts
    broad = _startable(facts)
    for role in roles:
        grant = next((one for one in passing if role.arns and _names(one, role)), None)
        if grant is None or role is member or _is_denied(facts):
            continue
        ways = list(_ways(broad, _services(grant, role)))
        if ways:
            return _raised(facts, grant, ways)
    return facts


def _allowing(facts: Identity) -> Iterator[Grant]:
    return (one for one in known_records(facts.grants) if value_of(one.effect) == "allow" and one.not_actions is None)


def _matched(grant: Grant) -> aws.ActionSet:
    return aws.matching_any(value_of(grant.actions) or ())


def _is_denied(facts: Identity) -> bool:
    """Whether a denial, however it is narrowed, speaks of handing roles over."""
    denials = [one for one in known_records(facts.grants) if value_of(one.effect) == "deny"]
    return any(one.not_actions is not None or _HANDING in _matched(one) for one in denials)


def _names(grant: Grant, role: Member) -> bool:
    return any(is_within(pattern, arn) for pattern in value_of(grant.resources) or () for arn in role.arns)


def _services(grant: Grant, role: Member) -> frozenset[str]:
    """The services to which a statement lets a role be handed, and which the role lets in."""
    admitted = {name for way in known_records(role.identity.trusts) for name in services_of(way)}
    if value_of(grant.conditioned) is False or grant.conditioned is None:
        return frozenset(admitted)
    passed = only_passed_to(grant.conditions)
    return frozenset(one for one in admitted if one in passed)


def _startable(facts: Identity) -> aws.ActionSet:
    """What it may do with things of any name, less what is denied to it anywhere."""
    total, denied = aws.ActionSet(), aws.ActionSet()
    for grant in known_records(facts.grants):
        if value_of(grant.effect) == "deny":
            denied = denied | _matched(grant)
        elif grant.not_actions is None and not value_of(grant.conditioned) and _is_free(grant):
            total = total | _matched(grant)
    return total - denied


def _is_free(grant: Grant) -> bool:
    """Whether whoever makes a thing may call it so that the statement covers it."""
    unconditioned = not isinstance(grant.conditioned, Unknown)
    return unconditioned and any("*" in one for one in value_of(grant.resources) or ())


def _ways(broad: aws.ActionSet, services: frozenset[str]) -> Iterator[aws.Escalation]:
    """The ways to something new that runs as a role which only these services take."""
    found = aws.escalations(broad | aws.matching(_HANDING))
    for path in aws.simplest(one for one in found if one.kind is aws.EscalationKind.NEW_COMPUTE):
        if path.needs_pass_role and any(is_received(service, services) for service in path.services):
            yield path


def _raised(facts: Identity, grant: Grant, ways: Sequence[aws.Escalation]) -> Identity:
    at = grant.at
    known = {value_of(one.id) for one in known_records(facts.escalations)}
    new = [
        Escalation(
            at=at,
            id=Known(path.id, at),
            name=Known(path.name, at),
            kind=Known(path.kind.value, at),
            actions=Known(tuple(sorted(min(path.requires, key=_size))), at),
            url=Known(path.url, at) if path.url else None,
        )
        for path in ways
        if path.id not in known
    ]
    if not new:
        return facts
    steps = (EscalationStep(at=at, does=Known(_HANDING, at)),)
    return replace(facts, escalations=(*new, *known_records(facts.escalations)), escalation_steps=steps)


def _size(actions: Iterable[str]) -> tuple[int, list[str]]:
    listed = sorted(actions)
    return len(listed), listed
