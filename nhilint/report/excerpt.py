"""A located source line becomes what is shown of it: cut to the width around its span, and the span underlined.

Lines arrive with secrets masked already (`Located.text`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.report.cells import cells
from nhilint.report.printable import spelled

if TYPE_CHECKING:
    from nhilint.model.run import Located

_TAB = 4
_CUT = "…"


class Excerpt(Struct, frozen=True):
    """What is shown of a line, and the spaces and carets to print under it."""

    line: str
    carets: str


def excerpt(located: Located, width: int) -> Excerpt:
    """Show one line in at most `width` cells, the beginning of the span always among them."""
    text = located.text
    start = min(located.column - 1, len(text))
    end = located.end_column - 1 if located.end_line == located.line else len(text)
    # Only what could ever be shown is measured: a minified line may be megabytes long.
    first = max(0, start - width) if len(text) > width else 0
    pieces = _pieces(text[first : start + width + 1])
    begin, stop = start - first, max(end, start + 1) - first
    stop = min(stop, max(len(pieces), begin + 1))
    widths = [cells(piece) for piece in pieces]
    left, right = _window(widths, begin, stop, width, first > 0, start + width + 1 < len(text))
    before = _CUT if first + left > 0 else ""
    after = _CUT if first + right < len(text) else ""
    line = before + "".join(pieces[left:right]) + after
    indent = cells(before) + sum(widths[left:begin])
    length = sum(widths[begin : min(stop, right)])
    return Excerpt(line.rstrip(), " " * indent + "^" * max(1, length))


def _pieces(text: str) -> list[str]:
    """Every character as it is shown; tabs reach to the next multiple of four cells."""
    if text.isprintable():
        return list(text)
    pieces: list[str] = []
    column = 0
    for char in text:
        piece = " " * (_TAB - column % _TAB) if char == "\t" else spelled(char)
        pieces.append(piece)
        column += cells(piece)
    return pieces


def _window(widths: list[int], begin: int, stop: int, width: int, cut_before: bool, cut_after: bool) -> tuple[int, int]:  # noqa: FBT001
    """Which pieces to show: all when they fit, else the span with a third of the room that is left before it."""
    if not cut_before and not cut_after and sum(widths) <= width:
        return 0, len(widths)
    room = max(1, width - 2)
    spare = max(0, room - sum(widths[begin:stop]))
    left = _reach(widths, begin, -1, spare // 3)
    right = _reach(widths, begin, 1, room - sum(widths[left:begin]))
    if right == len(widths) and not cut_after:
        left = _reach(widths, right, -1, room)
    return min(left, begin), max(right, min(begin + 1, len(widths)))


def _reach(widths: list[int], start: int, step: int, room: int) -> int:
    """The index that lies up to `room` cells before (step -1) or after (1) the one given."""
    index = start
    while 0 <= (at := index if step > 0 else index - 1) < len(widths) and widths[at] <= room:
        room -= widths[at]
        index += step
    return index
