"""The report for GitLab's security dashboard: its SAST JSON, version 15.

The shape is that of the `sast-report-format` schema of GitLab's security report schemas; times are in UTC and have no
zone (gitlabhq/gitlabhq, doc/development/integrations/secure.md, read 2026-11-22).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from nhilint.report.json_text import to_json
from nhilint.report.printable import one_line, printable
from nhilint.report.tally import by_place, shown
from nhilint.report.words import shortened, timestamp

if TYPE_CHECKING:
    from nhilint.catalogue.check import Check
    from nhilint.model.finding import Finding
    from nhilint.model.run import Run
    from nhilint.report import Context

VERSION = "15.0.7"
_UNFINISHED = 4
_LONGEST_SOLUTION = 7000


def render(run: Run, context: Context) -> str:
    """The JSON object. A scan that is not complete has the status `failure` and says what it could not read."""
    tool = {"id": "nhilint", "name": "nhilint", "version": run.version, "vendor": {"name": "nhilint"}}
    moment = timestamp(run.started).removesuffix("Z")
    incomplete = [problem for problem in run.problems if problem.incomplete]
    findings = by_place(run, shown(run, suppressed=context.show_suppressed))
    report = {
        "version": VERSION,
        "scan": {
            "analyzer": tool,
            "scanner": tool,
            "type": "sast",
            "start_time": moment,
            "end_time": moment,
            "status": "failure" if run.verdict.code >= _UNFINISHED else "success",
            "messages": [
                {"level": "fatal", "value": one_line(f"{problem.path}: {problem.message}")} for problem in incomplete
            ],
        },
        "vulnerabilities": [_vulnerability(run, finding, number, context) for number, finding in enumerate(findings)],
    }
    return to_json(report)


def _vulnerability(run: Run, finding: Finding, number: int, context: Context) -> dict[str, object]:
    located = run.locate(finding.place)
    check = context.pack.find(finding.check)
    message = one_line(finding.message)
    described: dict[str, object] = {
        "id": str(uuid5(NAMESPACE_URL, f"nhilint:{finding.fingerprint}:{number}")),
        "name": check.title if check else finding.check,
        "description": message,
        "severity": finding.severity.word.capitalize(),
        "location": {
            "file": printable(finding.place.path),
            "start_line": located.line,
            "end_line": located.end_line,
        },
        "identifiers": _identifiers(finding, check),
    }
    if check is not None:
        described["solution"] = shortened(" ".join(check.remediation.split()), _LONGEST_SOLUTION)
        described["links"] = [{"url": reference} for reference in check.references]
    return described


def _identifiers(finding: Finding, check: Check | None) -> list[dict[str, str]]:
    """The check first, since GitLab tracks a vulnerability by its first identifier; then weaknesses and controls."""
    named = [{"type": "nhilint_check", "name": f"nhilint {finding.check}", "value": finding.check}]
    if check is not None:
        named += [{"type": "cwe", "name": cwe, "value": cwe.removeprefix("CWE-")} for cwe in check.cwe]
        named += [{"type": "nhilint_control", "name": tag, "value": tag} for tag in check.tags]
    return named
