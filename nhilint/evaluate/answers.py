"""What conditions come to, kept by the facts that they name.

The same facts come again and again: a module that is called twice makes its roles twice, policies repeat statements,
jobs repeat steps. Telling that facts were seen before costs a tenth of running a condition over them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from nhilint.evaluate import expression
from nhilint.evaluate.expression import FAILS, HOLDS
from nhilint.evaluate.nearby import narrowed, nearby, weight

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.catalogue.check import Check, Condition
    from nhilint.evaluate.activation import Plain
    from nhilint.evaluate.expression import Outcome

_ROOM = 30_000_000
"""Bytes of facts with which answers are kept; further ones are given and forgotten."""
pack = msgspec.json.Encoder().encode
"""Facts as bytes: equal ones give equal bytes."""


class Answers:
    """The answers of one run."""

    def __init__(self) -> None:
        self._known: dict[tuple[bytes, bytes, bytes], Outcome] = {}
        self._room = _ROOM

    def answer(self, condition: Condition, near: Plain, packed: bytes, item: Plain | None = None) -> Outcome:
        """What a condition comes to over the facts that it names; `packed` is `near` as bytes."""
        key = condition.compiled, packed, b"" if item is None else pack(item)
        known = self._known.get(key)
        if known is None:
            known = expression.run(condition.compiled, expression.bind(near, item))
            self._room -= len(packed) + len(key[2])
            if self._room >= 0:
                self._known[key] = known
        return known


class OfSubject:
    """What the checks' conditions on one subject alone come to, each asked once and not before it is needed."""

    def __init__(self, answers: Answers, subject: Plain) -> None:
        self.answers = answers
        self.subject = subject
        self._known: dict[str, Outcome] = {}
        self._weights: dict[str, int] = {}

    def outcome(self, check: Check) -> Outcome:
        """What all of them come to; where there is none, they hold."""
        known = self._known.get(check.id)
        if known is None:
            known = self._known[check.id] = self.asked(check.of_subject)
        return known

    def asked(self, condition: Condition) -> Outcome:
        """What a condition comes to, its parts on the shorter lists first; without clauses it holds."""
        if condition.parts:
            return together(map(self.asked, sorted(condition.parts, key=self.weight)))
        if not condition.compiled:
            return HOLDS
        near = nearby(condition.clauses, self.subject)
        return self.answers.answer(condition, near, pack(near))

    def weight(self, condition: Condition) -> int:
        """How many values of the subject a condition names."""
        near = nearby(condition.clauses, self.subject)
        for name in near.keys() - self._weights.keys():
            self._weights[name] = weight(near[name])
        return sum(self._weights[name] for name in near)


class Question:
    """A condition on the elements of a list, beside the facts of the subject that it names."""

    def __init__(self, of_subject: OfSubject, condition: Condition) -> None:
        self._answers = of_subject.answers
        self._parts = tuple(
            (part, near := nearby(part.clauses, of_subject.subject), pack(near))
            for part in condition.parts or (condition,)
            if part.compiled
        )

    def about(self, item: Plain) -> Outcome:
        """What it comes to for an element; without clauses it holds."""
        return together(
            self._answers.answer(part, near, packed, narrowed(part.clauses, item)) for part, near, packed in self._parts
        )


def together(outcomes: Iterable[Outcome]) -> Outcome:
    """What conditions come to that have to hold together: one that fails decides, else the first that is undecided."""
    undecided = None
    for outcome in outcomes:
        if outcome.holds is False:
            return FAILS
        if outcome.holds is None and undecided is None:
            undecided = outcome
    return undecided or HOLDS
