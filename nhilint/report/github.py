"""The report for a GitHub job: workflow commands that annotate the lines of a pull request.

Escaping follows actions/runner (src/Runner.Common/ActionCommand.cs): `%`, CR and LF everywhere, `:` and `,` in
properties too. GitHub shows ten annotations of a type for one step; what is beyond is counted in a plain line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.report.cure import cure_for
from nhilint.report.levels import ANNOTATION
from nhilint.report.printable import inert, one_line, printable
from nhilint.report.tally import by_place, shown, verdict_sentence, worst_first
from nhilint.report.words import counted, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.model.finding import Finding, Problem
    from nhilint.model.run import Run
    from nhilint.report import Context

MOST_OF_A_TYPE = 10
"""Annotations of one type that GitHub shows for one step."""


class Annotation(Struct, frozen=True):
    """One workflow command before escaping. `message` may have several lines."""

    kind: str
    properties: dict[str, str | int]
    message: str


def render(run: Run, context: Context) -> str:
    """Commands, worst first, then plain lines: what is not annotated, and the verdict."""
    findings = worst_first(by_place(run, shown(run, suppressed=context.show_suppressed)))
    annotations = [_finding(run, finding, context) for finding in findings]
    annotations += [_problem(problem) for problem in run.problems]
    taken: dict[str, int] = {}
    lines: list[str] = []
    for annotation in annotations:
        taken[annotation.kind] = taken.get(annotation.kind, 0) + 1
        if taken[annotation.kind] <= MOST_OF_A_TYPE:
            lines.append(_command(annotation))
    lines += [inert(line) for line in _rest(taken)]
    word, because = verdict_sentence(run)
    return "\n".join([*lines, inert(f"nhilint {word}: {because}")]) + "\n"


def _rest(taken: dict[str, int]) -> Iterator[str]:
    for kind, number in taken.items():
        if number > MOST_OF_A_TYPE:
            more = counted(number - MOST_OF_A_TYPE, f"more {kind}")
            yield f"nhilint: {more} not annotated here, since GitHub shows {MOST_OF_A_TYPE} of a type for one step"


def _finding(run: Run, finding: Finding, context: Context) -> Annotation:
    located = run.locate(finding.place)
    properties: dict[str, str | int] = {"file": printable(finding.place.path), "line": located.line}
    properties["endLine"] = located.end_line
    if located.end_line == located.line:
        # Columns are only taken for a span within one line, and its end is then the last column that belongs to it.
        properties["col"] = located.column
        properties["endColumn"] = max(located.column, located.end_column - 1)
    properties["title"] = f"{finding.check} ({finding.severity.word})"
    check = context.pack.find(finding.check)
    lines = [one_line(finding.message)]
    if check is not None:
        lines.append(f"fix: {sentence(one_line(cure_for(check.remediation, finding.product)))}")
    return Annotation(ANNOTATION[finding.severity], properties, "\n".join(lines))


def _problem(problem: Problem) -> Annotation:
    properties: dict[str, str | int] = {"file": printable(problem.path)} if problem.path else {}
    if problem.line is not None:
        properties["line"] = problem.line
    properties["title"] = f"nhilint: {problem.kind}"
    return Annotation("error" if problem.incomplete else "notice", properties, one_line(problem.message))


def _command(annotation: Annotation) -> str:
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in annotation.properties.items())
    return f"::{annotation.kind} {properties}::{_data(annotation.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
