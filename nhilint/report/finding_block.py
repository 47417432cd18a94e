"""One finding as the lines that a terminal shows: where and what, the source, the chain, the cure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.finding import Confidence, Disposition
from nhilint.report.cells import cells, wrap
from nhilint.report.chain import MOST_RELATED, said
from nhilint.report.cure import cure_for
from nhilint.report.excerpt import excerpt
from nhilint.report.printable import one_line, printable
from nhilint.report.words import counted, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.catalogue.check import Pack
    from nhilint.model.finding import Finding
    from nhilint.model.place import Place
    from nhilint.model.run import Run
    from nhilint.report.paint import Paint

_BODY = "    "
_GAP = "  "
_DEEPEST = 6
_FIX = "fix: "


def where(run: Run, place: Place) -> str:
    """`path:line:column`, printable."""
    located = run.locate(place)
    return f"{printable(place.path)}:{located.line}:{located.column}"


def heading_lines(run: Run, finding: Finding, widths: tuple[int, int], paint: Paint, width: int) -> Iterator[str]:
    """Place, severity, check, and the confidence where it is not high; `widths` pads the first two to columns.

    What does not fit into the width goes below.
    """
    place, severity, check = where(run, finding.place), finding.severity.word, printable(finding.check)
    pieces = [
        (place, widths[0], place),
        (severity, widths[1], paint.severity(finding.severity, severity)),
        (check, 0, paint.bold(check)),
    ]
    if finding.confidence != Confidence.HIGH:
        confidence = f"{finding.confidence.word} confidence"
        pieces.append((confidence, 0, paint.dim(confidence)))
    line, used = " " * len(_GAP), len(_GAP)
    for plain, padded, painted in pieces:
        size = max(padded, cells(plain))
        if used + size > width and line.strip():
            yield line.rstrip()
            line, used = _BODY, len(_BODY)
        line += painted + " " * (size - cells(plain)) + _GAP
        used += size + len(_GAP)
    yield line.rstrip()


def finding_lines(run: Run, finding: Finding, pack: Pack, paint: Paint, width: int) -> Iterator[str]:
    """Everything below the heading line of a finding."""
    for line in wrap(one_line(finding.message), width - len(_BODY)):
        yield _BODY + line
    if finding.disposition is not Disposition.ACTIVE:
        because = one_line(finding.because)
        settled = f"{finding.disposition.value}: {because}" if because else finding.disposition.value
        yield from (_BODY + line for line in wrap(settled, width - len(_BODY)))
    yield from _source(run, finding, paint, width)
    yield from _chain(run, finding, paint, width)
    yield from _cure(finding, pack, paint, width)


def _source(run: Run, finding: Finding, paint: Paint, width: int) -> Iterator[str]:
    located = run.locate(finding.place)
    if not located.text.strip():
        return
    number = str(located.line)
    shown = excerpt(located, width - len(_BODY) - len(number) - 3)
    yield f"{_BODY}{paint.dim(number + ' │')} {shown.line}"
    yield f"{_BODY}{paint.dim(' ' * len(number) + ' │')} {_underline(shown.carets, finding, paint)}"


def _underline(carets: str, finding: Finding, paint: Paint) -> str:
    marks = carets.lstrip()
    return " " * (len(carets) - len(marks)) + paint.severity(finding.severity, marks)


def _chain(run: Run, finding: Finding, paint: Paint, width: int) -> Iterator[str]:
    """One line a note, the places in a column of their own; every link of a flow stands further in."""
    rows = [
        (f"{_BODY}{'  ' * min(step, _DEEPEST)}→ {said(run, note)}", where(run, note.place))
        for step, note in enumerate(finding.flow)
    ]
    rows += [(f"{_BODY}→ {said(run, note)}", where(run, note.place)) for note in finding.related[:MOST_RELATED]]
    widest = max((cells(text) for text, _ in rows), default=0)
    for text, place in rows:
        if widest + 2 + cells(place) <= width:
            yield text + " " * (widest - cells(text)) + "  " + paint.dim(place)
            continue
        inset = " " * (len(text) - len(text.lstrip()) + 2)
        first, *rest = wrap(text.lstrip(), width - len(inset))
        yield inset[2:] + first
        yield from (inset + line for line in rest)
        yield inset + paint.dim(place)
    if (left := len(finding.related) - MOST_RELATED) > 0:
        yield f"{_BODY}→ and {counted(left, 'more place')}, in the JSON report"


def _cure(finding: Finding, pack: Pack, paint: Paint, width: int) -> Iterator[str]:
    check = pack.find(finding.check)
    if check is None:
        return
    more = f"nhilint explain {printable(finding.check)}"
    inset = " " * len(_FIX)
    first, *rest = wrap(
        sentence(one_line(cure_for(check.remediation, finding.product))), width - len(_BODY) - len(_FIX)
    )
    lines = [paint.bold(_FIX) + first, *(inset + line for line in rest)]
    last = rest[-1] if rest else first
    if len(_BODY) + len(_FIX) + cells(last) + 2 + cells(more) <= width:
        lines[-1] += "  " + paint.dim(more)
    else:
        lines.append(inset + paint.dim(more))
    yield from (_BODY + line for line in lines)
