"""The end of the text report: one line that counts everything, one that says what the gate decided.

Both are always there, zeros included, so that silence never has to be interpreted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.report.cells import cells, wrap
from nhilint.report.printable import printable
from nhilint.report.tally import tally, verdict_sentence
from nhilint.report.words import counted

if TYPE_CHECKING:
    from nhilint.model.run import Run
    from nhilint.report import Context
    from nhilint.report.paint import Paint

_SEPARATOR = " · "


def summary(run: Run, context: Context, paint: Paint, width: int) -> list[str]:
    """The counts, broken only between two of them when the width demands it; the verdict; how to see more."""
    word, because = verdict_sentence(run)
    first, *rest = wrap(f"{word}: {because}", width)
    verdict = paint.verdict(word, passed=run.verdict.passed) + first.removeprefix(word)
    lines = [*_broken(_counts(run), width), verdict, *rest]
    lines += [paint.dim(hint) for hint in (_compared(run), _stale(run), _hint(run, context)) if hint]
    return lines


def _compared(run: Run) -> str:
    """Against what a change was judged."""
    if run.compared is None:
        return ""
    return f"judged: what was introduced since {printable(run.compared.name)} ({run.compared.commit[:12]})"


def _stale(run: Run) -> str:
    if not run.stale_baseline:
        return ""
    entries = f"{run.stale_baseline:,} {'entry' if run.stale_baseline == 1 else 'entries'} of the baseline"
    return f"{entries} cover nothing any more: nhilint baseline prune"


def _counts(run: Run) -> list[str]:
    totals, counts = tally(run), run.counts
    severities = ", ".join(f"{number:,} {severity.word}" for severity, number in totals.by_severity.items() if number)
    found = counted(totals.active, "finding") + (f" ({severities})" if severities else "")
    return [
        f"{counts.recognised:,} of {counted(counts.seen, 'file')} recognised",
        found,
        f"{totals.hidden:,} hidden",
        f"{totals.waived:,} waived",
        f"{totals.baselined:,} baselined",
        *([f"{totals.unchanged:,} there before"] if run.compared is not None else []),
        *([f"{run.compared.gone:,} gone"] if run.compared is not None else []),
        f"{totals.undecided:,} undecided",
        f"{counts.unread:,} unread",
        f"{counts.ignored:,} left out",
    ]


def _broken(parts: list[str], width: int) -> list[str]:
    lines = [parts[0]]
    for part in parts[1:]:
        if cells(lines[-1]) + len(_SEPARATOR) + cells(part) <= width:
            lines[-1] += _SEPARATOR + part
        else:
            lines.append(part)
    return lines


def _hint(run: Run, context: Context) -> str:
    totals = tally(run)
    options = []
    if not context.show_suppressed and totals.hidden + totals.waived + totals.baselined + totals.unchanged:
        options.append("--show-suppressed")
    if not context.show_undecided and totals.undecided:
        options.append("--show-undecided")
    return f"to see the rest: {' '.join(options)}" if options else ""
