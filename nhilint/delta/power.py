"""What an actor holds, piece by piece, so that two states of it can be compared.

A `Power` is something it may do, or, as a guard, something that holds it back. A `Measure` is one thing of which it has
more or less. Both carry their own words: what is read in a delta is written beside what is compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from nhilint.model.fact import Known, value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from nhilint.model.fact import Fact
    from nhilint.model.finding import Severity
    from nhilint.model.place import Place

T = TypeVar("T")
Key = tuple[str, ...]

LONGEST = 160
"""Characters of one value that are shown."""


class Power(Struct, frozen=True, kw_only=True):
    """One thing that an actor may do. `guard` turns it round: one thing that holds the actor back.

    `gained` and `lost` are clauses whose subject is the actor; an empty one is not told. `about` is the part of them
    that differs between powers of one sort, so that many can be said as one. `covers` says whether another power's key
    is included in this one's, as `s3:*` includes `s3:GetObject`. A guard's loss is told only while the key `within` is
    still held: a job that is gone needs no environment. What is `usual` is told only of an actor that stays.
    """

    key: Key
    gained: str
    lost: str
    weight: Severity
    place: Place
    guard: bool = False
    about: str = ""
    covers: Callable[[Key], bool] | None = None
    within: Key = ()
    usual: bool = False


class Measure(Struct, frozen=True, kw_only=True):
    """How much of one thing an actor has. `rank` grows with authority, `words` is a clause about the actor.

    Of an actor that is new it is told when it is above what is `usual`. `was` is what is said of it when it is over,
    where that is shorter than the clause.
    """

    key: Key
    rank: float
    words: str
    weight: Severity
    place: Place
    usual: float = 0
    was: str = ""


Held = Power | Measure


def stated(fact: Fact[T]) -> tuple[T, Place] | None:
    """A known value with its place."""
    return (fact.value, fact.at) if isinstance(fact, Known) else None


def listed(fact: Fact[tuple[str, ...]]) -> tuple[str, ...]:
    """A known list of texts, else an empty one."""
    return value_of(fact) or ()


def short(text: str) -> str:
    """A value as it is shown: one line, not too long."""
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"


def ranked(
    fact: Fact[str], scale: Mapping[str, tuple[float, str]], key: str, weight: Severity, usual: float = 0
) -> tuple[Measure, ...]:
    """A measure from a word on a scale of (rank, clause); nothing where the word is not on it."""
    found = stated(fact)
    if found is None or found[0] not in scale:
        return ()
    rank, words = scale[found[0]]
    return (Measure(key=(key,), rank=rank, words=words, weight=weight, place=found[1], usual=usual),)


def switched(facts: Iterable[tuple[Fact[bool], str, str, Severity]], *, guard: bool = False) -> Iterator[Power]:
    """A power, or a guard, for each fact that is true, from (fact, gained, lost, weight)."""
    for fact, gained, lost, weight in facts:
        found = stated(fact)
        if found is not None and found[0]:
            yield Power(key=(gained,), gained=gained, lost=lost, weight=weight, place=found[1], guard=guard)
