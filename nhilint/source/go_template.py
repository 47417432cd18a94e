"""YAML with Go template actions in it becomes YAML of the same length, and its values get the actions back.

A chart is no YAML before it is rendered. Nothing is rendered here: an action that prints becomes a stand-in of private
use characters, one that only steers (`if`, `range`, `end` …) becomes blanks, and of two branches the first is kept; of
a Role and a ClusterRole the latter, since a reviewer must know of the wider one. So every offset of the masked text is
an offset of the file, and a value that held an action shows it again as `{{ … }}`.
Syntax: https://pkg.go.dev/text/template#hdr-Actions and https://helm.sh/docs/chart_template_guide/, read 2026-11-22.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIRST, _PAD, _DIGITS, _BASE = "\uf400", "\uf401", 0xE400, 4096
_STAND_IN = Deferred("\uf400([\ue400-\uf3ff]{2})\uf401*")
_TAKEN = Deferred("[\ue400-\uf401]")
_NOT_A_LINE_END = Deferred(r"[^\r\n]")
_OPENS = frozenset({"if", "range", "with", "define", "block"})
_STEERS = _OPENS | {"else", "end", "break", "continue"}
_ASSIGNS = Deferred(r"\$\w*(?:\s*,\s*\$\w+)?\s*:?=")
_KIND = Deferred(r"^[ \t]*kind:[ \t]*(\w+)", flags=re.MULTILINE)
_BLOCK_HEADER = Deferred(r"(?::|^\s*-)\s+[|>][-+0-9]{0,2}$")
_FILLED = Deferred("(\\s*(?:- )?[\\w.\"'/-]{1,80}:) +(\uf400[\ue400-\uf3ff]{2}\uf401*)\\s*")
"""A key with a printed value and nothing else."""
_ENTRY = Deferred(r"- |[\w.\"'/-]{1,80}:(?:\s|$)")
_BARE = Deferred(
    r"^(?:[ \t]+[A-Z][A-Z0-9]{0,40}_[A-Z0-9]{1,40}(?:[_-][A-Z0-9]{1,40}){0,6}[ \t]*\r?(?:\n|\Z)){1,20}",
    flags=re.MULTILINE,
)
"""Words that a script replaces by entries before the file is applied (`GEN3_DATE_LABEL`), each on a line of its own."""
_STATED = Deferred(r"[\w.\"'/-]{1,80}:\s+\S")
_SHORTEST_KEY = 5
_ITEM = Deferred("\\s*- \uf400[\ue400-\uf3ff]{2}\uf401*\\s*")
"""An item of a list that begins with entries of unknown shape."""
_MOST_ACTIONS = 20_000
_EDGE = 400
_NEAR_LINES = 50


class Action(NamedTuple):
    """One `{{ … }}`: its offsets and its first word; the word is empty for one that prints nothing."""

    start: int
    end: int
    word: str

    @property
    def steers(self) -> bool:
        """Whether it prints nothing."""
        return not self.word or self.word in _STEERS


class Masked(NamedTuple):
    """A text without actions, as long as the one it was made of, and the actions that its stand-ins stand for."""

    text: str
    actions: tuple[str, ...] = ()

    def restored(self, text: str) -> str:
        """A scalar or key of the masked text with its actions put back."""
        if not self.actions or _FIRST not in text:
            return text
        return _STAND_IN.sub(self._action, text)

    def _action(self, hit: re.Match[str]) -> str:
        high, low = (ord(character) - _DIGITS for character in hit[1])
        index = high * _BASE + low
        return self.actions[index] if index < len(self.actions) else "{{ }}"


@lru_cache(maxsize=4)
def masked(text: str) -> Masked:
    """The text with its actions masked; the text itself where it has none, or already uses the stand-ins. The last ones
    are kept, since a text's value and its places are read one after the other."""
    if _TAKEN.search(text):
        return Masked(text)
    if "{{" not in text:
        return Masked(_without_bare_lines(text))
    actions = template_actions(text)
    pieces = list(text)
    printed: list[str] = []
    for action in _without_dropped(text, actions, pieces):
        if action.steers:
            _blank_or_stand(action, text, pieces, len(printed))
        else:
            _stand_in(pieces, action.start, action.end, len(printed))
        printed.append(text[action.start : action.end])
    return Masked(_with_loose_lines(_without_bare_lines("".join(pieces))), tuple(printed))


