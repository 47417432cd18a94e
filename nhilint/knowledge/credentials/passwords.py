"""Tells passwords from the words that stand for one in samples and local set-ups.

A password is chosen by a person, so it may be short and hold words. What is refused here is what no one would keep: too
short, one plain word, a product's shipped default.
"""

from __future__ import annotations

from nhilint.knowledge.credentials.examples import is_default_password
from nhilint.knowledge.credentials.words import reads_as_words
from nhilint.source.deferred import Deferred

SHORTEST = 6
_WORDS = Deferred(r"[^a-z0-9]+")
_FOR_DEVELOPMENT = frozenset({"dev", "devel", "development", "local", "localdev"})


def why_weak(value: str) -> str | None:
    """Why a value is no password worth the name, or None."""
    if " " in value.strip():
        return "it is a sentence"
    if len(value) < SHORTEST:
        return "it is too short for a password"
    if is_default_password(value):
        return "it is a default password"
    core = value.strip("0123456789!@#$%^&*.?:_-")
    ordinary = core.isalpha() and (core[1:].islower() or reads_as_words(core))
    if character_classes(value) < 2 or (ordinary and _tail_is_habit(value.partition(core)[2])):
        return "it is an ordinary word"
    return None


def _tail_is_habit(tail: str) -> bool:
    """Whether what follows a word is what people append by habit (1, 123, !, @2024), as they do for a demonstration."""
    digits = "".join(character for character in tail if character.isdigit())
    is_year = len(digits) == 4 and digits.startswith(("19", "20"))
    return is_year or digits in {"", "1", "01", "12", "123", "1234", "12345"}


def character_classes(value: str) -> int:
    """How many of lower case, upper case, digits and other characters a value uses."""
    return (
        any(character.islower() for character in value)
        + any(character.isupper() for character in value)
        + any(character.isdigit() for character in value)
        + any(not character.isalnum() for character in value)
    )


def repeats_its_name_for_development(value: str, name: str) -> bool:
    """Whether a value has no words but those of its name and one that says what it is for (`cache-dev`)."""
    words = {word for word in _WORDS.split(value.lower()) if word}
    others = words - _FOR_DEVELOPMENT
    return bool(others) and others < words and others <= set(_WORDS.split(name.lower()))
