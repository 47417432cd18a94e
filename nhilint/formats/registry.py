"""Every claim on files, and the one question "whose file is this?", answered without parsing.

Families come in order: the first claim that fits wins. Adding a family is one name here; adding a format is a claim in
its family.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.formats.format import Claim, Reader

FAMILIES = ("claude", "mcp", "github", "aws", "google", "slack")


@cache
def claims() -> tuple[Claim, ...]:
    """Every claim of every family, strongest first."""
    found: list[Claim] = []
    for family in FAMILIES:
        found.extend(import_module(f"nhilint.formats.{family}.claims").CLAIMS)
    return tuple(found)


def reader_of(claim: Claim) -> Reader:
    """The module that reads the files of a claim."""
    return cast("Reader", import_module(f"nhilint.formats.{claim.reads}"))


class Recogniser:
    """Matches paths to claims: exact names by look-up, the rest by one pass over the few claims that need it."""

    def __init__(self, all_claims: Iterable[Claim]) -> None:
        self._claims = tuple(all_claims)
        self._by_name: dict[str, list[int]] = {}
        self._by_suffix: dict[str, list[int]] = {}
        self._by_path: list[tuple[re.Pattern[str], int]] = []
        for index, claim in enumerate(self._claims):
            for name in claim.names:
                self._by_name.setdefault(name.lower(), []).append(index)
            for suffix in claim.suffixes:
                self._by_suffix.setdefault(suffix.lower(), []).append(index)
            if claim.paths:
                self._by_path.append((re.compile("|".join(map(_pattern, claim.paths)), re.IGNORECASE), index))
        self._longest_suffix = tuple(sorted(self._by_suffix, key=len, reverse=True))

    def candidates(self, path: str) -> tuple[Claim, ...]:
        """The claims that fit a path, strongest first; their probes are not looked at yet."""
        name = path.rsplit("/", 1)[-1].lower()
        found = list(self._by_name.get(name, ()))
        for suffix in self._longest_suffix:
            if name.endswith(suffix):
                found.extend(self._by_suffix[suffix])
        found.extend(index for pattern, index in self._by_path if pattern.search(path))
        return tuple(self._claims[index] for index in sorted(set(found)))

    def recognise(self, path: str, data: bytes) -> tuple[Claim, ...]:
        """The claims that fit a path and its bytes, strongest first."""
        return tuple(claim for claim in self.candidates(path) if probe_fits(claim, data))


def probe_fits(claim: Claim, data: bytes) -> bool:
    """Whether the bytes contain one of the claim's probes, or it has none."""
    return not claim.probe or any(probe in data for probe in claim.probe)


def _pattern(glob: str) -> str:
    """A path glob as a regular expression without nested repetition: `**/` any folders, `*` within one part."""
    parts = re.split(r"(\*\*/|\*|\?)", glob)
    meaning = {"**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}
    return "(?:^|/)" + "".join(meaning.get(part, re.escape(part)) for part in parts) + "$"
