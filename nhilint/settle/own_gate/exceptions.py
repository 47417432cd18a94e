"""Waivers and baseline entries that a change adds. They count once they are merged, not for the change itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.errors import CatalogueError
from nhilint.model.place import Place
from nhilint.settle import baseline, waiver_file
from nhilint.settle.own_gate.seen import Seen, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.settle.own_gate.seen import Both
    from nhilint.settle.waiver import Waiver


def added(both: Both) -> Iterator[Seen]:
    """New or changed exceptions, each by itself; a file that cannot be read any more, as a whole."""
    data = both.texts(waiver_file.FILE)[1] if both.touched(waiver_file.FILE) else None
    try:
        if data:
            waiver_file.read_waivers(data)
    except CatalogueError:
        yield Seen("waiver", "leaves a list of waivers that cannot be read", whole(waiver_file.FILE))
    for waiver in both.pending:
        where = " in a comment" if waiver.inline else ""
        yield Seen("waiver", f"waives {_described(waiver)}{where}", waiver.at)
    yield from _baseline(both)


def _described(waiver: Waiver) -> str:
    until = f" until {waiver.expires}" if waiver.expires else " without an end"
    return f"{waiver.words}{until}"


def _baseline(both: Both) -> Iterator[Seen]:
    if not both.touched(baseline.FILE):
        return
    before, after = both.texts(baseline.FILE)
    try:
        known = {entry.fingerprint: entry.count for entry in _entries(before)}
        entries = _entries(after)
    except CatalogueError:
        yield Seen("baseline", "leaves a baseline that cannot be read", whole(baseline.FILE))
        return
    if before is None and entries:
        yield Seen("baseline", f"starts a baseline of {len(entries)} findings", Place(baseline.FILE, ("findings",)))
        return
    for index, entry in enumerate(entries):
        if entry.count > known.get(entry.fingerprint, 0):
            said = f"adds {entry.check} in {entry.path} to the baseline"
            yield Seen("baseline", said, Place(baseline.FILE, ("findings", index)))


def _entries(data: bytes | None) -> tuple[baseline.Entry, ...]:
    return baseline.read_baseline(data) if data is not None else ()
