"""The text of a file becomes the line hashes by which GitHub follows an alert from one commit to the next.

The algorithm is that of github/codeql-action, src/fingerprints.ts: from the start of a line 100 UTF-16 code units are
taken, running on into later lines, with spaces and tabs left out and every line end as a line feed; the file ends with
one unit 65535, then zeros. The hash is the sum of unit i times 37^(99-i), modulo 2^64, in hexadecimal without padding;
after a colon follows how often that value has occurred so far in the file.
"""

from __future__ import annotations

import re
from operator import mul

from nhilint.source.deferred import Deferred

_UNITS = 100
_POWERS = [pow(37, _UNITS - 1 - index, 1 << 64) for index in range(_UNITS)]
_MASK = (1 << 64) - 1
_END = "\uffff" + "\0" * _UNITS
_ASTRAL = Deferred("[\U00010000-\U0010ffff]")


class LineHashes:
    """The hashes of one file's lines, computed for the lines that are asked for."""

    __slots__ = ("_occurrences", "_starts", "_units")

    def __init__(self, text: str) -> None:
        dense = text.replace("\r\n", "\n").replace("\r", "\n").replace(" ", "").replace("\t", "")
        units = _ASTRAL.sub(_surrogates, dense)
        self._starts = [0, *(end.end() for end in re.finditer("\n", units))]
        self._units = units + _END
        self._occurrences: list[int] = []

    def of(self, line: int) -> str | None:
        """`primaryLocationLineHash` of a line counted from 1; None beyond the last line."""
        if not 1 <= line <= len(self._starts):
            return None
        if not self._occurrences:
            self._occurrences = self._count()
        value = sum(map(mul, _POWERS, map(ord, self._window(self._starts[line - 1])))) & _MASK
        return f"{value:x}:{self._occurrences[line - 1]}"

    def _window(self, start: int) -> str:
        return self._units[start : start + _UNITS]

    def _count(self) -> list[int]:
        """For every line how many up to it begin with the same window: equal windows are equal hashes."""
        seen: dict[str, int] = {}
        occurrences = []
        for window in map(self._window, self._starts):
            seen[window] = seen.get(window, 0) + 1
            occurrences.append(seen[window])
        return occurrences


def _surrogates(match: re.Match[str]) -> str:
    high, low = divmod(ord(match.group()) - 0x10000, 0x400)
    return chr(0xD800 + high) + chr(0xDC00 + low)
