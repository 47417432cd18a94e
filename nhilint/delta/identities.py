"""What a role, account or policy may do, and who may become it."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import partial
from typing import TYPE_CHECKING

from nhilint.delta.capabilities import credentials
from nhilint.delta.power import Measure, Power, listed, short, stated
from nhilint.model.fact import known_records, value_of
from nhilint.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.delta.power import Held, Key
    from nhilint.model.vocabulary import Identity, ResourcePolicy
    from nhilint.model.vocabulary.identity import Grant, Trust

_MOST_SHOWN = 3
_ROLES = ("roles/", "projects/", "organizations/")
"""How Google Cloud names roles, which stand where other clouds list actions."""


def held_by_identity(identity: Identity) -> Iterator[Held]:
    """Everything about an identity that is authority."""
    found = stated(identity.admin)
    if found is not None and found[0]:
        gained, lost = "may do everything", "may no longer do everything"
        yield Power(key=("admin",), gained=gained, lost=lost, weight=Severity.CRITICAL, place=found[1])
    for grant in known_records(identity.grants):
        yield from _grant(grant, "")
    admin = frozenset(listed(identity.managed_admin))
    said = {action for grant in known_records(identity.grants) for action in listed(grant.actions)}
    for policy in (policy for policy in listed(identity.managed) if policy not in said):
        weight = Severity.HIGH if policy in admin else Severity.LOW
        gained, lost = f"is given the policy {short(policy)}", f"is no longer given the policy {short(policy)}"
        place = identity.managed.at if identity.managed is not None else identity.at
        yield Power(key=("managed", policy), gained=gained, lost=lost, weight=weight, place=place)
    for trust in known_records(identity.trusts):
        yield from _trust(trust)
    for escalation in known_records(identity.escalations):
        known_as, name = value_of(escalation.id) or "", short(value_of(escalation.name) or "a known way")
        gained, lost = f"can gain more than it is given by {name} ({known_as})", f"can no longer gain more by {name}"
        yield Power(key=("way", known_as), gained=gained, lost=lost, weight=Severity.HIGH, place=escalation.at)
    for chain in known_records(identity.role_chains):
        end = short(value_of(chain.end) or "a role")
        gained, lost = f"can become {end}, which {value_of(chain.power) or 'is more'}", f"can no longer become {end}"
        yield Power(key=("chain", end), gained=gained, lost=lost, weight=Severity.HIGH, place=chain.at)
    yield from _limits(identity)
    yield from credentials(identity.credentials)


def held_on_resource(policy: ResourcePolicy) -> Iterator[Held]:
    """Who may do what to a resource."""
    for grant in known_records(policy.grants):
        for principal in known_records(grant.principals):
            who = value_of(principal.value)
            if who is not None:
                everybody = value_of(principal.kind) == "anyone" or who == "*"
                yield from _grant(grant, "everybody" if everybody else short(who))


def _grant(grant: Grant, who: str) -> Iterator[Held]:
    actions, resources = listed(grant.actions), listed(grant.resources)
    if not actions:
        return
    effect = value_of(grant.effect) or "allow"
    target = f" on {_some(resources)}" if resources and resources != ("*",) else ""
    conditioned = " under conditions" if value_of(grant.conditioned) is True else ""
    for action in actions:
        said = f"{who + ' ' if who else ''}{short(action)}{target}"
        key = ("grant", effect, who, action, conditioned, *sorted(resources))
        if effect == "deny":
            gained, lost = f"is denied {said}", f"is no longer denied {said}"
            yield Power(
                key=key,
                gained=gained,
                lost=lost,
                weight=Severity.HIGH,
                place=grant.at,
                guard=True,
                about=short(action),
            )
            continue
        what = f"{short(action)}{target}{conditioned}"
        if action.startswith(_ROLES):
            gives = (f"gives {who} the role", f"no longer gives {who} the role")
            verb, ended = gives if who else ("is given the role", "is no longer given the role")
        elif who:
            verb, ended = f"lets {who} do", f"no longer lets {who} do"
        else:
            verb, ended = "may do", "may no longer do"
        yield Power(
            key=key,
            gained=f"{verb} {what}",
            lost=f"{ended} {what}",
            weight=_weight(grant, action, who),
            place=grant.at,
            about=short(action),
            covers=partial(_covers, key),
        )


def _covers(mine: Key, other: Key) -> bool:
    """Whether one allow includes another: the same holder, patterns that match, conditions no narrower."""
    if other[:3] != mine[:3] or (mine[4] and mine[4] != other[4]):
        return False
    if not fnmatchcase(other[3].lower(), mine[3].lower()):
        return False
    return all(any(fnmatchcase(resource, pattern) for pattern in mine[5:]) for resource in other[5:])


def _weight(grant: Grant, action: str, who: str) -> Severity:
    precious = {*listed(grant.permission_actions), *listed(grant.sensitive_reads), *listed(grant.store_reads)}
    if action in ("*", "*:*") or value_of(grant.all_actions) is True:
        return Severity.CRITICAL
    if who == "everybody":
        return Severity.HIGH
    if action in listed(grant.whole_services) or action.endswith(":*"):
        return Severity.HIGH
    if any(fnmatchcase(entry.lower(), action.lower()) for entry in precious):
        return Severity.HIGH
    levels = listed(grant.levels)
    return Severity.LOW if levels and set(levels) <= {"list", "read"} else Severity.MEDIUM


def _some(texts: tuple[str, ...]) -> str:
    shown = ", ".join(short(text) for text in texts[:_MOST_SHOWN])
    return shown if len(texts) <= _MOST_SHOWN else f"{shown} and {len(texts) - _MOST_SHOWN} more"


def _trust(trust: Trust) -> Iterator[Held]:
    everybody = value_of(trust.anyone) is True
    narrowed = value_of(trust.conditioned) is True
    weight = Severity.CRITICAL if everybody and not narrowed else Severity.HIGH
    for principal in known_records(trust.principals):
        who = value_of(principal.value)
        if who is None:
            continue
        under = " under conditions" if narrowed else ""
        yield Power(
            key=("admits", who, under),
            gained=f"lets {'everybody' if who == '*' else short(who)} become it{under}",
            lost=f"no longer lets {'everybody' if who == '*' else short(who)} become it{under}",
            weight=weight if who == "*" or value_of(trust.external) is True else Severity.MEDIUM,
            place=trust.at,
        )
    issuer = value_of(trust.issuer)
    for subject in listed(trust.subjects):
        gained = f"lets {short(subject)} of {short(issuer or 'an issuer')} become it"
        lost = f"no longer lets {short(subject)} of {short(issuer or 'an issuer')} become it"
        covers = partial(_covers_subject, subject)
        key = ("subject", issuer or "", subject)
        yield Power(key=key, gained=gained, lost=lost, weight=Severity.HIGH, place=trust.at, covers=covers)


def _covers_subject(pattern: str, other: Key) -> bool:
    return other[0] == "subject" and fnmatchcase(other[2], pattern)


def _limits(identity: Identity) -> Iterator[Held]:
    if found := stated(identity.boundary):
        gained, lost = f"is held within the boundary {short(found[0])}", "is no longer held within a boundary"
        yield Power(key=("boundary",), gained=gained, lost=lost, weight=Severity.HIGH, place=found[1], guard=True)
    if hours := stated(identity.session_hours):
        words = f"has sessions of up to {hours[0]:g} hours"
        yield Measure(key=("session",), rank=hours[0], words=words, weight=Severity.MEDIUM, place=hours[1])
