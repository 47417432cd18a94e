"""Tells where a whole JSON value is data in a shell script: between `<<'EOF'` and its end, where the shell fills in
nothing. A line of JSON begins with a blank, a quote or a brace and ends no such text; any other text may."""

from __future__ import annotations

from nhilint.formats.github.expression import is_whole_json
from nhilint.source.deferred import Deferred

_OPENED = Deferred(r"<<-?\s{0,9}(?:'([^'\n]{1,60})'|\"([^\"\n]{1,60})\")")
_MOST_LINES = 1_000


def is_json_in_quoted_heredoc(text: str, start: int, end: int) -> bool:
    """Whether the expression `${{ … }}` at `text[start:end]` is a JSON value on a line of such a text."""
    if "<<" not in text or not is_whole_json(text[start + 3 : end - 2].strip()):
        return False
    ends = ""
    for line in text[:start].splitlines(keepends=True)[:_MOST_LINES]:
        if ends:
            ends = "" if line.strip() == ends else ends
        elif (opened := _OPENED.search(line)) is not None and line.endswith("\n"):
            ends = opened[1] or opened[2]
    return bool(ends)
