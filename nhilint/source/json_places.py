"""JSON and JSONC text becomes places: where each key and value stands.

For text whose value is known already, so that only tokens are left to find: one regular expression over the text, and
a stack. That is three times as fast as parsing and walking a syntax tree, and takes the decoder's word on what a
string says.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from nhilint.source.json_text import COMMENT, STRING
from nhilint.source.place import Offsets, Place, Style
from nhilint.source.surrogates import repaired

if TYPE_CHECKING:
    from nhilint.source.limits import Limits

_TOKEN = re.compile(rf"(?s:{STRING})|{COMMENT}|[{{}}\[\],:]|[^\s{{}}\[\],:\"/]+")


def find_places(text: str, _limits: Limits) -> Place:
    """The places of a text that `read_json` has read."""
    return _Tokens().take(text)


def repeated_keys(text: str) -> list[int]:
    """The offsets of keys that their object already had, in order."""
    tokens = _Tokens()
    tokens.take(text)
    return tokens.repeated


class _Tokens:
    """The stack of open containers while tokens pass by."""

    def __init__(self) -> None:
        self.repeated: list[int] = []
        self._open: list[Place] = []
        self._key: str | None = None
        self._key_offsets: Offsets | None = None
        self._root = Place(0, 0)

    def take(self, text: str) -> Place:
        """The root of the places of the whole text."""
        for token in _TOKEN.finditer(text):
            start, end = token.span()
            match text[start]:
                case '"':
                    self._string(token[0], start, end)
                case "{":
                    self._enter(Place(start, end, children={}))
                case "[":
                    self._enter(Place(start, end, children=[]))
                case "}" | "]":
                    self._open.pop().end = end
                case "," | ":" | "/":
                    pass
                case _:
                    self._add(Place(start, end))
        return self._root

    def _enter(self, place: Place) -> None:
        self._add(place)
        self._open.append(place)

    def _string(self, source: str, start: int, end: int) -> None:
        """A string is a key where its object waits for one, and a value elsewhere."""
        if self._key is not None or not self._open or not isinstance(self._open[-1].children, dict):
            self._add(Place(start, end, Style.ESCAPED))
            return
        self._key = source[1:-1] if "\\" not in source else repaired(json.loads(source))
        self._key_offsets = (start, end)
        if self._key in self._open[-1].children:
            self.repeated.append(start)

    def _add(self, place: Place) -> None:
        siblings = self._open[-1].children if self._open else None
        if isinstance(siblings, list):
            siblings.append(place)
        elif siblings is None:
            self._root = place
        elif self._key is not None:
            place.key = self._key_offsets
            siblings[self._key] = place
            self._key = None
