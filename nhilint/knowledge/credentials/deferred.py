"""Regular expressions that are compiled when first used: compiling all of this package's would cost 30 ms a start."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Deferred:
    """The text of a regular expression, usable like the compiled one."""

    __slots__ = ("_compiled", "_flags", "_text")

    def __init__(self, *texts: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._text = "".join(texts)
        self._flags = flags
        self._compiled: re.Pattern[str] | None = None

    def _ready(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = re.compile(self._text, self._flags)
        return self._compiled

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match that is the whole text."""
        return self._ready().fullmatch(text)

    def match(self, text: str, place: int = 0) -> re.Match[str] | None:
        """The match that begins at `place`."""
        return self._ready().match(text, place)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match."""
        return self._ready().search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches that do not overlap, in order."""
        return self._ready().finditer(text)

    def findall(self, text: str) -> list[str]:
        """The texts of all matches; the expression must not hold a group."""
        return self._ready().findall(text)
