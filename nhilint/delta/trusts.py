"""Who may become an identity, in words."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import partial
from typing import TYPE_CHECKING

from nhilint.delta.power import Power, listed, ranked, short
from nhilint.model.fact import known_records, value_of
from nhilint.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.delta.power import Held, Key
    from nhilint.model.vocabulary.statement import Principal
    from nhilint.model.vocabulary.trust import Trust

_POOLS = {
    "workload": (0, "admits one workload to its pool"),
    "branch_or_environment": (0, "admits one branch or environment to its pool"),
    "pull_request": (1, "admits pull requests to its pool"),
    "repository": (1, "admits one repository to its pool"),
    "organization": (2, "admits a whole organisation to its pool"),
    "any": (3, "admits everybody whom the issuer knows to its pool"),
}


def admitted(trust: Trust) -> Iterator[Held]:
    """Those whom one way in admits. An issuer is named with the subjects that it admits, else by itself."""
    subjects = listed(trust.subjects)
    for principal in known_records(trust.principals):
        if not (subjects and value_of(principal.kind) == "federated"):
            yield from _principal(trust, principal)
    left_out = listed(trust.not_principals)
    if left_out:
        who = ", ".join(short(entry) for entry in left_out)
        gained, lost = f"lets everybody but {who} become it", f"no longer lets everybody but {who} become it"
        yield Power(key=("admits-but", *left_out), gained=gained, lost=lost, weight=Severity.CRITICAL, place=trust.at)
    issuer = value_of(trust.issuer) or ""
    weight = Severity.CRITICAL if value_of(trust.subject_scope) == "any" else Severity.HIGH
    for subject in subjects:
        who = f"{short(subject)} of {short(issuer or 'an issuer')}"
        covers, key = partial(_covers, subject), ("subject", issuer, subject)
        gained, lost = f"lets {who} become it", f"no longer lets {who} become it"
        yield Power(key=key, gained=gained, lost=lost, weight=weight, place=trust.at, covers=covers, about=who)
    yield from ranked(trust.pool_scope, _POOLS, "pool", Severity.HIGH, usual=1)


def _principal(trust: Trust, principal: Principal) -> Iterator[Held]:
    who = value_of(principal.value)
    if who is None:
        return
    everybody, narrowed = who == "*" or value_of(trust.anyone) is True, value_of(trust.conditioned) is True
    under = " under conditions" if narrowed else ""
    said = f"{'everybody' if who == '*' else short(who)} become it{under}"
    if everybody:
        weight = Severity.HIGH if narrowed else Severity.CRITICAL
    elif value_of(trust.external) is True or value_of(trust.vendor) is True:
        weight = Severity.HIGH
    else:
        weight = Severity.LOW if value_of(principal.kind) == "service" else Severity.MEDIUM
    covers = partial(_includes, ("admits", who, under))
    gained, lost = f"lets {said}", f"no longer lets {said}"
    yield Power(key=("admits", who, under), gained=gained, lost=lost, weight=weight, place=trust.at, covers=covers)


def _includes(mine: Key, other: Key) -> bool:
    """Whoever may enter without conditions may enter under them."""
    return other[0] == "admits" and mine[1] in (other[1], "*") and mine[2] in ("", other[2])


def _covers(pattern: str, other: Key) -> bool:
    return other[0] == "subject" and fnmatchcase(other[2], pattern)
