"""Findings and problems become a verdict and an exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.finding import Disposition, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.model.finding import Finding, Problem, Severity

PASSED, FAILED, NO_INPUTS, INCOMPLETE = 0, 1, 3, 4
"""Exit codes of a finished run; 2 is a run that could not start, 5 an internal error, 130 an interruption."""


def decide(
    findings: Sequence[Finding],
    problems: Sequence[Problem],
    fail_on: Severity,
    *,
    recognised: int,
    require_inputs: bool,
    exit_zero: bool,
) -> Verdict:
    """The verdict: the highest code that applies. `exit_zero` forgives findings, never an incomplete scan."""
    blocking = [f for f in findings if f.disposition is Disposition.ACTIVE and f.severity >= fail_on]
    incomplete = [p for p in problems if p.incomplete]
    reasons: list[str] = []
    code = PASSED
    if blocking:
        forgiven = ", forgiven by --exit-zero" if exit_zero else ""
        reasons.append(f"{_count(len(blocking), 'finding')} at or above {fail_on.word}{forgiven}")
        code = max(code, PASSED if exit_zero else FAILED)
    if require_inputs and not recognised:
        reasons.append("nothing was recognised")
        code = max(code, NO_INPUTS)
    if incomplete:
        reasons.append(f"{_count(len(incomplete), 'problem')} kept the scan from being complete")
        code = max(code, INCOMPLETE)
    because = " and ".join(reasons) or f"nothing at or above {fail_on.word}"
    return Verdict(code == PASSED, code, because)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
