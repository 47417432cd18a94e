"""The one value that a scan returns. Every report is a function of it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from nhilint.model.delta import ActorDelta
from nhilint.model.finding import Confidence, Counts, Finding, Problem, Severity, Undecided, Verdict
from nhilint.model.place import Place


class Located(Struct, frozen=True):
    """A place in lines and columns: 1-based, columns in code points, the end exclusive.

    `text` is the source line with every credential value replaced by dots. `content` is a digest of the small value
    that stands there, to tell whether it is still the same one; empty for large ones and for credentials.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    text: str
    pointer: str
    content: str = ""


class Compared(Struct, frozen=True):
    """The state that a change is judged against: what the user called it, its commit, how many findings are gone."""

    name: str
    commit: str
    gone: int = 0


class Run(Struct, frozen=True, kw_only=True):
    """What one scan saw and concluded. `positions` has every place that a finding or undecided condition names.

    `compared` is set when only a change was judged, `delta` is what that change does to authority. `stale_baseline`
    counts entries of the baseline that cover nothing any more.
    """

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
    compared: Compared | None = None
    delta: tuple[ActorDelta, ...] = ()
    stale_baseline: int = 0

    def locate(self, place: Place) -> Located:
        """Lines and columns of a place; the first character of the file when it was not looked up."""
        return self.positions.get(place) or Located(1, 1, 1, 1, "", "")
