"""Recognises values that stand where a credential would but evidently are none: `<token>`, `xxxx`, `your-key-here`.

`why_placeholder` names the grammar that matched, in words a message can use, or None. It is asked about the whole value
and about the part behind a known prefix. Documented examples are told by `examples`, pointers by `references`.
"""

from __future__ import annotations

from collections import Counter

from nhilint.knowledge.credentials.words import (
    ascending_share,
    entropy,
    made_of_words,
    placeholder_word_in,
    reads_as_words,
)
from nhilint.source.deferred import Deferred

_OPEN = ("<", "[", "{", "«", "(")
_REPEATED = Deferred(r"([xX01*.\-_#?•])\1{5,}")
_SEQUENCES = (
    "12345678",
    "87654321",
    "abcdefgh",
    "hgfedcba",
    "qwerty",
    "deadbeef",
    "cafebabe",
    "0123456789abcdef",
    "a1b2c3d4",
    "1a2b3c4d",
)
_LONG_ENOUGH_FOR_ENTROPY = 16
_VERB = Deferred(r"%(?:\d\$)?[sdvq]|\{\d?\}")
_NAME = Deferred(r"[A-Za-z]{1,20}\d{0,2}")
_SEPARATED = Deferred(r"[:/._-]")
"""Between the names and verbs of a format that makes the name of something: `service:database:%s`, `app/{0}/login`.

Sources: https://developer.hashicorp.com/terraform/language/functions/format (the verbs, from a survey, not re-read)."""


def why_placeholder(value: str, body: str | None = None, *, name: str | None = None, floor: float = 2.5) -> str | None:
    """The reason why a value is not real, or None.

    `body` is the part a provider would make up at random (the whole value when not given); `name` is the key or
    variable the value stands under; `floor` is the least entropy in bits per character a body of 16 or more must have.
    """
    made_up = value if body is None else body
    return _why_written(value, made_up) or _why_named(value, name) or _why_worded(value, made_up, floor)


def _why_written(value: str, made_up: str) -> str | None:
    if value.startswith(_OPEN) or made_up.startswith(_OPEN) or (value.endswith(">") and "<" in value):
        return "it stands in brackets"
    if "..." in value or "…" in value or "***" in value:
        return "it is abbreviated"
    if _is_format(value):
        return "it is a format that something is filled into"
    if _repeats(made_up):
        return "it repeats one character"
    lowered = made_up.lower()
    if any(sequence in lowered for sequence in _SEQUENCES) or _mostly_ascending(made_up):
        return "it is a sequence"
    return None


def _is_format(value: str) -> bool:
    """Whether the value is a path of names of which a program fills in at least one: no secret is made so."""
    if "%" not in value and "{" not in value:
        return False
    parts = [part for part in _SEPARATED.split(value) if part]
    verbs = [part for part in parts if _VERB.fullmatch(part) is not None]
    return bool(verbs) and all(part in verbs or _NAME.fullmatch(part) is not None for part in parts)


def _why_named(value: str, name: str | None) -> str | None:
    if name and _bare(value) == _bare(name):
        return "it repeats its own name"
    if "_" in value and value.isupper() and _is_upper_name(value):
        return "it is the name of a variable"
    return None


def _why_worded(value: str, made_up: str, floor: float) -> str | None:
    if placeholder_word_in(made_up) or made_of_words(made_up):
        return "it is made of placeholder words"
    if value.count(" ") >= 2:
        return "it is a sentence"
    if len(made_up) >= _LONG_ENOUGH_FOR_ENTROPY:
        if entropy(made_up) < floor:
            return "it is not random"
        if made_up.isalpha() and not made_up.isupper() and not made_up.islower() and reads_as_words(made_up):
            return "it is an identifier"
    return None


def _is_upper_name(value: str) -> bool:
    """Whether a value is two or more words in upper case joined by underscores, a digit at most at the end of each."""
    words = value.split("_")
    return len(words) > 1 and all(len(word) > 1 and word.isascii() and word[:-1].isalpha() for word in words)


def _repeats(made_up: str) -> bool:
    if len(made_up) >= 4 and max(Counter(made_up).values()) * 10 >= len(made_up) * 6:
        return True
    return _REPEATED.search(made_up) is not None


def _mostly_ascending(made_up: str) -> bool:
    return len(made_up) >= 6 and ascending_share(made_up) >= 0.5


def _bare(text: str) -> str:
    return text.lower().replace("_", "").replace("-", "").replace(".", "").replace("$", "")
