"""A principal under a permissions boundary keeps what the boundary leaves open as well, and no more.

Both have to allow an action: docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html, read 2026-11-22.
A boundary that allows an action on some resources only, or under a condition, is taken to hold it back: silence is
better than a guess. Where the boundary is named and its document is not at hand, what depends on it is not decided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from nhilint.formats.aws.whole_services import told_besides
from nhilint.knowledge import aws
from nhilint.model.fact import Known, Record, Unknown, known_records, value_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhilint.model.fact import Fact, Many
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.authority import WholeServices
    from nhilint.model.vocabulary.identity import Identity
    from nhilint.model.vocabulary.statement import Grant

_Record = TypeVar("_Record", bound=Record)
_LISTS = (
    "unlimited_store_reads",
    "unlimited_data_reads",
    "unlimited_writes",
    "unlimited_permissions",
    "unlimited_silencing",
)


def left_open_by(grants: Many[Grant]) -> aws.ActionSet:
    """What the statements of a boundary allow on every resource and without a condition, less what they deny."""
    allowed, denied = aws.ActionSet(), aws.ActionSet()
    for grant in known_records(grants):
        if value_of(grant.all_resources) is not True or value_of(grant.conditioned):
            continue
        words, others = value_of(grant.actions), value_of(grant.not_actions)
        meant = aws.complement(others) if words is None and others else aws.matching_any(words or ())
        if value_of(grant.effect) == "allow":
            allowed = allowed | meant
        else:
            denied = denied | meant
    return allowed - denied


def bounded(identity: Identity, boundary: Many[Grant] | None) -> Identity:
    """A principal within its boundary; None where the boundary's document is not at hand."""
    named = value_of(identity.boundary)
    if boundary is None and (not named or named.startswith("${") or aws.managed_policy_level(named) == "admin"):
        return identity  # what a variable hands over may be nothing
    if boundary is None:
        return _undecided(identity)
    return within(identity, left_open_by(boundary))


def within(identity: Identity, kept: aws.ActionSet) -> Identity:
    """A principal that can do nothing besides what is kept."""
    if kept == aws.everything():
        return identity
    ways = _each(identity.escalations, lambda way: way if all(a in kept for a in value_of(way.actions) or ()) else None)
    return replace(
        identity,
        grants=_each(identity.grants, lambda grant: _grant(grant, kept)),
        whole_services=told_besides(_each(identity.whole_services, lambda whole: _whole(whole, kept)), ways),
        escalations=ways,
        escalation_steps=identity.escalation_steps if ways == identity.escalations else (),
        admin=Known(value=False, at=identity.at),
    )


def _undecided(identity: Identity) -> Identity:
    return replace(
        identity,
        grants=_each(identity.grants, lambda grant: _of_unknown_reach(grant, identity.at)),
        escalations=_open(identity.escalations, identity.at),
        whole_services=_open(identity.whole_services, identity.at),
    )


def _of_unknown_reach(grant: Grant, at: Place) -> Grant:
    """A statement of which nobody can tell how much the boundary leaves."""
    held = [name for name in _LISTS if value_of(getattr(grant, name))] if value_of(grant.effect) == "allow" else []
    return replace(grant, **dict.fromkeys(held, Unknown("its permissions boundary is not in the file", at)))


def _open(many: Many[_Record], at: Place) -> Many[_Record]:
    unread = Unknown("its permissions boundary is not in the file", at)
    return (unread,) if not isinstance(many, Unknown) and many else many


def _each(many: Many[_Record], change: Callable[[_Record], _Record | None]) -> Many[_Record]:
    """A list with every known element changed; those of which nothing is left go."""
    if isinstance(many, Unknown):
        return many
    changed = (one if isinstance(one, Unknown) else change(one) for one in many)
    return tuple(one for one in changed if one is not None)


def _whole(whole: WholeServices, kept: aws.ActionSet) -> WholeServices | None:
    services = tuple(s for s in value_of(whole.services) or () if len(aws.matching(f"{s}:*") - kept) == 0)
    return replace(whole, services=Known(services, whole.at)) if services else None


def _grant(grant: Grant, kept: aws.ActionSet) -> Grant:
    if value_of(grant.effect) != "allow":
        return grant
    held: dict[str, Fact[object]] = {name: _held(getattr(grant, name), kept) for name in _LISTS}
    if isinstance(grant.unlimited_services, Known):
        whole = tuple(s for s in grant.unlimited_services.value if len(aws.matching(f"{s}:*") - kept) == 0)
        held["unlimited_services"] = Known(whole, grant.unlimited_services.at)
    if value_of(grant.passes_any_role) and "iam:PassRole" not in kept:
        held["passes_any_role"] = Known(value=False, at=grant.at)
    return replace(grant, **held)


def _held(fact: Fact[tuple[str, ...]], kept: aws.ActionSet) -> Fact[object]:
    return Known(tuple(a for a in fact.value if a in kept), fact.at) if isinstance(fact, Known) else fact
