"""How several words become a part of a sentence, wherever one is made for a person: in a fact or in a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def in_a_row(words: Sequence[str]) -> str:
    """Words as a sentence lists them: a, b and c. At least one word."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
