"""The report for CI systems that read test results: JUnit XML, one case a finding, one a problem.

A finding that fails the gate is a failure, a problem that made the scan incomplete an error, and the rest passes with
its words as output. A clean run is one case that passes, since some systems take an empty file for a broken one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from nhilint.model.finding import Disposition
from nhilint.report.cure import cure_for
from nhilint.report.printable import inert, one_line, printable
from nhilint.report.tally import by_place, shown
from nhilint.report.words import timestamp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.model.finding import Finding, Problem
    from nhilint.model.run import Run
    from nhilint.report import Context


def render(run: Run, context: Context) -> str:
    """The XML text."""
    findings = by_place(run, shown(run, suppressed=context.show_suppressed))
    cases = [case for finding in findings for case in _finding(run, finding, context)]
    cases += [case for problem in run.problems for case in _problem(problem)]
    failures = sum(_fails(run, finding) for finding in findings)
    errors = sum(problem.incomplete for problem in run.problems)
    total = len(findings) + len(run.problems)
    if not total:
        cases, total = ['    <testcase classname="nhilint" name="nothing found"/>'], 1
    about = f'name="nhilint" tests="{total}" failures="{failures}" errors="{errors}"'
    head = f'  <testsuite {about} timestamp="{timestamp(run.started).removesuffix("Z")}">'
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<testsuites {about}>", head, *cases, "  </testsuite>"]
    return inert("\n".join([*lines, "</testsuites>"]) + "\n")


def _fails(run: Run, finding: Finding) -> bool:
    return finding.disposition is Disposition.ACTIVE and finding.severity >= run.fail_on


def _finding(run: Run, finding: Finding, context: Context) -> Iterator[str]:
    place = f"{printable(finding.place.path)}:{run.locate(finding.place).line}"
    message = one_line(finding.message)
    check = context.pack.find(finding.check)
    cure = f"\nfix: {one_line(cure_for(check.remediation, finding.product))}" if check else ""
    yield f"    <testcase classname={_quoted(finding.check)} name={_quoted(place)} file={_quoted(finding.place.path)}>"
    said = escape(f"{place}: {message}{cure}")
    if _fails(run, finding):
        yield f'      <failure type="{finding.severity.word}" message={_quoted(message)}>{said}</failure>'
    else:
        yield f"      <system-out>{escape(finding.severity.word)}: {said}</system-out>"
    yield "    </testcase>"


def _problem(problem: Problem) -> Iterator[str]:
    message = one_line(problem.message)
    yield f"    <testcase classname={_quoted('nhilint-' + problem.kind)} name={_quoted(problem.path)}>"
    if problem.incomplete:
        yield f"      <error type={_quoted(problem.kind)} message={_quoted(message)}/>"
    else:
        yield f"      <system-out>{escape(message)}</system-out>"
    yield "    </testcase>"


def _quoted(text: str) -> str:
    return quoteattr(printable(text))
