"""Places in a text file: a line and a column, and the stretch between two of them.

A place is what a person clicks on. Lines end at LF, CR LF or a lone CR, as in every editor; columns count
Unicode code points, not bytes and not UTF-16 units. Nothing here knows a syntax.
"""

from __future__ import annotations

from typing import NamedTuple


class Position(NamedTuple):
    """One place: 1-based line, 1-based column in Unicode code points."""

    line: int
    column: int


class Span(NamedTuple):
    """The stretch from `start` up to, but not including, `end`."""

    start: Position
    end: Position


FILE_START = Span(Position(1, 1), Position(1, 1))
"""The empty span at the top of a file: where something is said about the file as a whole."""
