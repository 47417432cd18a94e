"""The chain of places behind a finding, for reports that can show a path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.finding import Note
from nhilint.report.printable import one_line, printable

if TYPE_CHECKING:
    from nhilint.model.finding import Finding
    from nhilint.model.run import Run

MOST_RELATED = 12
"""Related places that a report for people lists; JSON has them all."""


def chain_of(finding: Finding) -> tuple[Note, ...]:
    """The flow of a finding; without one, its own place and the related ones where these lie in other files.

    Places where the same is said again are no part of it.
    """
    if finding.flow:
        return finding.flow
    again = {copy.place for copy in finding.copies}
    steps = tuple(note for note in finding.related if note.place not in again)
    if any(note.place.path != finding.place.path for note in steps):
        return (Note(finding.message, finding.place), *steps)
    return ()


def said(run: Run, note: Note) -> str:
    """What a note says, on one printable line; a silent one is told by its route."""
    return one_line(note.message) or printable(run.locate(note.place).pointer) or "here"
