"""The report for a GitLab merge request: Code Quality JSON, one entry a finding.

GitLab reads `description`, `check_name`, `fingerprint`, `severity` and `location` and ignores the rest; an artifact is
one JSON array (docs.gitlab.com, "Code Quality", section on the report format, read 2026-11-22).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nhilint.model.finding import Severity
from nhilint.report.json_text import to_json
from nhilint.report.printable import one_line, printable
from nhilint.report.tally import by_place, shown

if TYPE_CHECKING:
    from nhilint.model.run import Run
    from nhilint.report import Context

_SEVERITY = {
    Severity.CRITICAL: "blocker",
    Severity.HIGH: "critical",
    Severity.MEDIUM: "major",
    Severity.LOW: "minor",
    Severity.INFO: "info",
}


def render(run: Run, context: Context) -> str:
    """The JSON array: active findings, then what kept the scan from being complete."""
    seen: Counter[str] = Counter()
    entries: list[dict[str, object]] = []
    for finding in by_place(run, shown(run, suppressed=context.show_suppressed)):
        seen[finding.fingerprint] += 1
        again = seen[finding.fingerprint]
        entries.append(
            {
                "description": one_line(finding.message),
                "check_name": finding.check,
                "fingerprint": finding.fingerprint if again == 1 else f"{finding.fingerprint}-{again}",
                "severity": _SEVERITY[finding.severity],
                "location": _location(finding.place.path, run.locate(finding.place).line),
            }
        )
    for number, problem in enumerate(entry for entry in run.problems if entry.incomplete):
        entries.append(
            {
                "description": one_line(problem.message),
                "check_name": f"nhilint-{problem.kind}",
                "fingerprint": f"problem-{number}-{printable(problem.path)}",
                "severity": "blocker",
                "location": _location(problem.path, problem.line or 1),
            }
        )
    return to_json(entries)


def _location(path: str, line: int) -> dict[str, object]:
    return {"path": printable(path), "lines": {"begin": line}}
