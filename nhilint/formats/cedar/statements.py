"""The text of Cedar policies becomes statements: effect, the three parts of the scope, and the conditions.

Conditions are kept as their text; only whether there are any that can fail is asked. Source:
docs.cedarpolicy.com/policies/syntax-grammar.html, read 2026-11-22. A text that does not follow the grammar yields None.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from nhilint.source.deferred import Deferred

_TOKEN = Deferred(r'\s+|//[^\n]*|"(?:[^"\\]|\\.)*(?:"|\\?\Z)|[A-Za-z_]\w*|::|[=!<>]=|&&|\|\||[^\s]', flags=re.DOTALL)
_MOST = 200_000
_CLOSED_BY = {"(": ")", "[": "]", "{": "}"}


class Token(NamedTuple):
    """One token with its offset in the text."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


class Statement(NamedTuple):
    """One policy. The parts of the scope are the texts behind `principal`, `action` and `resource`, empty for any."""

    name: str | None
    effect: Literal["permit", "forbid"]
    principal: str
    action: str
    resource: str
    conditions: tuple[tuple[str, str], ...]
    head: tuple[int, int]


def statements(text: str) -> list[Statement] | None:
    """Every statement of a text; None where the text is none, or is cut off."""
    tokens = _tokens(text)
    found: list[Statement] = []
    position = 0
    while position < len(tokens):
        read = _statement(tokens, position)
        if read is None:
            return None
        statement, position = read
        found.append(statement)
    return found


def _tokens(text: str) -> list[Token]:
    found = (Token(hit.group(), hit.start()) for hit in _TOKEN.finditer(text[: _MOST * 5]))
    return [token for token in found if not token.text.isspace() and not token.text.startswith("//")][:_MOST]


def _statement(tokens: list[Token], position: int) -> tuple[Statement, int] | None:
    name, position = _annotations(tokens, position)
    effect = _text(tokens, position)
    if effect not in ("permit", "forbid"):
        return None
    start = tokens[position].start
    end = _closing(tokens, position + 1, "(")
    parts = _scope(tokens[position + 2 : end]) if end is not None else None
    if end is None or parts is None:
        return None
    head = (start, tokens[end].end)
    position = end + 1
    conditions: list[tuple[str, str]] = []
    while (word := _text(tokens, position)) in ("when", "unless"):
        end = _closing(tokens, position + 1, "{")
        if end is None:
            return None
        conditions.append((word, _joined(tokens[position + 2 : end])))
        position = end + 1
    if _text(tokens, position) != ";":
        return None
    kind: Literal["permit", "forbid"] = "permit" if effect == "permit" else "forbid"
    return Statement(name, kind, *parts, tuple(conditions), head), position + 1


def _annotations(tokens: list[Token], position: int) -> tuple[str | None, int]:
    """The `@id` of a policy, and where its effect stands."""
    name = None
    while _text(tokens, position) == "@":
        key, value = _text(tokens, position + 1), _text(tokens, position + 3)
        is_given = _text(tokens, position + 2) == "("
        if key == "id" and is_given:
            name = value.strip('"')
        position += 5 if is_given else 2
    return name, position


def _scope(tokens: list[Token]) -> tuple[str, str, str] | None:
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.text in _CLOSED_BY) - (token.text in _CLOSED_BY.values())
        if token.text == "," and depth == 0:
            parts.append([])
        else:
            parts[-1].append(token)
    if len(parts) == 4 and not parts[3]:
        parts.pop()
    named = [part[0].text if part else "" for part in parts]
    if named != ["principal", "action", "resource"]:
        return None
    principal, action, resource = (_joined(part[1:]) for part in parts)
    return principal, action, resource


def _closing(tokens: list[Token], position: int, opening: str) -> int | None:
    """The index of the token that closes what opens at a position."""
    if _text(tokens, position) != opening:
        return None
    depth = 0
    for index in range(position, len(tokens)):
        text = tokens[index].text
        depth += (text in _CLOSED_BY) - (text in _CLOSED_BY.values())
        if depth == 0:
            return index
    return None


def _joined(tokens: list[Token]) -> str:
    words = " ".join(token.text for token in tokens)
    return words.replace(" :: ", "::")


def _text(tokens: list[Token], position: int) -> str:
    return tokens[position].text if position < len(tokens) else ""
