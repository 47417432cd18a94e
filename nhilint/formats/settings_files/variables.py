"""Lines of environment settings become variables: `NAME=value`, with `export`, with quotes, with a comment behind.

A value in quotes may go over several lines, as private keys do. What stands behind ` #` outside of quotes is a comment,
and lines that begin with `#` set nothing. Nothing is expanded. Source (page not re-read):
docs.docker.com/compose/how-tos/environment-variables/variable-interpolation, "env file syntax".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE = Deferred(
    r"^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]{0,120})[ \t]{0,8}[=:][ \t]{0,8}(?=[^\s#])", flags=re.MULTILINE
)
_COMMENT = Deferred(r"[ \t]#")
_MOST = 2_000
_LONGEST = 20_000
_QUOTES = frozenset("\"'`")


class Variable(NamedTuple):
    """A variable, its value without quotes, and where the value begins in the file."""

    name: str
    value: str
    start: int


def variables(text: str) -> Iterator[Variable]:
    """The variables that a file sets to something, in order."""
    at = 0
    for _ in range(_MOST):
        match = _LINE.search(text, at)
        if match is None:
            return
        start, end = _value(text, match.end())
        if end > start:
            yield Variable(match[1], text[start:end], start)
        at = end


def _value(text: str, start: int) -> tuple[int, int]:
    """Where the value that begins here starts and ends, quotes left out."""
    if text[start] in _QUOTES:
        end = text.find(text[start], start + 1, start + _LONGEST)
        if end > 0:
            return start + 1, end
    end = text.find("\n", start, start + _LONGEST)
    end = end if end > 0 else min(len(text), start + _LONGEST)
    comment = _COMMENT.search(text, start, end)
    end = comment.start() if comment is not None else end
    return start, start + len(text[start:end].rstrip())
