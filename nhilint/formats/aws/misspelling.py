"""Words of a statement that match no action, each with the action that was probably meant.

A suggestion is only made where it is near beyond doubt: the same verb and hardly another letter, or the same name
under the service's right prefix. Actions that AWS has withdrawn look alike otherwise.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from nhilint.formats.aws.words import MOST_ENTRIES, unfilled
from nhilint.knowledge import aws
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.identity import Misspelling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact, Many


def unknown_words(
    node: Node, effect: Fact[Literal["allow", "deny"]], matched: aws.ActionSet | Unknown
) -> Many[Misspelling]:
    """The unknown words of `Action` and `NotAction`. A suggestion that the statement matches anyway is left out."""
    found: list[Misspelling] = []
    for key in ("Action", "NotAction"):
        words = node[key]
        if words.is_list and len(words.value) > MOST_ENTRIES:
            return Unknown("longer than any policy that AWS accepts", words.at)
        found.extend(_unknown_words(words, effect, matched))
    return tuple(found)


def slips(unknown: Many[Misspelling]) -> Many[Misspelling]:
    """Those of the unknown words that have a suggestion."""
    if isinstance(unknown, Unknown):
        return unknown
    return tuple(word for word in unknown if isinstance(word, Unknown) or word.nearest is not None)


def _unknown_words(
    words: Node, effect: Fact[Literal["allow", "deny"]], matched: aws.ActionSet | Unknown
) -> Iterator[Misspelling]:
    for item in words.items():
        word = item.value
        if not isinstance(word, str) or ":" not in word or aws.matching(word) or unfilled(word):
            continue
        nearest = _nearest(word)
        if nearest and not isinstance(matched, Unknown) and _is_matched(nearest, matched):
            nearest = None
        yield Misspelling(
            at=item.at,
            word=Known(word, item.at),
            effect=effect,
            nearest=Known(nearest, item.at) if nearest else None,
        )


def _is_matched(nearest: str, matched: aws.ActionSet) -> bool:
    """Whether a statement's other words say what the suggestion says."""
    return aws.matching(nearest) <= matched


@lru_cache(maxsize=1024)
def _nearest(word: str) -> str | None:
    service, _, name = word.partition(":")
    if "*" in word or "?" in word:
        near = None if aws.is_known_service(service) else aws.nearest_service(service)
        return f"{near}:{name}" if near and aws.matching(f"{near}:{name}") else None
    return aws.permitted_by(word) or aws.slip_of(word)
