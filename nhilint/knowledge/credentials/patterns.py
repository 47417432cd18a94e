"""Turns the parts of a shape into one anchored regular expression, and says where in a text it is worth trying.

A pattern never searches a whole text: the caller finds its anchor (the longest fixed text every match contains) and the
expression is tried around that place only. Expressions are flat sequences of bounded runs, so a try costs at most the
shape's own length. They are compiled when first tried.
"""

from __future__ import annotations

import re

from msgspec import Struct

from nhilint.knowledge.credentials.records import Part, Record, Run, Text

SETS = {
    "digit": "[0-9]",
    "hex_lower": "[0-9a-f]",
    "hex_upper": "[0-9A-F]",
    "lower": "[a-z]",
    "letter": "[A-Za-z]",
    "upper_digit": "[A-Z0-9]",
    "lower_digit": "[a-z0-9]",
    "alnum": "[A-Za-z0-9]",
    "word": "[A-Za-z0-9_]",
    "base64url": "[A-Za-z0-9_-]",
    "base64": "[A-Za-z0-9+/]",
    "base32": "[A-Z2-7]",
    "base32_lower": "[a-z2-7]",
    "base58": "[1-9A-HJ-NP-Za-km-z]",
    "percent_encoded": "[A-Za-z0-9%]",
    "unreserved": "[A-Za-z0-9_~.-]",
    "token": r"[^\s\"'`<>]",
    "line": r"[^\"'`<>\r\n]",
    "value": r"[^\s\"'`<>;&]",
    "uuid": "[0-9A-Fa-f-]",
}
"""The alphabets of `Run.set` as character classes."""

_UUID = "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}"
_FREE_SETS = frozenset({"token", "line", "value"})
_WORD_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+/.~"

# A credential does not begin inside a word. An escape before it ("\n" in quoted text, "%3D" in an address) looks like
# one and is none.
_BEFORE = r"(?:(?<![A-Za-z0-9_])(?<![A-Za-z0-9_]-)|(?<=\\[nrt])|(?<=%3D)|(?<=%22)|(?<=%20)|(?<=u0022)|(?<=u003[dD]))"
_AFTER_BASE64URL = "(?![A-Za-z0-9_-])"
_AFTER_BASE64 = "(?![A-Za-z0-9+/=])"
_AFTER_WORD = "(?![A-Za-z0-9_])"
_PADDING = "={0,2}"

# Texts too frequent in ordinary files to be searched for when the shape has another.
_FREQUENT = frozenset({"password=", "Password=", " password ", "https://", "http://"})


class Found(Struct, frozen=True):
    """Where a pattern matched. `body` is what the provider made up at random, joined without the fixed texts."""

    start: int
    end: int
    value_start: int
    body: str


class Pattern:
    """The grammar of one shape.

    One of `anchors` stands in every match (none when the shape has no fixed text); at most `lead` characters of the
    match precede it.
    """

    __slots__ = ("_ahead", "_body_groups", "_expression", "_label_group", "anchors", "lead", "record")

    def __init__(self, record: Record) -> None:
        self.record = record
        position, self.anchors = _anchor(record.parts)
        self.lead = sum(map(_most, record.parts[:position])) if position else 0
        self._ahead = _ahead(record.parts[position + 1 : position + 2])
        self._expression: re.Pattern[str] | None = None
        self._body_groups: tuple[int, ...] = ()
        self._label_group = 0

    @property
    def fixed(self) -> int:
        """How many characters are the same in every match: of two shapes that fit, the one with more is meant."""
        return sum(_most(part) for part in self.record.parts if isinstance(part, Text))

    def may_be(self, value: str) -> bool:
        """Whether a whole value could match, told without the expression: an anchor stands in it."""
        return not self.anchors or any(anchor in value for anchor in self.anchors)

    def around(self, text: str, place: int) -> Found | None:
        """The match whose anchor stands at `place`, or None."""
        if self._expression is None and not self._worth_compiling(text, place):
            return None
        if not self.lead:
            return self._found(self._compiled().match(text, place))
        first, last = max(0, place - self.lead), place + sum(map(_most, self.record.parts))
        for candidate in self._compiled().finditer(text, first, last):
            if candidate.start() <= place < candidate.end():
                return self._found(candidate)
        return None

    def whole(self, text: str) -> Found | None:
        """The match that is the whole text, or None."""
        return self._found(self._compiled().fullmatch(text))

    def _worth_compiling(self, text: str, place: int) -> bool:
        """Whether enough characters of a word follow the anchor: most places of a short anchor end here, uncompiled."""
        if not self._ahead:
            return True
        start = place + len(self.anchors[0])
        following = text[start : start + self._ahead]
        return len(following) == self._ahead and not following.strip(_WORD_CHARACTERS) and following.isascii()

    def _compiled(self) -> re.Pattern[str]:
        if self._expression is None:
            self._expression = re.compile(expression(self.record.parts))
            self._body_groups, self._label_group = _groups(self.record.parts)
        return self._expression

    def _found(self, match: re.Match[str] | None) -> Found | None:
        if match is None:
            return None
        value_start = match.start(self._label_group) if self._label_group else match.start()
        body = "".join(match[group] for group in self._body_groups)
        return Found(match.start(), match.end(), value_start, body)


