"""The report for a job's summary page: the verdict, what was counted, and the findings of each file, worst first."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from nhilint.model.finding import Confidence, Disposition
from nhilint.report import delta
from nhilint.report.chain import MOST_RELATED, said
from nhilint.report.cure import cure_for
from nhilint.report.markdown_text import code, plain
from nhilint.report.printable import inert, one_line, printable
from nhilint.report.tally import by_place, shown, tally, verdict_sentence, worst_first
from nhilint.report.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.model.finding import Finding, Problem, Undecided
    from nhilint.model.place import Place
    from nhilint.model.run import Run
    from nhilint.report import Context

MOST_BYTES = 1_000_000
"""GitHub takes 1 MiB for the summary of one step and drops a longer one."""
_NOTICE_BYTES = 500


def render(run: Run, context: Context) -> str:
    """GitHub-flavoured Markdown of at most a megabyte; what did not fit is counted at the end."""
    return page(run, context, MOST_BYTES)


def page(run: Run, context: Context, most_bytes: int) -> str:
    """The same within another limit."""
    sections = [_verdict(run)]
    if run.compared is not None:
        sections.append(delta.markdown(run.delta).rstrip())
    sections.append(_counts(run))
    sections += _files(run, context)
    if context.show_undecided and run.undecided:
        sections.append(_folded(f"{counted(len(run.undecided), 'condition')} undecided", _undecided(run)))
    if run.problems:
        title = f"{counted(len(run.problems), 'problem')} in reading"
        sections.append(_folded(title, map(_problem, run.problems), opened=any(p.incomplete for p in run.problems)))
    return inert(_within_limit(sections, most_bytes))


def _within_limit(sections: list[str], most_bytes: int) -> str:
    kept: list[str] = []
    left = most_bytes - _NOTICE_BYTES
    for section in sections:
        left -= len(section.encode()) + 2
        if left < 0:
            rest = counted(len(sections) - len(kept), "section")
            kept.append(f"{rest} left out: GitHub shows no more in one place. The other reports have everything.")
            break
        kept.append(section)
    return "\n\n".join(kept) + "\n"


def _verdict(run: Run) -> str:
    word, because = verdict_sentence(run)
    return f"## nhilint: {word}\n\n{plain(because[:1].upper() + because[1:])}."


def _counts(run: Run) -> str:
    totals, counts = tally(run), run.counts
    words = [severity.word for severity in totals.by_severity]
    header = "\n".join([f"| {' | '.join(words)} |", f"|{' --: |' * len(words)}"])
    row = f"| {' | '.join(f'{number:,}' for number in totals.by_severity.values())} |"
    files = (
        f"{counts.recognised:,} of {counted(counts.seen, 'file')} recognised, {counts.unread:,} unread, "
        f"{counts.ignored:,} left out. {totals.hidden:,} hidden, {totals.waived:,} waived, "
        f"{totals.baselined:,} baselined, {totals.undecided:,} undecided."
    )
    if run.compared is not None:
        since = f"{code(printable(run.compared.name))} ({code(run.compared.commit[:12])})"
        files += f"\n\nJudged: what was introduced since {since}; "
        files += f"{totals.unchanged:,} there before, {run.compared.gone:,} gone."
    return f"{header}\n{row}\n\n{files}"


def _files(run: Run, context: Context) -> Iterator[str]:
    """A section for every file with findings, the file with the worst one first."""
    by_file: dict[str, list[Finding]] = {}
    for finding in worst_first(by_place(run, shown(run, suppressed=context.show_suppressed))):
        by_file.setdefault(finding.place.path, []).append(finding)
    for path, findings in by_file.items():
        blocking = any(f.disposition is Disposition.ACTIVE and f.severity >= run.fail_on for f in findings)
        title = f"<code>{escape(printable(path))}</code>: {counted(len(findings), 'finding')}"
        yield _folded(title, (_finding(run, finding, context) for finding in findings), opened=blocking)


def _folded(title: str, items: Iterable[str], *, opened: bool = False) -> str:
    """A block that the reader can open; `title` is HTML, the items are Markdown."""
    tag = "<details open>" if opened else "<details>"
    return "\n".join([f"{tag}<summary>{title}</summary>", "", *items, "", "</details>"])


def _finding(run: Run, finding: Finding, context: Context) -> str:
    sure = "" if finding.confidence == Confidence.HIGH else f" ({finding.confidence.word} confidence)"
    parts = [f"- **{finding.severity.word}**{sure} {code(finding.check)} at {_at(run, finding.place)}: "]
    parts.append(plain(one_line(finding.message)))
    if finding.disposition is not Disposition.ACTIVE:
        because = f": {plain(one_line(finding.because))}" if finding.because else ""
        parts.append(f" ({finding.disposition.value}{because})")
    notes = (*finding.flow, *finding.related[:MOST_RELATED])
    parts += [f"\n  - {plain(said(run, note))} {_at(run, note.place)}" for note in notes]
    if (left := len(finding.related) - MOST_RELATED) > 0:
        parts.append(f"\n  - and {counted(left, 'more place')}, in the JSON report")
    check = context.pack.find(finding.check)
    if check is not None:
        parts.append(f"\n  - fix: {one_line(cure_for(check.remediation, finding.product))}")
    return "".join(parts)


def _at(run: Run, place: Place) -> str:
    return code(f"{printable(place.path)}:{run.locate(place).line}")


def _undecided(run: Run) -> Iterator[str]:
    for entry in run.undecided:
        yield _undecided_item(run, entry)


def _undecided_item(run: Run, entry: Undecided) -> str:
    text = f"{entry.subject.kind} {entry.subject.name}: {entry.missing} is not known"
    return f"- {code(entry.check)} at {_at(run, entry.place)}: {plain(one_line(text))}"


def _problem(problem: Problem) -> str:
    place = printable(problem.path) + (f":{problem.line}" if problem.line is not None else "")
    return f"- **{problem.kind}** {code(place)}: {plain(one_line(problem.message))}"
