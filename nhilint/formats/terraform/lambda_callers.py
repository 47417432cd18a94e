"""Whether the code of a Lambda function asks its callers for a proof, as far as its module tells.

It is given what a proof is checked with: a variable called so, or a key for its interface that the module makes up at
random (see `google_callers`). The variables may be merged out of several maps, by way of locals and under conditions:
of a conditional counts the branch that is taken wherever the function's address is made, else what both branches hold.
Sources: the pages aws_lambda_function (`environment.variables`) and aws_lambda_function_url below
registry.terraform.io/providers/hashicorp/aws/latest/docs/resources; developer.hashicorp.com/terraform/language, pages
functions/merge and expressions/dynamic-blocks; known, not re-read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.formats.terraform.conditionals import branches_of, conditions_of_being, cut, expression, unwrapped
from nhilint.formats.terraform.google_callers import KEY_OF_INTERFACE, MADE_UP
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from nhilint.formats.terraform.module import Block, Module
    from nhilint.source.value import Value

_LONGEST = 2_000
_DEEPEST = 8
_LOCAL = "local."
_NOTHING = frozenset({"null", '""', "{}"})


def variables_given(function: Block, address: Block, module: Module) -> dict[str, Value]:
    """The variables that a function has wherever its address is made, each with what it is given."""
    return _given(function, _reading(address, module))


def has_made_up_key(function: Block, address: Block, module: Module) -> bool:
    """Whether a function whose address is made has a key for its interface that nobody knows but its module."""
    reading = _reading(address, module)
    given = _given(function, reading)
    return any(KEY_OF_INTERFACE.search(name) and reading.is_made_up(value) for name, value in given.items())


def _reading(address: Block, module: Module) -> _Reading:
    return _Reading(module, conditions_of_being(address.body.get("count"), module))


def _given(function: Block, reading: _Reading) -> dict[str, Value]:
    held: dict[str, Value] = {}
    for body in _environments(function.body):
        held.update(reading.entries(body.get("variables")))
    return held


def _environments(body: dict[str, Value]) -> list[dict[str, Value]]:
    """The block `environment`, and what a dynamic one of that name holds that is made where its variables are some."""
    dynamic = body.get("dynamic")
    found = _mappings(body.get("environment"))
    for one in _mappings(dynamic.get("environment") if isinstance(dynamic, dict) else None):
        for content in _mappings(one.get("content")):
            variables, each = content.get("variables"), one.get("for_each")
            if isinstance(variables, Expression) and isinstance(each, Expression) and variables.text in each.text:
                found.append(content)
    return found


def _mappings(value: Value) -> list[dict[str, Value]]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]


class _Reading(Struct, frozen=True):
    """How the values of a module read where some conditions are known to hold."""

    module: Module
    holding: frozenset[str]

    def entries(self, value: Value, depth: int = 0) -> dict[str, Value]:
        """The entries that a map is sure to have."""
        if isinstance(value, dict):
            return value
        if not isinstance(value, Expression) or depth > _DEEPEST:
            return {}
        if value.function == "merge":
            parts = [self.entries(argument, depth + 1) for argument in value.arguments]
            return {name: given for part in parts for name, given in part.items()}
        local, branches = self._local(value), self._branches(value, depth)
        if local is not None:
            return self.entries(local, depth + 1)
        first, *others = [self.entries(branch, depth + 1) for branch in branches] or [{}]
        return {name: given for name, given in first.items() if all(name in other for other in others)}

    def is_made_up(self, value: Value, depth: int = 0) -> bool:
        """Whether a value is made up at random, be it where nobody gives another one; and never left out."""
        if not isinstance(value, Expression) or depth > _DEEPEST:
            return False
        local, branches = self._local(value), self._branches(value, depth)
        if local is not None:
            return self.is_made_up(local, depth + 1)
        if not branches:
            return MADE_UP.search(value.text[:_LONGEST]) is not None
        is_always = all(branch not in (None, "") for branch in branches)
        return is_always and any(self.is_made_up(branch, depth + 1) for branch in branches)

    def _local(self, value: Expression) -> Value:
        named = unwrapped(value.text)
        local = self.module.locals.get(named.removeprefix(_LOCAL)) if named.startswith(_LOCAL) else None
        return local.value if local is not None else None

    def _branches(self, value: Expression, depth: int) -> list[Value]:
        """The branches of a conditional that may be taken; none for anything else."""
        stated = branches_of(unwrapped(value.text)) if len(value.text) <= _LONGEST else None
        if stated is None:
            return []
        condition, taken, other = stated
        parts = cut(unwrapped(condition), "&&")
        branches = [taken] if all(self._holds(unwrapped(part), depth) for part in parts) else [taken, other]
        return [expression(unwrapped(branch)) for branch in branches]

    def _holds(self, condition: str, depth: int) -> bool:
        """Whether a condition is known to hold: it is given, or says of what is made up that it is there."""
        if condition in self.holding:
            return True
        sides = cut(condition, "!=")
        is_there = len(sides) == 2 and sides[1] in _NOTHING
        return is_there and self.is_made_up(expression(sides[0]), depth + 1)
