"""The report for a person at a terminal: findings by file with their source line, then problems, then the verdict."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from nhilint.report.cells import cells, wrap
from nhilint.report.finding_block import finding_lines, heading_lines, where
from nhilint.report.paint import Paint
from nhilint.report.printable import inert, one_line, printable
from nhilint.report.summary import summary
from nhilint.report.tally import by_place, shown
from nhilint.report.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.model.finding import Finding, Problem, Undecided
    from nhilint.model.run import Run
    from nhilint.report import Context

_NARROWEST = 40


def render(run: Run, context: Context) -> str:
    """The report, in lines of at most `context.width` cells save for single words that are longer."""
    width = max(_NARROWEST, context.width)
    paint = Paint(context.color)
    lines: list[str] = []
    ordered = by_place(run, shown(run, suppressed=context.show_suppressed))
    for path, group in groupby(ordered, key=lambda finding: finding.place.path):
        lines += _file(run, path, list(group), context, paint, width)
    if context.show_undecided and run.undecided:
        lines += [_heading("undecided", counted(len(run.undecided), "condition"), paint, width), ""]
        lines += [*_undecided(run, run.undecided, paint, width), ""]
    if run.problems:
        errors = sum(problem.incomplete for problem in run.problems)
        aside = f"{counted(errors, 'error')}, {counted(len(run.problems) - errors, 'remark')}"
        lines += [_heading("problems", aside, paint, width), ""]
        lines += [*_problems(run.problems, paint, width), ""]
    lines += summary(run, context, paint, width)
    return inert("\n".join(lines) + "\n")


def _heading(title: str, aside: str, paint: Paint, width: int) -> str:
    """A title, a rule up to the width, and a count at its end."""
    rule = "─" * max(3, width - cells(title) - cells(aside) - 2)
    return f"{paint.bold(title)} {paint.dim(rule)} {paint.dim(aside)}"


def _file(run: Run, path: str, findings: list[Finding], context: Context, paint: Paint, width: int) -> Iterator[str]:
    yield _heading(printable(path), counted(len(findings), "finding"), paint, width)
    yield ""
    place_width = max(cells(where(run, finding.place)) for finding in findings)
    severity_width = max(len(finding.severity.word) for finding in findings)
    for finding in findings:
        yield from heading_lines(run, finding, (place_width, severity_width), paint, width)
        yield from finding_lines(run, finding, context.pack, paint, width)
        yield ""


def _undecided(run: Run, undecided: Iterable[Undecided], paint: Paint, width: int) -> Iterator[str]:
    for entry in undecided:
        yield f"  {where(run, entry.place)}  {paint.bold(printable(entry.check))}"
        text = f"{entry.subject.kind} {entry.subject.name}: {entry.missing} is not known"
        yield from ("    " + line for line in wrap(one_line(text), width - 4))


def _problems(problems: Iterable[Problem], paint: Paint, width: int) -> Iterator[str]:
    for problem in problems:
        place = ":".join([printable(problem.path), *(str(n) for n in (problem.line, problem.column) if n is not None)])
        kind = problem.kind if problem.incomplete else f"{problem.kind} (remark)"
        yield f"  {place}  {paint.bold(printable(kind))}"
        yield from ("    " + line for line in wrap(one_line(problem.message), width - 4))
