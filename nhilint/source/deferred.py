"""Regular expressions that are compiled when first used.

Most runs meet few formats, and of these few oddities: compiling every expression with its module would take a sixth of
the time in which one file is checked.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Deferred:
    """The text of a regular expression, usable like the compiled one, whose methods it takes over at first use."""

    def __init__(self, *texts: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._text = "".join(texts)
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._text, self._flags)

    @property
    def pattern(self) -> str:
        """The text of the expression."""
        return self._text

    @cached_property
    def search(self) -> Callable[..., re.Match[str] | None]:
        """The first match in a text, from a place on where one is given."""
        return self._compiled.search

    @cached_property
    def match(self) -> Callable[..., re.Match[str] | None]:
        """The match at the beginning of a text, or at a place in it."""
        return self._compiled.match

    @cached_property
    def fullmatch(self) -> Callable[..., re.Match[str] | None]:
        """The match that is the whole text."""
        return self._compiled.fullmatch

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        """All matches in a text that do not overlap, in order."""
        return self._compiled.finditer

    @cached_property
    def findall(self) -> Callable[..., list[Any]]:
        """The texts of all matches, or of the groups of each."""
        return self._compiled.findall

    @cached_property
    def split(self) -> Callable[..., list[str]]:
        """The parts of a text between the matches."""
        return self._compiled.split

    @cached_property
    def sub(self) -> Callable[..., str]:
        """A text with every match replaced."""
        return self._compiled.sub
