"""The stretches of a chart's file that are printed only where a condition holds: what `if`, `with` and `range` enclose.

A condition is kept as its text and judged elsewhere, by values that this file does not hold. What stands behind `else`
needs every condition before it to fail. Source: https://pkg.go.dev/text/template#hdr-Actions, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nhilint.source.deferred import Deferred
from nhilint.source.go_template import template_actions

if TYPE_CHECKING:
    from nhilint.source.go_template import Action

_OPENS = frozenset({"if", "range", "with"})
_HIDES = frozenset({"define", "block"})
_ASSIGNED = Deferred(r"^\$\w*(?:\s*,\s*\$\w+)?\s*:?=")
LONGEST = 400
_MOST = 2_000


class Guard(NamedTuple):
    """A stretch of the text, and the conditions that must all hold for it to be printed."""

    start: int
    end: int
    conditions: tuple[str, ...]


def guards(text: str) -> tuple[Guard, ...]:
    """Every stretch with a condition, as offsets into the text; nested ones stand beside those around them."""
    found: list[Guard] = []
    open_at: list[tuple[int, tuple[str, ...]] | None] = []
    for action in template_actions(text) if "{{" in text else ():
        if len(found) >= _MOST:
            break
        if action.word in _OPENS:
            open_at.append((action.end, (condition_of(text, action),)))
        elif action.word in _HIDES:
            open_at.append(None)
        elif action.word == "else" and open_at and (around := open_at[-1]) is not None:
            found.append(Guard(around[0], action.start, around[1]))
            failed = (*around[1][:-1], f"not ({around[1][-1]})")
            open_at[-1] = (action.end, (*failed, condition_of(text, action)))
        elif action.word == "end" and open_at and (around := open_at.pop()) is not None:
            found.append(Guard(around[0], action.start, around[1]))
    return tuple(found)


def condition_of(text: str, action: Action) -> str:
    """What an action asks for; `true` for a bare `else`, empty for one that is too long to be followed."""
    words = text[action.start + 2 : action.end - 2].strip("- \t\r\n").split()
    if words[0] == "else":
        words = words[1:] or ["if", "true"]
    condition = _ASSIGNED.sub("", " ".join(words[1:])).strip()
    return condition if len(condition) <= LONGEST else ""
