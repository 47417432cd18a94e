"""The findings that a repository had when it took nhilint up: kept in a file, known again, and only ever fewer.

An entry is keyed on check, subject, structural place and the content at that place, never on a line. A file that was
moved keeps its entries: what is left of a path that is gone is looked for elsewhere by everything but the path.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from nhilint.errors import CatalogueError
from nhilint.model.finding import Disposition

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from nhilint.model.finding import Finding

FILE = ".nhilint/baseline.json"
BECAUSE = "in the baseline"


class Entry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, order=True):
    """One finding that was there. `count` is how many of the same key there were."""

    path: str
    check: str
    subject: str
    pointer: str
    fingerprint: str
    likeness: str = ""
    content: str = ""
    count: int = 1


class _File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    schema: Literal["nhilint/baseline/1"]
    findings: tuple[Entry, ...]


def read_baseline(data: bytes, display: str = FILE) -> tuple[Entry, ...]:
    """The entries of a baseline file; CatalogueError where it is none."""
    try:
        return msgspec.json.decode(data, type=_File).findings
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        message = f"this is no baseline: {error}; write it anew with 'nhilint baseline write'"
        raise CatalogueError(display, 1, 1, message) from None


def write_baseline(entries: Iterable[Entry]) -> str:
    """The text of a baseline file: one entry a line, sorted, so that a change of it reads well."""
    lines = [f"    {msgspec.json.encode(entry).decode()}" for entry in sorted(entries)]
    inside = "[\n" + ",\n".join(lines) + "\n  ]" if lines else "[]"
    return f'{{\n  "schema": "nhilint/baseline/1",\n  "findings": {inside}\n}}\n'


def entries_of(findings: Iterable[Finding], content: Callable[[Finding], tuple[str, str]]) -> tuple[Entry, ...]:
    """Entries for findings, each key once. `content` gives a finding's pointer and the digest of what stands there."""
    counted: Counter[Entry] = Counter()
    for finding in findings:
        pointer, digest = content(finding)
        entry = Entry(
            path=finding.place.path,
            check=finding.check,
            subject=finding.subject.name,
            pointer=pointer,
            fingerprint=finding.fingerprint,
            likeness=finding.likeness,
            content=digest,
        )
        counted[entry] += 1
    return tuple(sorted(replace(entry, count=number) for entry, number in counted.items()))


def apply_baseline(
    findings: Sequence[Finding],
    entries: Iterable[Entry],
    content: Callable[[Finding], tuple[str, str]],
    paths: Collection[str],
    covers: Disposition = Disposition.ACTIVE,
) -> tuple[tuple[Finding, ...], tuple[Entry, ...]]:
    """The findings, those that an entry covers as baselined; and the entries, or shares of them, that cover nothing.

    Only findings of the disposition `covers` can be covered: on a change those that were there before, since what the
    change introduces is new whatever its baseline says.
    """
    left = Counter({entry: entry.count for entry in entries})
    by_key: dict[tuple[str, str], list[Entry]] = {}
    by_likeness: dict[tuple[str, str, str], list[Entry]] = {}
    for entry in left:
        by_key.setdefault((entry.fingerprint, entry.content), []).append(entry)
        if entry.path not in paths:
            by_likeness.setdefault((entry.check, entry.likeness, entry.content), []).append(entry)
    settled: list[Finding] = []
    for finding in findings:
        if finding.disposition is Disposition.ACTIVE and covers is not Disposition.ACTIVE:
            settled.append(finding)
            continue
        digest = content(finding)[1]
        rivals = by_key.get((finding.fingerprint, digest), [])
        rivals = rivals or by_likeness.get((finding.check, finding.likeness, digest), [])
        covering = next((rival for rival in rivals if left[rival] > 0), None)
        if covering is None:
            settled.append(finding)
            continue
        left[covering] -= 1
        coverable = finding.disposition is covers
        settled.append(replace(finding, disposition=Disposition.BASELINED, because=BECAUSE) if coverable else finding)
    return tuple(settled), tuple(replace(entry, count=number) for entry, number in left.items() if number > 0)
