"""Waivers meet findings: what a valid waiver fits is waived, and every waiver becomes a subject that checks judge.

A waiver takes effect only when it is complete, narrows what it excepts, has not ended, does not end too far ahead, is
meant for a check that allows exceptions, and is not signed by somebody who may not sign it. Otherwise the finding
stands, and a finding about the waiver says why.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from nhilint.model import vocabulary
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.finding import Disposition
from nhilint.model.resource import Resource
from nhilint.settle.code_owners import CodeOwners

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from nhilint.catalogue.check import Check
    from nhilint.model.finding import Finding
    from nhilint.model.place import Place
    from nhilint.settle.waiver import Waiver

FORMAT = "nhilint-waiver"


class Terms(Struct, frozen=True, kw_only=True):
    """By what waivers are judged. `checks` are all there are, `ran` those of this run on the whole tree.

    `authors` are names of whoever makes the change that adds waivers.
    """

    today: date
    most_days: int
    checks: dict[str, Check]
    ran: frozenset[str]
    owners: CodeOwners = CodeOwners()
    authors: frozenset[str] = frozenset()


class Waived(Struct, frozen=True):
    """The findings with what is waived, and the waivers as subjects of checks."""

    findings: tuple[Finding, ...]
    waivers: tuple[Resource, ...]


def waive(
    findings: Sequence[Finding],
    waivers: Iterable[Waiver],
    pending: Iterable[Waiver],
    terms: Terms,
    line_of: Callable[[Place], int],
) -> Waived:
    """Apply waivers to findings. `line_of` gives the line of a place, which inline waivers speak about.

    `pending` are those that a change adds: they are judged, but take no effect before they are merged.
    """
    settled = list(findings)
    subjects: list[Resource] = []
    for waiver in waivers:
        fitting = [index for index, finding in enumerate(settled) if _fits(waiver, finding, terms, line_of)]
        facts = _facts(waiver, {settled[index].place.path for index in fitting}, terms, None)
        subjects.append(Resource("waiver", waiver.words, FORMAT, facts))
        if not _takes_effect(facts):
            continue
        for index in fitting:
            if settled[index].disposition in (Disposition.ACTIVE, Disposition.UNCHANGED, Disposition.BASELINED):
                because = f"by {waiver.approver} until {waiver.expires}: {waiver.reason}"
                settled[index] = replace(settled[index], disposition=Disposition.WAIVED, because=because)
    for waiver in pending:
        paths = {finding.place.path for finding in settled if _fits(waiver, finding, terms, line_of)}
        subjects.append(Resource("waiver", waiver.words, FORMAT, _facts(waiver, paths, terms, terms.authors)))
    return Waived(tuple(settled), tuple(subjects))


def _fits(waiver: Waiver, finding: Finding, terms: Terms, line_of: Callable[[Place], int]) -> bool:
    """Whether a waiver speaks about a finding."""
    check = terms.checks.get(waiver.check)
    if check is None or check.id != finding.check or waiver.matches_everything:
        return False
    if waiver.inline:
        return finding.place.path == waiver.path and line_of(finding.place) == waiver.line
    return (
        (not waiver.fingerprint or finding.fingerprint.startswith(waiver.fingerprint))
        and (not waiver.subject or finding.subject.name == waiver.subject)
        and (not waiver.path or _covers(waiver.path, finding.place.path))
    )


def _covers(glob: str, path: str) -> bool:
    return fnmatchcase(path, glob) or fnmatchcase(path, glob.rstrip("/") + "/*")


def _facts(waiver: Waiver, paths: set[str], terms: Terms, authors: frozenset[str] | None) -> vocabulary.Waiver:
    at = waiver.at
    check = terms.checks.get(waiver.check)
    end = waiver.end
    ran = check is not None and check.id in terms.ran
    owners = _owners(waiver, paths, terms.owners)
    return vocabulary.Waiver(
        at=at,
        name=Known(waiver.words, at),
        check=Known(waiver.check, at),
        known_check=Known(check is not None, at),
        waivable=Known(check.waivable, at) if check is not None else None,
        written=Known("inline" if waiver.inline else "file", at),
        reason=Known(waiver.reason, at) if waiver.reason else None,
        approver=Known(waiver.approver, at) if waiver.approver else None,
        expires=Known(waiver.expires, at) if waiver.expires else None,
        ticket=Known(waiver.ticket, at) if waiver.ticket else None,
        missing=Known(waiver.missing, at),
        matches_everything=Known(waiver.matches_everything, at),
        days_left=Known((end - terms.today).days, at) if end is not None else None,
        most_days=Known(terms.most_days, at),
        used=Known(bool(paths), at) if ran or check is None else Unknown("judged by a run of all checks", at),
        owners=Known(owners, at) if owners else None,
        approver_owns=_approver_owns(waiver, owners),
        self_approved=_self_approved(waiver, authors),
    )


def _owners(waiver: Waiver, paths: set[str], owners: CodeOwners) -> tuple[str, ...]:
    """Those who own every path that is excepted; without a finding, those of the path that the waiver names."""
    plain = waiver.path if waiver.path and not set("*?[") & set(waiver.path) else ""
    concerned = sorted(paths) or ([plain] if plain else [])
    named = [owners.of(path) for path in concerned]
    return tuple(owner for owner in named[0] if all(owner in rest for rest in named)) if named else ()


def _approver_owns(waiver: Waiver, owners: tuple[str, ...]) -> Fact[bool]:
    if not owners or not waiver.approver:
        return None
    if waiver.approver.lower() in {owner.lower() for owner in owners}:
        return Known(value=True, at=waiver.at)
    if any("/" in owner for owner in owners):
        return Unknown("a question of who is in a team", waiver.at)
    return Known(value=False, at=waiver.at)


def _self_approved(waiver: Waiver, authors: frozenset[str] | None) -> Fact[bool]:
    """Only a waiver that the change adds has a known author: whoever makes the change."""
    if not authors or not waiver.approver:
        return None
    return Known(waiver.approver.lower().lstrip("@") in authors, waiver.at)


def _takes_effect(facts: vocabulary.Waiver) -> bool:
    def known(fact: Fact[bool]) -> bool | None:
        return fact.value if isinstance(fact, Known) else None

    complete = isinstance(facts.missing, Known) and not facts.missing.value
    left = facts.days_left.value if isinstance(facts.days_left, Known) else -1
    most = facts.most_days.value if isinstance(facts.most_days, Known) else 0
    return (
        complete
        and 0 <= left <= most
        and known(facts.waivable) is True
        and known(facts.matches_everything) is False
        and known(facts.approver_owns) is not False
        and known(facts.self_approved) is not True
    )
