"""The lines of a scanned file as reports may show them: every credential in them is dots but for its first characters.

What the extractors know to be a credential is covered at its place. Whatever else on the line has the shape of one, or
stands before the `@` of an address, is covered too: a finding about one thing must not print the secret beside it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.source.document import Document
    from nhilint.source.span import Span

_SHOWN_OF_SECRET = 4
_LOGIN = Deferred(r"(?<=://)[^\s/@:\"'<>]{0,200}:([^\s/@\"'<>]{1,2000})@")
_RUN = Deferred(r"[A-Za-z0-9_+/=.~-]{16,}")
_BLOCK = "-----BEGIN "


class ShownLines:
    """The lines of one document, each made once however many findings show it."""

    def __init__(self, document: Document, secrets: Iterable[Span]) -> None:
        self._document = document
        self._made: dict[int, str] = {}
        self._on_line: dict[int, list[Span]] = defaultdict(list)
        self._over_lines: list[Span] = []
        for secret in secrets:
            if secret.start.line == secret.end.line:
                self._on_line[secret.start.line].append(secret)
            else:
                self._over_lines.append(secret)

    def line(self, number: int) -> str:
        """A line in its full length, so that carets under it still fit."""
        if number not in self._made:
            text = self._document.line(number)
            text = _covered(text, self._stretches(number, len(text)))
            self._made[number] = _covered(text, [*_logins(text), *_shaped(text)])
        return self._made[number]

    def _stretches(self, number: int, length: int) -> Iterator[tuple[int, int]]:
        """Where known credentials stand on a line."""
        for secret in self._on_line.get(number, ()):
            yield secret.start.column - 1 + _SHOWN_OF_SECRET, secret.end.column - 1
        for secret in self._over_lines:
            if secret.start.line <= number <= secret.end.line:
                start = secret.start.column - 1 + _SHOWN_OF_SECRET if number == secret.start.line else 0
                yield start, secret.end.column - 1 if number == secret.end.line else length


def _covered(text: str, stretches: Iterable[tuple[int, int]]) -> str:
    """The text with dots over some stretches of it, which may overlap."""
    pieces: list[str] = []
    done = 0
    for start, end in sorted(stretches):
        first, last = max(done, start), min(end, len(text))
        if first < last:
            pieces += [text[done:first], "•" * (last - first)]
            done = last
    return "".join([*pieces, text[done:]])


def _logins(text: str) -> Iterator[tuple[int, int]]:
    """The passwords of addresses such as `https://user:password@host`."""
    if "://" in text:
        yield from (found.span(1) for found in _LOGIN.finditer(text))


def _shaped(text: str) -> Iterator[tuple[int, int]]:
    """What has the shape of a credential. Lines without a long run of letters and digits load no catalogue."""
    runs = (found.group() for found in _RUN.finditer(text))
    if _BLOCK in text or any(not run.isalpha() and any(map(str.isdigit, run)) for run in runs):
        from nhilint.knowledge.credentials import scan

        yield from ((match.start + _SHOWN_OF_SECRET, match.end) for match in scan(text))
