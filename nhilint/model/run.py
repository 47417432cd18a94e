"""The one value that a scan returns. Every report is a function of it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from nhilint.model.finding import Confidence, Counts, Finding, Problem, Severity, Undecided, Verdict
from nhilint.model.place import Place


class Located(Struct, frozen=True):
    """A place in lines and columns: 1-based, columns in code points, the end exclusive.

    `text` is the source line with every credential value replaced by dots.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    text: str
    pointer: str


class Run(Struct, frozen=True, kw_only=True):
    """What one scan saw and concluded. `positions` has every place that a finding or undecided condition names."""

    version: str
    started: datetime
    root: str
    revision: str | None
    fail_on: Severity
    min_confidence: Confidence
    counts: Counts
    findings: tuple[Finding, ...]
    undecided: tuple[Undecided, ...]
    problems: tuple[Problem, ...]
    verdict: Verdict
    positions: dict[Place, Located]
    checks_run: tuple[str, ...] = ()

    def locate(self, place: Place) -> Located:
        """Lines and columns of a place; the first character of the file when it was not looked up."""
        return self.positions.get(place) or Located(1, 1, 1, 1, "", "")
