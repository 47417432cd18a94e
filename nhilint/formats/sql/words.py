"""A SQL script becomes statements of words, each with its place in the text.

Comments are left out. The body of a function or block stands in dollar quotes; its statements count like any other.
Source: www.postgresql.org/docs/current/sql-syntax-lexical.html and
dev.mysql.com/doc/refman/8.4/en/language-structure.html, read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = Deferred(
    r"--[^\n]*|/\*.*?(?:\*/|\Z)|'(?:[^'\\]|''|\\.)*(?:'|\\?\Z)|\"[^\"\n]*\"|`[^`\n]*`|\$\w*\$|[A-Za-z_][\w$]*|[^\s]",
    flags=re.DOTALL,
)
"""What is opened and never closed goes on to the end, so that no text is gone through twice."""
_ENDS = frozenset({";", "BEGIN", "THEN", "ELSE", "DO"})
_LONGEST = 2_000_000
_MOST_WORDS = 400


class Word(NamedTuple):
    """One word or sign as written."""

    text: str
    start: int

    @property
    def upper(self) -> str:
        """The word as keywords are compared."""
        return self.text.upper()

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


def statements(text: str, first: frozenset[str]) -> Iterator[list[Word]]:
    """The statements that begin with one of some keywords."""
    current: list[Word] = []
    for hit in _TOKEN.finditer(text[:_LONGEST]):
        token = hit.group()
        if token.startswith(("--", "/*")) and len(token) > 1:
            continue
        if token.upper() in _ENDS or (token[0] == "$" and token[-1] == "$"):
            if current and current[0].upper in first:
                yield current
            current = []
        elif len(current) < _MOST_WORDS and (not current or current[0].upper in first):
            current.append(Word(token, hit.start()))
    if current and current[0].upper in first:
        yield current
