"""The chain of places behind a finding, for reports that can show a path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.finding import Note
from nhilint.report.printable import one_line, printable

if TYPE_CHECKING:
    from nhilint.model.finding import Finding
    from nhilint.model.run import Run


def chain_of(finding: Finding) -> tuple[Note, ...]:
    """The flow of a finding; without one, its own place and the related ones where these lie in other files."""
    if finding.flow:
        return finding.flow
    if any(note.place.path != finding.place.path for note in finding.related):
        return (Note(finding.message, finding.place), *finding.related)
    return ()


def said(run: Run, note: Note) -> str:
    """What a note says, on one printable line; a silent one is told by its route."""
    return one_line(note.message) or printable(run.locate(note.place).pointer) or "here"
