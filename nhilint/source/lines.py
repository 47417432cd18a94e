"""Offsets into a text become lines and columns.

An offset counts Unicode code points from the start of the decoded text. Lines end at LF, CR LF or a lone CR; the
characters that only YAML 1.1 takes for line ends (U+0085, U+2028, U+2029) do not end a line in any editor or on any
code host, and so not here.
"""

from __future__ import annotations

from bisect import bisect_right

from nhilint.source.deferred import Deferred
from nhilint.source.span import Position, Span

_LINE_END = Deferred(r"\r\n?|\n")


class Lines:
    """Where the lines of one text begin."""

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(text))]

    def position(self, offset: int) -> Position:
        """The line and column of an offset; one past the end of the text is allowed."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def span(self, start: int, end: int) -> Span:
        """The span between two offsets."""
        return Span(self.position(start), self.position(end))

    def start(self, number: int) -> int:
        """The offset at which a 1-based line begins; IndexError beyond the last line."""
        if number < 1:
            raise IndexError(f"lines are counted from 1, not {number}")
        return self._starts[number - 1]

    def text(self, number: int) -> str:
        """The text of a 1-based line without its line end; IndexError beyond the last line."""
        start = self.start(number)
        end = self._starts[number] if number < len(self._starts) else len(self._text)
        return self._text[start:end].rstrip("\r\n")

    def __len__(self) -> int:
        return len(self._starts)


def position_in(text: str, offset: int) -> Position:
    """The line and column of one offset, for the single place of an error message."""
    return Lines(text).position(min(offset, len(text)))
