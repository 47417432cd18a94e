"""Words of a statement that match no action, each with the action that was probably meant.

A suggestion is only made where it is near beyond doubt: the same verb and hardly another letter, or the same name
under the service's right prefix. Actions that AWS has withdrawn look alike otherwise. The name of a managed policy
behind a service's prefix (`iam:AmazonVPCFullAccess`) is no action either, and has no action for it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from nhilint.formats.aws.words import unfilled
from nhilint.knowledge import aws
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.vocabulary.statement import Misspelling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.formats.aws.statement import Statement
    from nhilint.formats.node import Node
    from nhilint.model.fact import Many


_MOST_GUESSES = 60
"""Words of one list for which a suggestion is looked for; each costs some comparisons."""


def unknown_words(statement: Statement, beside: Sequence[Statement] = ()) -> Many[Misspelling]:
    """The unknown words of `Action` and `NotAction`. A suggestion that is given anyway is left out: by the statement,
    or by one of those beside it on the same bucket, queue or table."""
    found: list[Misspelling] = []
    for key, words in (("Action", statement.actions), ("NotAction", statement.not_actions)):
        if isinstance(words, Unknown):
            return words
        unknown = [index for index, word in enumerate(words.value) if _is_unknown(word)] if words else []
        nodes = list(statement.node[key].items()) if unknown else []
        for count, index in enumerate(unknown):
            found.append(_misspelling(nodes[index], statement, beside, guess=count < _MOST_GUESSES))
    return tuple(found)


def slips(unknown: Many[Misspelling]) -> Many[Misspelling]:
    """Those of the unknown words that have a suggestion, or name a managed policy."""
    if isinstance(unknown, Unknown):
        return unknown
    return tuple(word for word in unknown if isinstance(word, Unknown) or word.nearest or word.managed_policy)


def _is_unknown(word: str) -> bool:
    return not aws.matching(word).bits and ":" in word and not unfilled(word)


def _misspelling(item: Node, statement: Statement, beside: Sequence[Statement], *, guess: bool) -> Misspelling:
    word = str(item.value)
    policy = word.partition(":")[2]
    is_policy = aws.is_managed_policy_name(policy)
    nearest = _nearest(word) if guess and not is_policy else ()
    if any(_is_given(meant, statement, other) for meant in nearest for other in (statement, *beside)):
        nearest = ()
    return Misspelling(
        at=item.at,
        word=Known(word, item.at),
        effect=statement.effect,
        nearest=Known(" and ".join(nearest), item.at) if nearest else None,
        managed_policy=Known(policy, item.at) if is_policy else None,
    )


def _is_given(nearest: str, statement: Statement, other: Statement) -> bool:
    """Whether the words of a statement say what the suggestion says: of the same statement, or of one like it that
    stands on a resource of the same name."""
    if isinstance(other.matched, Unknown) or not aws.matching(nearest) <= other.matched:
        return False
    if other is statement:
        return True
    alike = not _names(statement).isdisjoint(_names(other)) and _names_what_it_acts_on(nearest, other)
    return other.allows and statement.allows and (value_of(other.everywhere) is True or alike)


def _names_what_it_acts_on(action: str, other: Statement) -> bool:
    """Whether a statement names buckets, for an action on them: one that names the objects does not give it."""
    of_buckets = aws.acting_on("s3", "bucket") if action.startswith("s3:") else None
    if of_buckets is None or action not in of_buckets:
        return True
    return any("/" not in resource for resource in value_of(other.resources) or ())


def _names(statement: Statement) -> frozenset[str]:
    """What the resources are called, a bucket and the objects in it alike."""
    named = value_of(statement.resources) or ()
    return frozenset(resource.partition("/")[0] if ":s3:::" in resource else resource for resource in named)


@lru_cache(maxsize=1024)
def _nearest(word: str) -> tuple[str, ...]:
    """What was probably meant; two actions for an operation that takes both."""
    service, _, name = word.partition(":")
    if not name.strip("*"):
        return ()  # everything of another service is no cure
    if aws.is_known_service(service) and name.endswith("*"):
        return aws.all_permitting(word.rstrip("*"))
    if "*" in word or "?" in word:
        near = None if aws.is_known_service(service) else aws.nearest_service(service)
        return (f"{near}:{name}",) if near and aws.matching(f"{near}:{name}") else ()
    slip = aws.slip_of(word)
    return aws.all_permitting(word) or ((slip,) if slip else ())
