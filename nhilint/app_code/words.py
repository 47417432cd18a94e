"""Whether a text has a word: a name that no further letter of a name touches on either side."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def has_word(text: str, word: str) -> bool:
    """Whether `word` stands in `text` by itself; where it begins or ends with a sign, anything may follow there."""
    start = text.find(word)
    while start != -1:
        end = start + len(word)
        before = text[start - 1 : start] if _is_of_name(word[0]) else ""
        after = text[end : end + 1] if _is_of_name(word[-1]) else ""
        if not (_is_of_name(before) or _is_of_name(after)):
            return True
        start = text.find(word, start + 1)
    return False


def has_any(texts: Iterable[str], words: Iterable[str]) -> bool:
    """Whether one of the words stands in one of the texts."""
    wanted = tuple(words)
    return any(has_word(text, word) for text in texts for word in wanted)


def _is_of_name(letter: str) -> bool:
    return letter.isalnum() or letter in {"_", "$"}