def expression(parts: tuple[Part, ...]) -> str:
    """The regular expression of the parts with its boundaries; every run is a group, numbered from 1."""
    return _guard_before(parts[0]) + "".join(_part(part) for part in parts) + _guard_after(parts)


def _part(part: Part) -> str:
    if isinstance(part, Run):
        if part.set == "uuid":
            return f"({_UUID})"
        characters = SETS[part.set]
        if part.lengths:
            return "(" + "|".join(f"{characters}{{{length}}}" for length in part.lengths) + ")"
        return f"({characters}{{{part.least},{part.most}}})"
    if isinstance(part, Text):
        texts = [re.escape(text) for text in part.options]
        return texts[0] if len(texts) == 1 else "(?:" + "|".join(texts) + ")"
    raise TypeError("a structure is parsed, not matched")


def _guard_before(first: Part) -> str:
    if isinstance(first, Run) and first.set not in _FREE_SETS:
        return f"(?<!{SETS[first.set]})"
    return _BEFORE


def _guard_after(parts: tuple[Part, ...]) -> str:
    last = next(part for part in reversed(parts) if isinstance(part, Run))
    if last.set == "base64":
        ends_in_run = parts[-1] is last
        return (_PADDING if ends_in_run else "") + _AFTER_BASE64
    return _AFTER_BASE64URL if last.set in {"base64url", "uuid", "unreserved"} else _AFTER_WORD


def _groups(parts: tuple[Part, ...]) -> tuple[tuple[int, ...], int]:
    """Which groups make the body, and the group a value starts at when a label ("AccountKey=") precedes it, else 0."""
    runs = [part for part in parts if isinstance(part, Run)]
    made_up = [number for number, run in enumerate(runs, 1) if run.set not in _FREE_SETS]
    label, number = 0, 0
    before: Part = Text(())
    for part in parts:
        if isinstance(part, Run):
            number += 1
            if isinstance(before, Text) and all(len(text) > 2 and text.endswith(("=", " ")) for text in before.options):
                label = number if before.options else label
        before = part
    if label:
        return (label,), label
    return tuple(made_up) or tuple(range(len(runs), len(runs) + bool(runs))), 0


def _anchor(parts: tuple[Part, ...]) -> tuple[int, tuple[str, ...]]:
    best, position = 0, 0
    anchors: tuple[str, ...] = ()
    for index, part in enumerate(parts):
        if isinstance(part, Text):
            rank = 1 if _FREQUENT.intersection(part.options) else min(map(len, part.options))
            if rank > best:
                best, position, anchors = rank, index, part.options
    return position, anchors


def _ahead(following: tuple[Part, ...]) -> int:
    """How many word characters stand at least behind the anchor; 0 when that says nothing."""
    part = following[0] if following else None
    return part.least if isinstance(part, Run) and part.set not in _FREE_SETS and part.set != "percent_encoded" else 0


def _most(part: Part) -> int:
    if isinstance(part, Run):
        return part.most
    return max(map(len, part.options)) if isinstance(part, Text) else 0
