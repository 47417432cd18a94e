"""Rules of deny policies become grants that take, and what they keep a member from having.

Source: cloud.google.com/iam/docs/deny-overview, read 2026-11-22: permissions are spelled
`SERVICE.googleapis.com/RESOURCE.VERB`, principals in the v2 form, and a rule's exceptions are left out of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.gcp.conditions import condition_records
from nhilint.formats.gcp.members import has_gap
from nhilint.knowledge import gcp
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.statement import Grant, Misspelling
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.formats.gcp.declared import Denial, Member
    from nhilint.model.fact import Fact

EVERYBODY = "principalSet://goog/public:all"
_ACCOUNT = Deferred(r"^principal://iam\.googleapis\.com/projects/-/serviceAccounts/(.+)$")
_RENAMED = {"cloudresourcemanager": "resourcemanager"}


def plain_permission(denied: str) -> str:
    """The allow policy's spelling of a permission in a deny policy; any other text as it stands."""
    service, found, rest = denied.partition(".googleapis.com/")
    return f"{_RENAMED.get(service, service)}.{rest}" if found else denied


def denial_grants(denials: Sequence[Denial]) -> Iterator[Grant]:
    """What a deny policy takes."""
    for number, denial in enumerate(denials):
        at = denial.at
        yield Grant(
            at=at,
            name=Known(f"rule {number + 1}", at),
            effect=Known("deny", at),
            actions=_texts(denial.permissions, denial),
            conditions=condition_records(denial.condition),
            misspelt_actions=tuple(_slips(denial)),
        )


def denied_to(member: str, denials: Sequence[Denial]) -> gcp.PermissionSet:
    """What unconditioned rules keep a member from having, wherever it is given."""
    total: set[str] = set()
    for denial in denials:
        named = {_v1(each.value) for each in denial.principals if isinstance(each, Known)}
        spared = any(isinstance(each, Unknown) or _v1(each.value) == member for each in denial.exceptions)
        if (
            denial.condition is None
            and not spared
            and not denial.exceptions
            and (EVERYBODY in named or member in named)
        ):
            total.update(plain_permission(each.value) for each in denial.permissions if isinstance(each, Known))
    return gcp.permissions(total)


def _v1(principal: str) -> str:
    found = _ACCOUNT.match(principal)
    return f"serviceAccount:{found[1]}" if found else principal


def _slips(denial: Denial) -> Iterator[Misspelling]:
    for each in denial.permissions:
        if isinstance(each, Unknown) or has_gap(each.value):
            continue
        meant = gcp.slip_of_permission(plain_permission(each.value))
        if meant:
            at = each.at
            yield Misspelling(at=at, word=Known(each.value, at), effect=Known("deny", at), nearest=Known(meant, at))


def _texts(members: Sequence[Member], denial: Denial) -> Fact[tuple[str, ...]]:
    gap = next((each for each in members if isinstance(each, Unknown)), None)
    return gap or Known(tuple(each.value for each in members if isinstance(each, Known)), denial.at)
