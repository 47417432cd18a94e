"""What a role, account or policy may do, and who may become it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.delta.cluster import in_cluster
from nhilint.delta.credentials import credentials
from nhilint.delta.grants import EVERYBODY, granted
from nhilint.delta.power import Measure, Power, listed, short, stated, switched
from nhilint.delta.trusts import admitted
from nhilint.model.fact import known_records, value_of
from nhilint.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.delta.power import Held
    from nhilint.model.vocabulary import Identity, ResourcePolicy


def held_by_identity(identity: Identity) -> Iterator[Held]:
    """Everything about an identity that is authority. A control policy gives nothing, it only denies."""
    limits_only = value_of(identity.kind) == "control_policy"
    found = stated(identity.admin)
    if found is not None and found[0] and not limits_only:
        gained, lost = "may do everything", "may no longer do everything"
        yield Power(key=("admin",), gained=gained, lost=lost, weight=Severity.CRITICAL, place=found[1])
    grants = known_records(identity.grants)
    for grant in grants:
        if not limits_only or value_of(grant.effect) == "deny":
            yield from granted(grant)
    yield from _managed(identity, {action for grant in grants for action in listed(grant.actions)})
    for trust in known_records(identity.trusts):
        yield from admitted(trust)
    yield from _ways(identity)
    yield from _limits(identity)
    yield from in_cluster(identity)
    yield from credentials(identity.credentials)


def held_on_resource(policy: ResourcePolicy) -> Iterator[Held]:
    """Who may do what to a resource."""
    for grant in known_records(policy.grants):
        for principal in known_records(grant.principals):
            who = value_of(principal.value)
            if who is not None:
                everybody = value_of(principal.kind) == "anyone" or who == "*"
                yield from granted(grant, EVERYBODY if everybody else short(who))
        left_out = listed(grant.not_principals)
        if left_out:
            yield from granted(grant, f"everybody but {', '.join(short(entry) for entry in left_out)}")
    fact, gained, lost = policy.keeps_strangers_out, "turns strangers away", "no longer turns strangers away"
    yield from switched(((fact, gained, lost, Severity.HIGH),), guard=True)


def _managed(identity: Identity, said: set[str]) -> Iterator[Held]:
    admin = frozenset(listed(identity.managed_admin))
    for policy in (policy for policy in listed(identity.managed) if policy not in said):
        weight = Severity.HIGH if policy in admin else Severity.LOW
        gained, lost = f"is given the policy {short(policy)}", f"is no longer given the policy {short(policy)}"
        place = identity.managed.at if identity.managed is not None else identity.at
        about = short(policy)
        yield Power(key=("managed", policy), gained=gained, lost=lost, weight=weight, place=place, about=about)


def _ways(identity: Identity) -> Iterator[Held]:
    """Ways to more. What a role is for is said by the role; what such work takes anyway weighs less."""
    for escalation in known_records(identity.escalations):
        if value_of(escalation.inherent) is True:
            continue
        known_as, name = value_of(escalation.id) or "", short(value_of(escalation.name) or "a known way")
        said = f"{name} ({known_as})"
        gained, lost = f"can gain more than it is given by: {said}", f"can no longer gain more by: {said}"
        weight = Severity.MEDIUM if value_of(escalation.ordinary) is True else Severity.HIGH
        place = escalation.at
        yield Power(key=("way", known_as), gained=gained, lost=lost, weight=weight, place=place, about=said)
    for chain in known_records(identity.role_chains):
        end = short(value_of(chain.end) or "a role")
        gained, lost = f"can become {end}, which {value_of(chain.power) or 'is more'}", f"can no longer become {end}"
        yield Power(key=("chain", end), gained=gained, lost=lost, weight=Severity.HIGH, place=chain.at)


def _limits(identity: Identity) -> Iterator[Held]:
    if found := stated(identity.boundary):
        gained, lost = f"is held within the boundary {short(found[0])}", "is no longer held within a boundary"
        yield Power(key=("boundary",), gained=gained, lost=lost, weight=Severity.HIGH, place=found[1], guard=True)
    if hours := stated(identity.session_hours):
        words = f"has sessions of up to {hours[0]:g} hours"
        yield Measure(key=("session",), rank=hours[0], words=words, weight=Severity.MEDIUM, place=hours[1], usual=12)
    full, lost = "carries tokens for all that its account may do", "carries tokens for a part of that"
    lasting = "is opened by a secret that never ends"
    yield from switched(
        (
            (identity.carried_full_scope, full, lost, Severity.HIGH),
            (identity.lasting_secret, lasting, "is no longer opened by a secret that never ends", Severity.HIGH),
        )
    )
    for scope in listed(identity.assignable_to):
        gained, lost = f"may be given at {short(scope)}", f"may no longer be given at {short(scope)}"
        place = identity.assignable_to.at if identity.assignable_to is not None else identity.at
        yield Power(key=("at", scope), gained=gained, lost=lost, weight=Severity.LOW, place=place)
