"""Tells text that people write from text that a machine made up at random.

Everything here is about letters and their order: no provider, no position, no format. The thresholds were set on random
samples of every alphabet in the catalogue against names, slugs and identifiers from public configuration files.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import pairwise
from math import log2

from nhilint.knowledge.credentials.records import catalogue
from nhilint.source.deferred import Deferred

_CHUNK = Deferred(r"[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_COUNTED_UP = Deferred(r"^[A-Za-z][A-Za-z_.-]{1,23}12345?6?7?8?9?0?$")
_LEET = str.maketrans("013457@$!", "oieastasi")
_SHORT_WORDS = frozenset({"my", "put", "add", "abc", "foo", "bar", "baz", "key", "nil", "tbd", "xxx", "yyy", "zzz"})


def entropy(text: str) -> float:
    """Shannon entropy in bits per character; 0.0 for an empty text."""
    total = len(text)
    return -sum(count / total * log2(count / total) for count in Counter(text).values()) if total else 0.0


def ascending_share(text: str) -> float:
    """The share of neighbours where the second follows the first in the character table ("abc", "123")."""
    if len(text) < 2:
        return 0.0
    return sum(ord(after) - ord(before) == 1 for before, after in pairwise(text)) / (len(text) - 1)


def reads_as_words(text: str) -> bool:
    """Whether the text is built from words, a few numbers and separators, as names and slugs are.

    Words are told by the pairs their letters make: 299 of the 676 pairs make up 97 percent of those in technical prose.
    """
    chunks = _CHUNK.findall(text)
    if not chunks:
        return True
    spelled = [chunk for chunk in chunks if chunk.isalpha()]
    letters = sum(map(len, spelled))
    if len(spelled) * 2 < len(chunks) or letters < 2.9 * len(spelled):
        return False
    return usual_pairs(text) >= 0.85


def usual_pairs(text: str) -> float:
    """The share of neighbouring letters within words that are usual neighbours; 1.0 when there are none."""
    usual = catalogue().letter_pairs
    pairs = [
        first + second for chunk in _CHUNK.findall(text) for first, second in pairwise(chunk.lower()) if chunk.isalpha()
    ]
    return sum(pair in usual for pair in pairs) / len(pairs) if pairs else 1.0


def made_of_words(text: str) -> bool:
    """Whether the text is glued from known words, one of them a placeholder word: `changeme`, `yourapikeyhere`.

    It is read as written, without the digits at its end, and with 0 for o, 3 for e and so on (`P@ssw0rd1`). Texts of
    more than 64 letters are not read. A word that somebody counted up behind (`backup123456`) is one as well.
    """
    return _COUNTED_UP.search(text) is not None or any(_glued(spelling) for spelling in _spellings(text))


def _spellings(text: str) -> set[str]:
    lowered = text.lower()
    bare = "".join(letter for letter in lowered if letter.isalpha())
    plain = lowered.rstrip("0123456789!@#$%^&*.?-_")
    spelled = "".join(letter for letter in plain.translate(_LEET) if letter.isalpha())
    whole = "".join(letter for letter in lowered.translate(_LEET) if letter.isalpha())
    return {spelling for spelling in (bare, spelled, whole) if 3 < len(spelling) <= 64}


@lru_cache(maxsize=2048)
def _glued(letters: str) -> bool:
    known, glue = catalogue().words, catalogue().glue
    ends: dict[int, bool] = {0: False}  # how far words reach → whether a placeholder word was among them
    for start in range(len(letters)):
        if start not in ends:
            continue
        for end in range(start + 1, min(len(letters), start + 15) + 1):
            word = letters[start:end]
            if word in known:
                ends[end] = True
            elif word in glue:
                ends[end] = ends.get(end, False) or ends[start]
    return ends.get(len(letters), False)


def placeholder_word_in(text: str) -> bool:
    """Whether a placeholder word stands in the text, set apart by separators, or long enough not to be chance."""
    lowered = text.lower()
    shortest = 4 if len(text) <= 100 else 6
    for word in catalogue().words:
        if word in lowered and (
            _set_apart(word, lowered) or (len(word) >= shortest and _one_case(word, text, lowered))
        ):
            return True
    return False


def _set_apart(word: str, lowered: str) -> bool:
    place = lowered.find(word)
    while place >= 0:
        before = lowered[place - 1 : place]
        after = lowered[place + len(word) : place + len(word) + 1]
        if not before.isalnum() and not after.isalnum() and (len(word) > 3 or word in _SHORT_WORDS):
            return True
        place = lowered.find(word, place + 1)
    return False


def _one_case(word: str, text: str, lowered: str) -> bool:
    place = lowered.find(word)
    written = text[place : place + len(word)]
    return written in {word, word.upper(), word.capitalize()}
