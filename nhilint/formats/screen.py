"""The words that a file must have in it to be of a format, asked of many files at once.

A file of a common ending may belong to twenty formats, and looking for each of their words costs more than parsing.
Where much of such files comes, an automaton finds all words in one pass: that none occurs, which is so for most files,
or which claims fit. A pass goes only as far as the answer needs it, since whoever asks often takes the first claim.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from nhilint.formats.format import Claim

_LITTLE = 250_000
"""Up to so many bytes of a kind, loading and building the automaton costs more than it saves."""
_FEW_WORDS = 8


def probe_fits(claim: Claim, data: bytes) -> bool:
    """Whether the bytes contain one of the claim's probes, or it has none."""
    for probe in claim.probe:
        if probe in data:
            return True
    return not claim.probe


class Screen:
    """Claims that compete for the same files, strongest first. Use one for all of those files."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._claims = tuple(claims)
        self._words = frozenset(word for claim in self._claims for word in claim.probe)
        self._pays = all(claim.probe for claim in self._claims) and len(self._words) > _FEW_WORDS
        self._seen = 0
        self._automaton: Any = None

    def fitting(self, data: bytes) -> Iterator[Claim]:
        """The claims that fit these bytes; a weaker one is looked for only when asked for."""
        self._seen += len(data)
        if not self._pays or self._seen <= _LITTLE:
            return (claim for claim in self._claims if probe_fits(claim, data))
        if self._automaton is None:
            self._automaton = _automaton(self._words)
        return self._found(self._automaton.iter(data.decode("latin-1")))

    def _found(self, hits: Iterator[tuple[int, bytes]]) -> Iterator[Claim]:
        """The claims of which a word is among the hits; those that are not needed for the answer stay unread."""
        there = {word for _, word in islice(hits, 1)}
        for claim in self._claims if there else ():
            if there.isdisjoint(claim.probe):
                there.update(word for _, word in hits)
            if not there.isdisjoint(claim.probe):
                yield claim


def _automaton(words: Iterable[bytes]) -> Any:  # noqa: ANN401 - pyahocorasick has no types
    """All words, every byte as the character of that number."""
    from ahocorasick import Automaton

    automaton = Automaton()
    for word in words:
        automaton.add_word(word.decode("latin-1"), word)
    automaton.make_automaton()
    return automaton
