"""Which checks of a list have to be asked in full: those that common facts do not rule out.

Most subjects and elements are no case for any check, and share with many others the facts that say so: a kind, a
product, a flag, a list that is empty. What these facts come to for all checks of a list is found by one look-up.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from nhilint.catalogue.check import Condition
from nhilint.evaluate import expression
from nhilint.evaluate.answers import Question, pack
from nhilint.evaluate.nearby import names_list, narrowed, nearby

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.catalogue.check import Check
    from nhilint.evaluate.activation import Plain
    from nhilint.evaluate.answers import OfSubject

_MOST_KEPT = 10_000
"""Different sets of common facts with which the checks that they leave open are kept."""


class ChecksOfList:
    """The checks that iterate over one list, or over none. Use one for all subjects."""

    def __init__(self, checks: Iterable[Check]) -> None:
        self.checks = tuple(checks)
        self.for_subjects = LeftOpen({check.id: check.at_first for check in self.checks})
        self.for_items = LeftOpen({check.id: check.item_at_first for check in self.checks})


class LeftOpen:
    """Which of some checks' conditions on common facts are not ruled out, kept by all of these facts at once."""

    def __init__(self, conditions: dict[str, Condition]) -> None:
        self._conditions = conditions
        self._clauses = tuple(clause for condition in conditions.values() for clause in condition.clauses)
        self._known: dict[tuple[bytes, bytes], frozenset[str]] = {}

    def by(self, of_subject: OfSubject) -> frozenset[str]:
        """The checks that the subject leaves open."""
        return self._left(of_subject, pack(nearby(self._clauses, of_subject.subject)), None)

    def by_each(self, of_subject: OfSubject, items: Iterable[Plain]) -> Iterator[frozenset[str]]:
        """The checks that each of a subject's elements leaves open."""
        packed = pack(nearby(self._clauses, of_subject.subject))
        return (self._left(of_subject, packed, item) for item in items)

    def _left(self, of_subject: OfSubject, packed: bytes, item: Plain | None) -> frozenset[str]:
        key = packed, b"" if item is None else pack(narrowed(self._clauses, item))
        left = self._known.get(key)
        if left is None:
            asked = (
                (name, of_subject.asked(c) if item is None else Question(of_subject, c).about(item))
                for name, c in self._conditions.items()
            )
            left = frozenset(name for name, outcome in asked if outcome.holds is not False)
            if len(self._known) < _MOST_KEPT:
                self._known[key] = left
        return left


def left_by_cheap_clauses(check: Check, of_subject: OfSubject, items: Iterable[Plain]) -> Iterator[bool]:
    """For each element, whether the clauses that name no list of the subject leave it open that all of them hold."""
    cheap = tuple(clause for clause in check.of_item.clauses if not names_list(clause, of_subject.subject))
    question = Question(of_subject, Condition(cheap, _all_of(cheap)))
    return (question.about(item).holds is not False for item in items)


@cache
def _all_of(clauses: tuple[str, ...]) -> bytes:
    """A condition that holds where all clauses do, compiled; empty for none."""
    return expression.compile_expression(" && ".join(f"({clause.strip()})" for clause in clauses)) if clauses else b""