def template_actions(text: str) -> list[Action]:
    """The actions of a text in order, as far as a sane file has them."""
    found: list[Action] = []
    at = 0
    while len(found) < _MOST_ACTIONS and (start := text.find("{{", at)) >= 0:
        inside = text[start + 2 : start + 6].lstrip("- ")
        comment = inside.startswith("/*")
        close = text.find("*/", start) if comment else start
        end = text.find("}}", close) if close >= 0 else -1
        if end < 0:
            break
        content = text[start + 2 : end].strip("- \t\r\n")
        silent = comment or _ASSIGNS.match(content)
        word = "" if silent else re.split(r"[\s(]", content, maxsplit=1)[0] or "print"
        found.append(Action(start, end + 2, word))
        at = end + 2
    return found


def _without_dropped(text: str, actions: list[Action], pieces: list[str]) -> list[Action]:
    """The actions that are kept; definitions, which print nothing where they stand, and `else` branches are blanked."""
    open_at: list[tuple[int, int]] = []
    definitions: set[int] = set()
    dropped: list[tuple[int, int]] = []
    for action in actions:
        if action.word in _OPENS:
            open_at.append((action.start, -1))
            if action.word == "define":
                definitions.add(action.start)
        elif action.word == "else" and open_at and open_at[-1][1] < 0 and _is_alone(text, action):
            open_at[-1] = (open_at[-1][0], action.start)
        elif action.word == "end" and open_at:
            first, otherwise = open_at.pop()
            if first in definitions:
                dropped.append((first, action.end))
            elif otherwise >= 0:
                is_wider = _is_wider(text[first:otherwise], text[otherwise : otherwise + _EDGE])
                dropped.append((first, otherwise) if is_wider else (otherwise, action.start))
    if not dropped:
        return actions
    outermost = _outermost(dropped)
    for start, end in outermost:
        _blank(pieces, start, end)
    return _outside(actions, outermost)


def _is_wider(branch: str, other: str) -> bool:
    """Whether the other branch makes the object one of the whole cluster, and this one of a namespace."""
    here, there = _KIND.search(branch[:_EDGE]), _KIND.search(other)
    return here is not None and there is not None and f"Cluster{here[1]}" == there[1]


