"""The report for programs: one JSON object with everything, whatever became of each finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from nhilint.report import json_shape as shape
from nhilint.report.json_text import to_json
from nhilint.report.tally import tally
from nhilint.report.words import timestamp

if TYPE_CHECKING:
    from nhilint.model.finding import Finding, Note, Problem, Subject, Undecided
    from nhilint.model.place import Place
    from nhilint.model.run import Run
    from nhilint.report import Context


def render(run: Run, context: Context) -> str:
    """The JSON text of `run_shape`, indented, in an order that never changes."""
    return to_json(run_shape(run, context))


def run_shape(run: Run, context: Context) -> shape.Run:
    """The whole run, suppressed findings and undecided conditions included."""
    return shape.Run(
        schema="nhilint/run/1",
        tool=shape.Tool("nhilint", run.version),
        started=timestamp(run.started),
        root=run.root,
        revision=run.revision,
        fail_on=_severity(run.fail_on.word),
        min_confidence=_confidence(run.min_confidence.word),
        verdict=shape.Verdict(run.verdict.passed, run.verdict.code, run.verdict.because),
        counts=_counts(run),
        compared=shape.Compared(run.compared.name, run.compared.commit, run.compared.gone) if run.compared else None,
        authority=_authority(run),
        stale_baseline=run.stale_baseline,
        checks_run=run.checks_run,
        findings=tuple(_finding(run, finding, context) for finding in run.findings),
        undecided=tuple(_undecided(run, entry) for entry in run.undecided),
        problems=tuple(map(_problem, run.problems)),
    )


def _authority(run: Run) -> tuple[shape.ActorDelta, ...]:
    if not run.delta:
        return ()
    from nhilint.report.delta import actors

    return actors(run.delta)


def _counts(run: Run) -> shape.Counts:
    counts, totals = run.counts, tally(run)
    return shape.Counts(
        shape.FileCounts(counts.seen, counts.recognised, counts.unread, counts.ignored, dict(counts.formats)),
        shape.SeverityCounts(**{severity.word: number for severity, number in totals.by_severity.items()}),
        hidden=totals.hidden,
        waived=totals.waived,
        baselined=totals.baselined,
        unchanged=totals.unchanged,
        undecided=totals.undecided,
    )


def _finding(run: Run, finding: Finding, context: Context) -> shape.Finding:
    check = context.pack.find(finding.check)
    return shape.Finding(
        finding.check,
        check.title if check else "",
        _severity(finding.severity.word),
        _confidence(finding.confidence.word),
        finding.message,
        *_where(run, finding.place),
        _subject(finding.subject),
        check.frameworks if check else {},
        tuple(_note(run, note) for note in finding.related),
        tuple(_note(run, note) for note in finding.flow),
        finding.fingerprint,
        finding.disposition.value,
        finding.because,
    )


def _note(run: Run, note: Note) -> shape.Note:
    return shape.Note(note.message, *_where(run, note.place))


def _where(run: Run, place: Place) -> tuple[str, int, int, int, int, str]:
    located = run.locate(place)
    return place.path, located.line, located.column, located.end_line, located.end_column, located.pointer


def _subject(subject: Subject) -> shape.Subject:
    return shape.Subject(subject.kind, subject.name)


def _undecided(run: Run, entry: Undecided) -> shape.Undecided:
    path, line, column, _, _, pointer = _where(run, entry.place)
    return shape.Undecided(entry.check, _subject(entry.subject), path, line, column, pointer, entry.missing)


def _problem(problem: Problem) -> shape.Problem:
    return shape.Problem(
        problem.path,
        problem.line,
        problem.column,
        problem.kind,
        problem.message,
        problem.incomplete,
    )


def _severity(word: str) -> shape.SeverityWord:
    return cast("shape.SeverityWord", word)


def _confidence(word: str) -> shape.ConfidenceWord:
    return cast("shape.ConfidenceWord", word)
