"""A finding that a change causes is shown on a line that the change touches, with the place it is about beside it.

Code hosts count a finding in a pull request only where every line of its place is part of the change.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.finding import Disposition, Note
from nhilint.model.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nhilint.model.finding import Finding
    from nhilint.model.run import Located

_WHERE_IT_STANDS = "what the finding is about"


def changed_lines(before: str | None, after: str) -> frozenset[int]:
    """The lines (from 1) of a text that another did not have; all where there was no other. Order is no change."""
    left = Counter(before.splitlines()) if before is not None else Counter()
    changed: set[int] = set()
    for number, line in enumerate(after.splitlines(), 1):
        if left[line] > 0:
            left[line] -= 1
        else:
            changed.add(number)
    return frozenset(changed)


def place_of_line(text: str, path: str, number: int) -> Place:
    """A line (from 1) of a file's text as a place, without the white space before it."""
    lines = text.splitlines(keepends=True)
    start = sum(map(len, lines[: number - 1]))
    line = lines[number - 1]
    blank = len(line) - len(line.lstrip())
    return Place(path, (), "source", (start + blank, start + max(blank + 1, len(line.rstrip()))))


def shown_where_changed(
    findings: Sequence[Finding],
    positions: Mapping[Place, Located],
    lines_of: Callable[[str], frozenset[int]],
    first_change: Callable[[str], Place],
) -> tuple[Finding, ...]:
    """Active findings moved to a changed line of their chain where they do not stand on one themselves.

    `lines_of` gives the changed lines of a file, `first_change` a place for the first of them. That one is taken where
    the chain leads into a changed file, but to another line of it.
    """

    def touched(place: Place) -> bool:
        located = positions.get(place)
        return located is not None and located.line in lines_of(place.path)

    return tuple(
        _moved(finding, touched, lines_of, first_change) if finding.disposition is Disposition.ACTIVE else finding
        for finding in findings
    )


def _moved(
    finding: Finding,
    touched: Callable[[Place], bool],
    lines_of: Callable[[str], frozenset[int]],
    first_change: Callable[[str], Place],
) -> Finding:
    if touched(finding.place):
        return finding
    chain = [note.place for note in (*finding.flow, *finding.related)]
    there = next(filter(touched, chain), None)
    if there is None and not lines_of(finding.place.path):
        path = next((place.path for place in chain if lines_of(place.path)), None)
        there = first_change(path) if path is not None else None
    if there is None:
        return finding
    rest = tuple(note for note in finding.related if note.place not in (there, finding.place))
    return replace(finding, place=there, related=(Note(_WHERE_IT_STANDS, finding.place), *rest))
