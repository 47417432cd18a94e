"""A text with `*` and `?` becomes a test on other texts that no pattern can make slow.

`*` stands for any run of characters, `?` for exactly one; every other character, `[` and `\\` included, stands for
itself (IAM User Guide, "IAM JSON policy elements: Action" and "Resource"). This is not `fnmatch` and no regular
expression: both go exponential on patterns that a hostile file may hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def has_wildcard(text: str) -> bool:
    """Whether the text holds a `*` or a `?`."""
    return "*" in text or "?" in text


def wildcard_test(pattern: str) -> Callable[[str], bool]:
    """A test for whole texts. Case counts: fold both sides first where it does not."""
    if "?" in pattern:
        return Automaton.of(pattern).matches
    pieces = pattern.split("*")
    return lambda text: _holds_in_order(pieces, text)


def _holds_in_order(pieces: Sequence[str], text: str) -> bool:
    """Whether the pieces stand in the text in this order, the first at its start and the last at its end."""
    first, last = pieces[0], pieces[-1]
    if len(pieces) == 1:
        return text == first
    if not text.startswith(first):
        return False
    at = len(first)
    for piece in pieces[1:-1]:
        at = text.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return len(text) - len(last) >= at and text.endswith(last)


class Automaton(Struct, frozen=True):
    """A pattern as states in one integer: bit i of a state set says that its first i literals are matched."""

    literals: dict[str, int]
    """character → bits of the positions it matches"""
    anything: int
    """bits of the positions that hold `?`"""
    stars: int
    """bits of the states that absorb any character but the barrier"""
    crossing_stars: int
    """bits of the states that absorb the barrier"""
    accept: int
    barrier: str

    @classmethod
    def of(cls, pattern: str, *, barrier: str = "", crosses: frozenset[int] = frozenset()) -> Automaton:
        """The automaton of a pattern.

        `barrier` is a character that a `*` does not absorb, unless the index of that `*` in `pattern` is in `crosses`.
        """
        literals: dict[str, int] = {}
        anything = stars = crossing = 0
        state = 1
        for index, character in enumerate(pattern):
            if character == "*":
                stars |= state
                crossing |= state if index in crosses else 0
                continue
            if character == "?":
                anything |= state
            else:
                literals[character] = literals.get(character, 0) | state
            state <<= 1
        return cls(literals, anything, stars, crossing, state, barrier)

    def matches(self, text: str) -> bool:
        """Whether the whole text matches, in one pass over it."""
        states = 1
        for character in text:
            stars = self.crossing_stars if character == self.barrier else self.stars
            step = self.literals.get(character, 0) | self.anything
            states = ((states & step) << 1) | (states & stars)
            if not states:
                return False
        return bool(states & self.accept)
