"""The source of a Bicep file, or of one ARM template expression, becomes tokens.

Source: learn.microsoft.com/azure/azure-resource-manager/bicep/data-types (texts, interpolation) and
…/templates/template-expressions (a quote inside a text is written twice there), read 2026-11-22.
"""

from __future__ import annotations

import re

from msgspec import Struct

from nhilint.source.deferred import Deferred

_TOKEN = Deferred(
    r"(?P<skip>[ \t\r]+|//[^\n]*|/\*.*?\*/)|(?P<newline>\n)|(?P<long>'''.*?''')|(?P<quote>')"
    r"|(?P<number>\d[\w.]*)|(?P<word>[A-Za-z_]\w*)|(?P<mark>\.\.\.|==|!=|<=|>=|=~|!~|&&|\|\||\?\?|=>|\.\?|::|[^\s\w])",
    flags=re.DOTALL,
)
_MOST_TOKENS = 200_000


class Token(Struct, frozen=True):
    """One token; `kind` is newline, text, number, word, mark or end."""

    kind: str
    text: str
    start: int
    end: int


class TooDeep(Exception):  # noqa: N818 - not an error of the reader: it ends the reading of one file
    """The source nests deeper, or is longer, than any that is deployed."""


def tokens(source: str, start: int = 0, end: int | None = None, *, doubled: bool = False) -> list[Token]:
    """The tokens of a source. With `doubled` a quote inside a text is written twice (ARM), else with a backslash."""
    found: list[Token] = []
    position, stop = start, len(source) if end is None else end
    while position < stop:
        match = _TOKEN.match(source, position, stop)
        if match is None or len(found) > _MOST_TOKENS:
            raise TooDeep
        kind = match.lastgroup or "mark"
        last = match.end()
        if kind == "quote":
            last = _text_end(source, position + 1, stop, doubled=doubled)
            kind = "text"
        if kind != "skip":
            found.append(Token("text" if kind == "long" else kind, source[position:last], position, last))
        position = last
    found.append(Token("end", "", stop, stop))
    return found


def _text_end(source: str, position: int, stop: int, *, doubled: bool) -> int:
    """Where a text ends: after its closing quote, interpolations with quotes of their own passed over."""
    depth = 0
    while position < stop:
        mark = source[position]
        if mark == "\n" and not depth:
            return position
        if not doubled and mark == "\\":
            position += 2
            continue
        if not doubled and source.startswith("${", position):
            depth += 1
            position += 2
            continue
        if depth and mark in "{}":
            depth += 1 if mark == "{" else -1
        elif depth and mark == "'":
            position = _text_end(source, position + 1, min(stop, position + 20_000), doubled=False) - 1
        elif mark == "'":
            if doubled and source.startswith("''", position):
                position += 2
                continue
            return position + 1
        position += 1
    return stop
