"""Named templates of a chart's helper files, as the pieces that they print and what each piece asks for.

A name that is defined twice, or whose `.` means something else within (`with`, `range`), says nothing. Source:
https://pkg.go.dev/text/template#hdr-Text_and_spaces and #hdr-Nested_template_definitions, read 2026-11-22.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.source.deferred import Deferred
from nhilint.source.go_template import template_actions
from nhilint.source.template_guards import LONGEST, condition_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.source.go_template import Action

_NAMED = Deferred(r'define\s+"([\w./-]{1,200})"')
_SETS = Deferred(r"\{\{-?\s*\$_?\s*:?=\s*set\s")
_REBINDS = frozenset({"range", "with", "block", "template", "break", "continue"})
_MOST = 500
_MOST_PIECES = 40


class Piece(Struct, frozen=True):
    """Something that is printed where all conditions hold: a text, or what an action between braces asks for.

    What an action sets (`$_ := set . "name" …`) is a piece as well, though it prints nothing."""

    printed: str
    is_text: bool
    conditions: tuple[str, ...]


def definitions(text: str) -> dict[str, tuple[Piece, ...]]:
    """The pieces of each named template of a file by its name; of one that is not understood there is nothing."""
    found: dict[str, tuple[Piece, ...]] = {}
    refused: set[str] = set()
    for name, actions in _named(text):
        pieces = None if name in found else _pieces(text, actions)
        if pieces is None or name in refused or len(found) >= _MOST:
            refused.add(name)
            found.pop(name, None)
        else:
            found[name] = pieces
    return found


def _named(text: str) -> Iterator[tuple[str, list[Action]]]:
    """Each definition with its actions, from `define` to its `end`."""
    depth, name = 0, ""
    within: list[Action] = []
    for action in template_actions(text) if "define" in text else ():
        if action.word == "define" and not depth:
            told = _NAMED.fullmatch(_inside(text, action))
            name, within = told[1] if told else "", []
        depth += (action.word in ("define", "if", "range", "with", "block")) - (action.word == "end")
        if name:
            within.append(action)
        if depth <= 0:
            if name:
                yield name, within
            depth, name = 0, ""


def _pieces(text: str, actions: Sequence[Action]) -> tuple[Piece, ...] | None:
    """What stands between the first and the last of the actions, in order."""
    around: list[tuple[str, ...]] = []
    found: list[Piece] = []
    for before, action in pairwise(actions):
        asked = tuple(one for conditions in around for one in conditions)
        if between := _between(text, before, action):
            found.append(Piece(between, is_text=True, conditions=asked))
        if action.word in _REBINDS or len(found) > _MOST_PIECES:
            return None
        if action.word == "if":
            around.append((condition_of(text, action),))
        elif action.word == "else" and around:
            around[-1] = (*around[-1][:-1], f"not ({around[-1][-1]})", condition_of(text, action))
        elif action.word == "end" and around:
            around.pop()
        elif not action.steers or _SETS.match(text, action.start):
            printed = _inside(text, action)
            found.append(Piece(printed if len(printed) <= LONGEST else "", is_text=False, conditions=asked))
    return tuple(found)


def _between(text: str, before: Action, after: Action) -> str:
    """The text between two actions, without the spaces that a `-` at their braces takes away."""
    between = text[before.end : after.start]
    between = between.lstrip() if text[before.end - 3] == "-" else between
    return between.rstrip() if text[after.start + 2 : after.start + 3] == "-" else between


def _inside(text: str, action: Action) -> str:
    return text[action.start + 2 : action.end - 2].strip("- \t\r\n")
