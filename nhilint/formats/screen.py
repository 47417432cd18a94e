"""The words that a file must have in it to be of a format, asked of many files at once.

A file of a common ending may belong to twenty formats, and looking for each of their words costs more than parsing.
Where many such files come, an automaton says in one pass that none of the words occurs, which is so for most of them.
It answers "none" and nothing else: which claim fits is always decided by the claim's own probe.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from nhilint.formats.format import Claim

_FEW_FILES = 40
"""Up to so many files of a kind, loading and building the automaton costs more than it saves."""
_FEW_WORDS = 8


class Screen:
    """The probes of claims that compete for the same files. Use one for all of those files."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        probes = [claim.probe for claim in claims]
        self._words = frozenset(word for probe in probes for word in probe)
        self._pays = all(probes) and len(self._words) > _FEW_WORDS
        self._seen = 0
        self._automaton: Any = None

    def rules_out(self, data: bytes) -> bool:
        """Whether it is known that no claim fits these bytes; False also where that has not been found out."""
        if not self._pays:
            return False
        self._seen += 1
        if self._seen <= _FEW_FILES:
            return False
        if self._automaton is None:
            self._automaton = _automaton(self._words)
        return next(self._automaton.iter(data.decode("latin-1")), None) is None


def _automaton(words: Iterable[bytes]) -> Any:  # noqa: ANN401 - pyahocorasick has no types
    """All words, every byte as the character of that number."""
    from ahocorasick import Automaton

    automaton = Automaton()
    for word in words:
        automaton.add_word(word.decode("latin-1"), word)
    automaton.make_automaton()
    return automaton
