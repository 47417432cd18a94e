"""What conditions come to, kept by the facts that they name.

The same facts come again and again: a module that is called twice makes its roles twice, policies repeat statements,
jobs repeat steps. Telling that facts were seen before costs a tenth of running a condition over them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from nhilint.evaluate import expression
from nhilint.evaluate.expression import HOLDS
from nhilint.evaluate.nearby import narrowed, nearby

if TYPE_CHECKING:
    from nhilint.catalogue.check import Check, Condition
    from nhilint.evaluate.activation import Plain
    from nhilint.evaluate.expression import Outcome

_MOST = 50_000
"""Answers kept; further ones are given and forgotten."""
_pack = msgspec.json.Encoder().encode


class Answers:
    """The answers of one run."""

    def __init__(self) -> None:
        self._known: dict[tuple[bytes, bytes, bytes], Outcome] = {}

    def of_subject(self, check: Check, subject: Plain) -> Outcome:
        """What the check's conditions on the subject alone come to; where there is none, they hold."""
        outcome = HOLDS
        for condition in (check.at_first, check.of_subject):
            if condition.compiled and outcome.holds is not False:
                near = nearby(condition.clauses, subject)
                outcome = self.answer(condition, near, _pack(near))
        return outcome

    def answer(self, condition: Condition, near: Plain, packed: bytes, item: Plain | None = None) -> Outcome:
        """What a condition comes to over the facts that it names; `packed` is `near` as bytes."""
        key = condition.compiled, packed, b"" if item is None else _pack(item)
        known = self._known.get(key)
        if known is None:
            known = expression.run(condition.compiled, expression.bind(near, item))
            if len(self._known) < _MOST:
                self._known[key] = known
        return known


class Question:
    """A condition on the elements of a list, beside the facts of the subject that it names."""

    def __init__(self, answers: Answers, condition: Condition, subject: Plain) -> None:
        self._answers = answers
        self._condition = condition
        self._near = nearby(condition.clauses, subject)
        self._packed = _pack(self._near)

    def about(self, item: Plain) -> Outcome:
        """What it comes to for an element; without clauses it holds."""
        condition = self._condition
        if not condition.compiled:
            return HOLDS
        return self._answers.answer(condition, self._near, self._packed, narrowed(condition.clauses, item))
