"""What an extractor learned about one thing, and how sure that is.

A fact is `Known` (a value the file states, or that its product fixes when the file is silent), `Unknown` (stated, but
not resolvable from the repository: a variable, a template, a tag) or None (the format has no such statement).
Conditions see a known value as it is, None as null, and an unknown value as a missing key, which leaves them undecided.
"""

from __future__ import annotations

from typing import Generic, TypeVar

from msgspec import Struct

from nhilint.model.place import Place

T_co = TypeVar("T_co", covariant=True)
R_co = TypeVar("R_co", bound="Record", covariant=True)


class Known(Struct, Generic[T_co], frozen=True):
    """A value and the place that states it."""

    value: T_co
    at: Place


class Unknown(Struct, frozen=True):
    """Something stated that cannot be resolved here. `reason` completes "unknown because it is …"."""

    reason: str
    at: Place


class Record(Struct, frozen=True, kw_only=True):
    """A group of facts with a place of its own. The vocabulary is made of subclasses."""

    at: Place


Fact = Known[T_co] | Unknown | None
"""One scalar, or one tuple of scalars that is known as a whole."""

Many = tuple[R_co | Unknown, ...] | Unknown
"""A list of records. An `Unknown` element stands for entries that may exist but cannot be read."""


def value_of(fact: Fact[T_co]) -> T_co | None:
    """The known value, or None when the fact is unknown or not stated."""
    return fact.value if isinstance(fact, Known) else None


def known_records(many: Many[R_co]) -> tuple[R_co, ...]:
    """The records of a list that could be read, in order."""
    if not many or isinstance(many, Unknown):
        return ()
    return tuple([record for record in many if not isinstance(record, Unknown)])
