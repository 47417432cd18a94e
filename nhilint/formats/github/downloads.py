"""Finds scripts that fetch a program from the network and run it at once, and whose program that is.

What stands at an address is whatever its owner puts there at the moment of the run. An address with a commit in it is
fixed; a checksum between the fetching and the running shows as a command of its own, so that nothing runs at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.formats.github.actions import words_of_secret
from nhilint.formats.github.project_code import neutral
from nhilint.formats.github.shipped_programs import is_githubs_ubuntu, without_what_is_there
from nhilint.knowledge.tools.shell_text import split_commands
from nhilint.knowledge.tools.shells import downloads_and_runs
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.place import Place

_ADDRESS = Deferred(r"https?://([\w.-]{1,200})(/[^\s\"'|;)<>]{0,400})?")
_COMMIT = Deferred(r"(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])")
_FETCHERS = Deferred(r"\b(?:curl|wget)\b")
_MOST_LINES = 500
_LONGEST = 4_000


class Download(Struct, frozen=True):
    """A program that is fetched and run: its address without the scheme, and the place of it."""

    address: str
    at: Place

    @property
    def said(self) -> str:
        """What is fetched, in words."""
        return self.address

    def serves(self, secret: str) -> bool:
        """Whether a secret's name says that it belongs to the service that the program is fetched from."""
        return any(word in self.address.lower() for word in words_of_secret(secret))


def downloaded(step: Node, job: Node) -> Download | None:
    """The first program that a script fetches and runs in one go; None for one that is fixed by a commit, or that is
    fetched only where a program is missing that the machine of the job has."""
    text = step.value_under("run")
    if not isinstance(text, str) or ("curl" not in text and "wget" not in text) or "sh" not in text:
        return None
    if is_githubs_ubuntu(job):
        text = without_what_is_there(text)
    for position, line in _commands_of(text):
        fetcher = _FETCHERS.search(line)
        match = (_ADDRESS.search(line, fetcher.start()) or _ADDRESS.search(line)) if fetcher is not None else None
        if match is not None and _COMMIT.search(match[0]) is None and _runs(line):
            at = step["run"].at.within_text(position + match.start(), position + match.end())
            return Download(f"{match[1]}{match[2] or ''}", at)
    return None


def _commands_of(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a script, each with where it starts; one that a backslash or a pipe continues, with what follows."""
    start, position = 0, 0
    for line in text.splitlines(keepends=True)[:_MOST_LINES]:
        position += len(line)
        is_comment = text[start:position].lstrip().startswith("#")
        if is_comment or position - start > _LONGEST or not line.rstrip().endswith(("\\", "|")):
            yield start, text[start:position]
            start = position
    if start < position:
        yield start, text[start:position]


def _runs(line: str) -> bool:
    try:
        return downloads_and_runs(split_commands(neutral(line)))
    except ValueError:
        return False