def _outermost(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _outside(actions: list[Action], ranges: list[tuple[int, int]]) -> list[Action]:
    kept: list[Action] = []
    index = 0
    for action in actions:
        while index < len(ranges) and ranges[index][1] <= action.start:
            index += 1
        if index == len(ranges) or action.start < ranges[index][0]:
            kept.append(action)
    return kept


def _blank_or_stand(action: Action, text: str, pieces: list[str], index: int) -> None:
    """A steering action at the edge of a line leaves blanks; in the middle it decides what a value is."""
    back = reversed(pieces[max(0, action.start - _EDGE) : action.start])
    ahead = iter(text[action.end : action.end + _EDGE])
    if _opens_block(text, action.start):
        _indent_block(action, text, pieces)
    elif _is_edge(back) or _is_edge(ahead):
        _blank(pieces, action.start, action.end)
    else:
        _stand_in(pieces, action.start, action.end, index)


def _opens_block(text: str, start: int) -> bool:
    """Whether an action is the first line of a block scalar, whose indentation that line sets: blanks would not do."""
    line_start = text.rfind("\n", max(0, start - _EDGE), start) + 1
    if line_start == 0 or text[line_start:start].strip():
        return False
    above = text[text.rfind("\n", max(0, line_start - _EDGE), line_start - 1) + 1 : line_start].rstrip()
    return bool(_BLOCK_HEADER.search(above))


def _indent_block(action: Action, text: str, pieces: list[str]) -> None:
    """Signs in place of an action that opens a block, from the column on where the block's lines begin."""
    line_start = text.rfind("\n", 0, action.start) + 1
    below = (line for line in text[action.end : action.end + _EDGE].split("\n")[1:] if line.strip())
    first = next((line for line in below if not line.lstrip().startswith("{{")), "")
    column = line_start + len(first) - len(first.lstrip(" "))
    for at in range(action.start, action.end):
        if pieces[at] not in "\r\n":
            pieces[at] = "#" if at >= column else " "


def _is_edge(characters: Iterator[str]) -> bool:
    """Whether only blanks come before the end of the line."""
    return next((c in "\r\n" for c in characters if c not in " \t"), True)


def _blank(pieces: list[str], start: int, end: int) -> None:
    pieces[start:end] = [piece if piece in "\r\n" else " " for piece in pieces[start:end]]


def _stand_in(pieces: list[str], start: int, end: int, index: int) -> None:
    pieces[start:end] = _named(index, end - start)


def _named(index: int, length: int) -> list[str]:
    digits = [chr(_DIGITS + index // _BASE), chr(_DIGITS + index % _BASE)]
    return [_FIRST, *digits, *[_PAD] * (length - 3)]


def _is_alone(text: str, action: Action) -> bool:
    line_start = text.rfind("\n", 0, action.start) + 1
    return not text[line_start : action.start].strip()


def _without_bare_lines(text: str) -> str:
    """The text without words that stand for an entry of a mapping, behind another entry of the same mapping."""
    return _BARE.sub(_blank_behind_entry, text) if "_" in text else text


def _blank_behind_entry(hit: re.Match[str]) -> str:
    line_start = hit.string.rfind("\n", max(0, hit.start() - _EDGE), max(0, hit.start() - 1)) + 1
    above = hit.string[line_start : hit.start()].rstrip()
    at = len(hit[0]) - len(hit[0].lstrip())
    is_beside = above[:at].strip() in ("", "-") and _STATED.match(above, at)
    return _NOT_A_LINE_END.sub(" ", hit[0]) if is_beside else hit[0]


def _with_loose_lines(text: str) -> str:
    """Printing actions that have a line to themselves: the value of the key above, or more entries of unknown shape."""
    lines: list[str | None] = list(text.split("\n"))
    for number, line in enumerate(lines):
        content = line.strip() if line else ""
        if content.startswith(_FIRST) and not _STAND_IN.sub("", content).strip():
            _settle(lines, number)
        elif line and _is_only_a_part(lines, number, line):
            lines[number] = _STAND_IN.sub(lambda hit: " " * len(hit[0]), line)
    return "\n".join(line for line in lines if line is not None)


def _is_only_a_part(lines: list[str | None], number: int, line: str) -> bool:
    """Whether what an item or a key prints is not all of it, since more entries follow below."""
    filled = _FILLED.fullmatch(line)
    if filled is not None:
        return _has_entries_below(lines, number, filled[1])
    return _ITEM.fullmatch(line) is not None and _has_more_below(lines, number, line)


def _settle(lines: list[str | None], number: int) -> None:
    """Join the stand-in to the key above when it is all of its value; otherwise blank it out.

    The lines that are joined become one, as long as they were together with their line ends.
    """
    line = lines[number] or ""
    above = _key_above(lines, number)
    key = (lines[above] or "").rstrip()
    hit = _STAND_IN.search(line)
    if hit is None or above == number or not key.endswith(":") or _has_more_below(lines, number, key):
        prints_key = hit is not None and _ENTRY.match(key.lstrip(" -")) and not key.endswith(":")
        if prints_key and _has_entries_below(lines, number, key):
            lines[number] = _as_key(line, len(key) - len(key.lstrip(" -")))
        else:
            lines[number] = _NOT_A_LINE_END.sub(" ", line)
        return
    between = sum(len(one) + 1 for one in lines[above:number] if one is not None) - len(key)
    stand_in = hit[0] + _PAD * (between + hit.start() - 1)
    lines[above] = f"{key} {stand_in}{_NOT_A_LINE_END.sub(' ', line[hit.end() :])}"
    lines[above + 1 : number + 1] = [None] * (number - above)


def _as_key(line: str, column: int) -> str:
    """A line that prints the key of what stands below it, as a key in that column; as long as it was."""
    hit = _STAND_IN.search(line)
    room = len(line.rstrip()) - column
    if hit is None or room < _SHORTEST_KEY:
        return _NOT_A_LINE_END.sub(" ", line)
    key = f"{hit[0][:3]}{_PAD * (room - 4)}:"
    return f"{' ' * column}{key}{line[column + room :]}"


def _has_entries_below(lines: list[str | None], number: int, key: str) -> bool:
    """Whether the next line that says something is an entry of what the line holds: an item, or a key further in."""
    below = next((one for one in lines[number + 1 : number + _NEAR_LINES] if one and one.strip()), None)
    if below is None or not _ENTRY.match(below.lstrip()):
        return False
    return _has_more_below(lines, number, key)


def _key_above(lines: list[str | None], number: int) -> int:
    """The nearest line above that says something; the line itself where there is none near."""
    for above in range(number - 1, max(-1, number - _NEAR_LINES), -1):
        content = (lines[above] or "").strip()
        if content and not content.startswith("#"):
            return above
    return number


def _has_more_below(lines: list[str | None], number: int, key: str) -> bool:
    indent = len(key) - len(key.lstrip(" " if _ITEM.fullmatch(key) else " -"))
    for line in lines[number + 1 : number + _NEAR_LINES]:
        content = (line or "").strip()
        if line and content and not content.startswith(("#", _FIRST)):
            below = len(line) - len(line.lstrip())
            return below > indent or (below == indent and content.startswith("- ") and not key.lstrip().startswith("-"))
    return False
