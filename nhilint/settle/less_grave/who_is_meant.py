"""Which of several principals of one name a finding is about, and which vendor has it hold what the finding tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.holders import vendor_roles
from nhilint.formats.aws.ways_in import has_only
from nhilint.model.fact import known_records, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.model.finding import Finding
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.identity import Identity

_OF_WAYS = "identity-can-escalate"
_OF_PASSING = "unlimited-pass-role"


def meant_by(finding: Finding, named: Iterable[Identity]) -> tuple[Identity, ...]:
    """Those of the principals of its subject's name that hold what it points to; all of them where none is seen to."""
    listed = tuple(named) if finding.subject.kind == "identity" else ()
    holding = tuple(one for one in listed if any(_holds(place, finding.place) for place in _places(one)))
    return holding or listed


def vendor_prescribing(check: str, holder: Identity) -> str | None:
    """The vendor that alone takes a role, by roles of its own that are known by name, and asks that it has just the
    rights that a check of ways to more tells of; None where it is not said to."""
    ways = known_records(holder.trusts)
    entering = [vendor_roles(way) for way in ways] if has_only(holder.trusts, ways) else [()]
    if check not in (_OF_WAYS, _OF_PASSING) or not all(entering):
        return None
    told = {"iam:PassRole"} if check == _OF_PASSING else _needed(holder)
    roles = [role for roles in entering for role in roles]
    return roles[0].vendor if told and all(told <= role.prescribed for role in roles) else None


def _needed(holder: Identity) -> set[str]:
    """The actions of all its known ways to more."""
    return {action for way in known_records(holder.escalations) for action in value_of(way.actions) or ("",)}


def _places(one: Identity) -> Iterator[Place]:
    yield one.at
    yield from (record.at for record in known_records(one.grants))
    yield from (record.at for record in known_records(one.escalations))
    yield from (record.at for record in known_records(one.admin_attachments))
    yield from (record.at for record in known_records(one.whole_services))


def _holds(place: Place, within: Place) -> bool:
    return place.path == within.path and within.pointer[: len(place.pointer)] == place.pointer
