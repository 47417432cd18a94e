"""Tells where in a JavaScript text a whole JSON value is data: outside of strings, templates and comments.

`toJson(…)` gives a complete literal there. Between quotes or backticks, or behind `//`, the same text ends what it
stands in. A regular expression is not told from a division, so that a quote in one opens a string up to its line's end.
"""

from __future__ import annotations

from nhilint.formats.github.expression import is_whole_json
from nhilint.source.deferred import Deferred

_MARK = Deferred(r"//[^\n]*|/\*|['\"`{}\n]")
_ENDS = {
    "'": Deferred(r"\\[\s\S]|['\n]"),
    '"': Deferred(r'\\[\s\S]|["\n]'),
    "`": Deferred(r"\\[\s\S]|`|\$\{"),
    "/*": Deferred(r"\*/"),
}


def is_whole_literal(text: str, start: int, end: int) -> bool:
    """Whether the expression `${{ … }}` at `text[start:end]` is a JSON value that stands as a literal of its own."""
    return is_whole_json(text[start + 3 : end - 2].strip()) and _is_in_code(text[:start])


def _is_in_code(before: str) -> bool:
    """Whether a script's text so far leaves no string, template or comment open."""
    depths: list[int] = []  # the braces open inside of each `${` of a template
    position = 0
    while (match := _MARK.search(before, position)) is not None:
        mark, position = match[0], match.end()
        if mark.startswith("//"):
            if position == len(before):
                return False
            continue
        if mark == "{" and depths:
            depths[-1] += 1
        elif mark == "}" and depths:
            depths[-1] -= 1
            mark = "`" if depths[-1] < 0 else mark
            depths = depths[:-1] if mark == "`" else depths
        if mark in _ENDS:
            ending = _ending(before, position, mark)
            if ending is None:
                return False
            position = ending[1]
            depths = [*depths, 0] if ending[0] == "${" else depths
    return True


def _ending(before: str, position: int, opened: str) -> tuple[str, int] | None:
    """What ends a string, template or comment, and where; None where it is open to the end."""
    while (match := _ENDS[opened].search(before, position)) is not None:
        position = match.end()
        if not match[0].startswith("\\"):
            return match[0], position
    return None
