"""Comments of a file, as the readers report them: text without markers, and where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from nhilint.source.lines import Lines

_MARKERS = (("/*", "*/"), ("<!--", "-->"), ("//", ""), ("#", ""))


class Comment(msgspec.Struct, frozen=True):
    """One comment: its text without markers, where it starts (1-based), and whether it has its line to itself.

    `own_line` says that only white space stands before it on its first line.
    """

    text: str
    line: int
    column: int
    own_line: bool


def comment_at(source: str, lines: Lines, start: int, end: int) -> Comment:
    """The comment whose source, markers included, runs from offset `start` to `end`."""
    line, column = lines.position(start)
    before = source[lines.start(line) : start]
    return Comment(_without_markers(source[start:end]), line, column, not before.strip())


def _without_markers(source: str) -> str:
    for opening, closing in _MARKERS:
        if source.startswith(opening):
            return source.removeprefix(opening).removesuffix(closing).strip()
    return source.strip()
