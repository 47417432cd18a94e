"""The figures and orders that every report of a Run shares, so that no two reports count differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.model.finding import Disposition, Severity
from nhilint.report.printable import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.finding import Finding
    from nhilint.model.run import Run

_VERDICT_WORDS = {0: "passed", 4: "incomplete"}


class Tally(Struct, frozen=True):
    """How many of everything. `by_severity` counts active findings only and has every severity, worst first."""

    by_severity: dict[Severity, int]
    hidden: int
    waived: int
    baselined: int
    unchanged: int
    undecided: int

    @property
    def active(self) -> int:
        """How many findings reach the gate."""
        return sum(self.by_severity.values())


def tally(run: Run) -> Tally:
    """Count the findings of a run by what became of them."""
    by_severity = dict.fromkeys(sorted(Severity, reverse=True), 0)
    settled = dict.fromkeys(Disposition, 0)
    for finding in run.findings:
        settled[finding.disposition] += 1
        if finding.disposition is Disposition.ACTIVE:
            by_severity[finding.severity] += 1
    return Tally(
        by_severity,
        hidden=settled[Disposition.HIDDEN],
        waived=settled[Disposition.WAIVED],
        baselined=settled[Disposition.BASELINED],
        unchanged=settled[Disposition.UNCHANGED],
        undecided=len(run.undecided),
    )


def shown(run: Run, *, suppressed: bool) -> list[Finding]:
    """The active findings, with `suppressed` all of them, in the order of the run."""
    return [f for f in run.findings if suppressed or f.disposition is Disposition.ACTIVE]


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """By severity, then confidence; equal ones keep their order."""
    return sorted(findings, key=lambda f: (-f.severity, -f.confidence))


def by_place(run: Run, findings: Iterable[Finding]) -> list[Finding]:
    """By file, line and column; on one place the worst first."""

    def order(finding: Finding) -> tuple[str, int, int, int, str]:
        located = run.locate(finding.place)
        return finding.place.path, located.line, located.column, -finding.severity, finding.check

    return sorted(findings, key=order)


def verdict_sentence(run: Run) -> tuple[str, str]:
    """The verdict as a word (passed, failed or incomplete) and its reason."""
    return _VERDICT_WORDS.get(run.verdict.code, "failed"), one_line(run.verdict.because)
