"""Checks of one list, asked all at once whether any of them has something to say of an element.

Most elements are no case for any check, and entering the runtime of conditions costs more than most conditions do.
Where many elements come, one condition made of all of them tells in one go: "a or b or c" is false only where each is
false. It says "none" and nothing else: what a check says is always decided by its own condition.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from nhilint.catalogue.check import Condition
from nhilint.evaluate import expression
from nhilint.evaluate.answers import Question
from nhilint.evaluate.nearby import names_list, narrowed, nearby

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.catalogue.check import Check
    from nhilint.evaluate.activation import Plain
    from nhilint.evaluate.answers import OfSubject

_FEW_ELEMENTS = 80
"""For up to so many elements, compiling the common condition costs more than it saves; on as many more it is tried."""


class Together:
    """Checks that are asked about the same elements. Use one for all of those elements."""

    def __init__(self, checks: Iterable[Check]) -> None:
        self.checks = tuple(checks)
        self._clauses = tuple(clause for check in self.checks for clause in _condition(check).clauses)
        self._seen = 0
        self._ruled_out = 0
        self._any: bytes | None = None
        self._parts: dict[frozenset[str], Together] = {}

    def part(self, checks: Iterable[Check]) -> Together:
        """Some of these checks, asked about the same elements."""
        asked = frozenset(check.id for check in checks)
        if asked not in self._parts:
            self._parts[asked] = Together(check for check in self.checks if check.id in asked)
        return self._parts[asked]

    def in_question(self, subject: Plain, item: Plain | None = None) -> tuple[Check, ...]:
        """The checks to ask about an element: none where it is known that none holds and none is undecided."""
        self._seen += 1
        if len(self.checks) < 2 or not self._pays():
            return self.checks
        if self._any is None:
            self._any = _any_of(self.checks)
        if not self._any:
            return self.checks
        named = None if item is None else narrowed(self._clauses, item)
        among = expression.run(self._any, expression.bind(nearby(self._clauses, subject), named))
        if among.holds is not False:
            return self.checks
        self._ruled_out += 1
        return ()

    def _pays(self) -> bool:
        """Whether the common condition is worth asking: after some elements, and while it rules out half of them."""
        asked = self._seen - 1 - _FEW_ELEMENTS
        return asked >= 0 and (asked < _FEW_ELEMENTS or self._ruled_out * 2 >= asked)


def _any_of(checks: Iterable[Check]) -> bytes:
    """A condition that holds where one of the checks does, compiled; empty where that is too much for the runtime."""
    conditions = ([f"({clause.strip()})" for clause in _condition(check).clauses] or ["true"] for check in checks)
    try:
        return expression.compile_expression(" || ".join(f"({' && '.join(clauses)})" for clauses in conditions))
    except expression.ExpressionError:
        return b""


def _condition(check: Check) -> Condition:
    """What is asked about each of many: the element, or the subject of a check that iterates over none."""
    return check.of_item if check.each else check.of_subject


def left_open(check: Check, of_subject: OfSubject, items: Iterable[Plain]) -> Iterator[bool]:
    """For each element, whether the clauses that name no list of the subject leave it open that all of them hold."""
    cheap = tuple(clause for clause in check.of_item.clauses if not names_list(clause, of_subject.subject))
    question = Question(of_subject, Condition(cheap, _all_of(cheap)))
    return (question.about(item).holds is not False for item in items)


@cache
def _all_of(clauses: tuple[str, ...]) -> bytes:
    """A condition that holds where all clauses do, compiled; empty for none."""
    return expression.compile_expression(" && ".join(f"({clause.strip()})" for clause in clauses)) if clauses else b""
