"""Quoted templates and heredocs become their literal parts and the expressions between them.

Source: the template sub-language of the HCL native syntax specification
(github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md), partly re-read 2026-11-22. Directives (`%{ if … }`) make a text
that only a run can tell.
"""

from __future__ import annotations

import re
from textwrap import dedent
from typing import TYPE_CHECKING, NamedTuple

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST = 200_000
_START = Deferred(r"\$\$\{|%%\{|\$\{|%\{")
_STEP = Deferred(r'[{}]|"(?:[^"\\]|\\.)*"', flags=re.DOTALL)
_ESCAPE = Deferred(r'\\([nrt"\\])')
_NAMED = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_PRIVATE = 0xE000
_MOST_HOLES = 6_000


class Hole(NamedTuple):
    """An expression within a template: its offsets with the braces, and its source."""

    start: int
    end: int
    source: str


def holes(text: str) -> list[Hole] | None:
    """The interpolations of a template; None where it has directives or no end."""
    if len(text) > _LONGEST:
        return None
    found: list[Hole] = []
    position = 0
    while (start := _START.search(text, position)) is not None:
        if start.group() == "%{" or len(found) == _MOST_HOLES:
            return None
        position = start.end()
        if start.group() == "${":
            end = _closing(text, position)
            if end is None:
                return None
            found.append(Hole(start.start(), end, text[position : end - 1].strip()))
            position = end
    return found


def filled(text: str, fill: Callable[[str], str]) -> str | None:
    """A template with its expressions replaced; None where it has directives."""
    found = holes(text)
    if found is None:
        return None
    parts: list[str] = []
    position = 0
    for hole in found:
        parts.extend((_plain(text[position : hole.start]), fill(hole.source)))
        position = hole.end
    return "".join((*parts, _plain(text[position:])))


def quoted(source: str) -> str:
    """The inside of a quoted template, its escapes resolved."""
    return _ESCAPE.sub(lambda hit: _NAMED[hit[1]], source[1:-1])


def heredoc(source: str) -> tuple[str, int] | None:
    """The lines of a heredoc as written, and where they begin in its source."""
    first, last = source.find("\n"), source.rstrip().rfind("\n")
    return (source[first + 1 : last + 1], first + 1) if 0 <= first < last else None


def written(source: str) -> str:
    """What a text says, in quotes or as a heredoc, of which `<<-` takes off the space that all lines begin with."""
    lines = heredoc(source) if source.startswith("<<") else None
    if lines is None:
        return quoted(source)
    return dedent(lines[0]) if source.startswith("<<-") else lines[0]


class Masked(NamedTuple):
    """A template whose expressions are replaced by marks of the same length, so that offsets stay."""

    text: str
    sources: list[str]

    def restored(self, part: str, fill: Callable[[str], str]) -> str:
        """A part of the text with its marks replaced by what their expressions give."""
        return _plain(_MARK.sub(lambda mark: fill(self.sources[ord(mark[1]) - _PRIVATE]), part))

    def lone(self, part: str) -> str | None:
        """The expression of a part that is nothing else."""
        whole = _MARK.fullmatch(part)
        return self.sources[ord(whole[1]) - _PRIVATE] if whole else None


_MARK = Deferred(r"([\ue000-\uf7ff])\1*")


def masked(text: str) -> Masked | None:
    """A template with marks for its expressions; None where that cannot be done."""
    found = holes(text)
    if found is None or re.search(r"[\ue000-\uf7ff]", text):
        return None
    parts: list[str] = []
    position = 0
    for index, hole in enumerate(found):
        parts.extend((text[position : hole.start], chr(_PRIVATE + index) * (hole.end - hole.start)))
        position = hole.end
    return Masked("".join((*parts, text[position:])), [hole.source for hole in found])


def _closing(text: str, position: int) -> int | None:
    depth = 1
    for step in _STEP.finditer(text, position):
        if step[0] == "{":
            depth += 1
        elif step[0] == "}":
            depth -= 1
            if depth == 0:
                return step.end()
    return None


def _plain(text: str) -> str:
    return text.replace("$${", "${").replace("%%{", "%{")


def lone(text: str) -> str | None:
    """The expression of a template that is nothing else."""
    if not text.startswith("${") or not text.endswith("}"):
        return None
    found = holes(text) if "${" in text[2:] else [Hole(0, len(text), text[2:-1].strip())]
    return found[0].source if found and found[0].end == len(text) else None
