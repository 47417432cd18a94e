"""Which findings of a tree were there before a change.

A finding is known again by its fingerprint, or, in a file that the change moved, by everything but file and name; a
file that is gone may also have been moved too far for git to tell. A credential in clear is also known by its value,
so that whoever removes the first of its lines in a file is not told of the next as of a new one. A finding is still
new when the earlier one was less serious or less sure, when a credential at the same place is another one, and when its
message names something that the earlier one did not: then the change has made it worse.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from nhilint.model.fact import value_of
from nhilint.model.finding import Disposition
from nhilint.model.vocabulary import Credential
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from nhilint.model.finding import Finding
    from nhilint.model.place import Pointer
    from nhilint.model.resource import Resource

_QUOTED = Deferred(r"`([^`]{1,300})`|'([^']{1,300})'|\"([^\"]{1,300})\"")
_WORD = Deferred(r"[\w*.][\w:./*@-]{2,}")


class Side(Struct, frozen=True):
    """One of the two states: its findings, and the fingerprints of its literal credentials by place."""

    findings: Sequence[Finding]
    credentials: dict[tuple[str, Pointer], str]


def side_of(findings: Sequence[Finding], resources: Iterable[Resource]) -> Side:
    """A state as findings are compared with it."""
    credentials: dict[tuple[str, Pointer], str] = {}
    for resource in resources:
        if isinstance(resource.facts, Credential) and (mark := value_of(resource.facts.fingerprint)):
            credentials[resource.facts.at[:2]] = mark
    return Side(findings, credentials)


def known_before(
    newer: Side, older: Side, older_path: Callable[[str], str], removed: Collection[str]
) -> tuple[tuple[Finding, ...], int]:
    """The findings of the newer side, those that the older one has as unchanged; and how many of the older are gone.

    `older_path` gives the earlier path of a moved file, `removed` are the paths that the newer side has no more.
    """
    exact: dict[str, list[Finding]] = defaultdict(list)
    alike: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    by_value: dict[tuple[str, str, str | None], list[Finding]] = defaultdict(list)
    for finding in older.findings:
        exact[finding.fingerprint].append(finding)
        path = "" if finding.place.path in removed else finding.place.path
        alike[path, finding.likeness].append(finding)
        by_value[finding.check, path, older.credentials.get(finding.place[:2])].append(finding)
    used: set[int] = set()
    settled: list[Finding] = []
    for finding in newer.findings:
        path = older_path(finding.place.path)
        moved = [] if path == finding.place.path else alike[path, finding.likeness]
        rivals = [*exact[finding.fingerprint], *moved, *alike["", finding.likeness]]
        if (value := newer.credentials.get(finding.place[:2])) is not None:
            rivals += by_value[finding.check, path, value]
        match = next((r for r in rivals if id(r) not in used and _same(finding, r, newer, older)), None)
        if match is not None:
            used.add(id(match))
        if match is None or finding.disposition is not Disposition.ACTIVE:
            settled.append(finding)
            continue
        settled.append(replace(finding, disposition=Disposition.UNCHANGED, because="there before this change"))
    gone = sum(1 for f in older.findings if id(f) not in used and f.disposition is Disposition.ACTIVE)
    return tuple(settled), gone


def _same(finding: Finding, before: Finding, newer: Side, older: Side) -> bool:
    if before.severity < finding.severity or before.confidence < finding.confidence:
        return False
    if newer.credentials.get(finding.place[:2]) != older.credentials.get(before.place[:2]):
        return False
    return _named(finding) <= _named(before)


def _named(finding: Finding) -> frozenset[str]:
    """What a message names, apart from the subject and its file; numbers and plain words are no names."""
    quoted = {next(filter(None, groups)) for groups in _QUOTED.findall(finding.message)}
    telling = {word for word in _WORD.findall(finding.message) if set(":*/.@") & set(word.rstrip(".,:"))}
    itself = {finding.subject.name, finding.place.path}
    return frozenset(word for word in (*quoted, *telling) if word not in itself and finding.place.path not in word)
