"""Conditional expressions and the conditions of `for … if`, as far as what they compare is known.

Source: developer.hashicorp.com/terraform/language/expressions/conditionals and …/operators, from a survey, pages not
re-read. `c ? a : b` is the branch that a known condition takes; under an unknown one it is what both branches agree on,
and unknown where they differ. Numbers are not computed, only compared.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from nhilint.formats.terraform.declared_lengths import counted_declared
from nhilint.formats.terraform.left_null import is_left_null
from nhilint.source.deferred import Deferred
from nhilint.source.document import Syntax, read
from nhilint.source.unreadable import Unreadable
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.aws.assembled import Assembled
    from nhilint.formats.node import Node
    from nhilint.formats.terraform.module import Module, Spot
    from nhilint.formats.terraform.values import Values
    from nhilint.source.value import Value

_LONGEST = 2_000
_LONGEST_OF_LISTS = 20_000
_MOST_REMEMBERED = 4_096
_STEP = Deferred(r'"(?:[^"\\]|\\.)*"|[()\[\]{}]|==|!=|>=|<=|=>|&&|\|\||[?:><!]|\bif\b', flags=re.DOTALL)
_OPENS = frozenset("([{")
_CLOSES = frozenset(")]}")
_LOCAL = "local."
_COMPARED = ("==", "!=", ">", "<", ">=", "<=")


def conditional(text: str, spot: Spot, resolver: Values) -> Assembled | None:
    """What `condition ? one : other` gives; None for anything else, and where it cannot be told."""
    stated = branches_of(text) if len(text) <= _LONGEST else None
    if stated is None:
        return None
    condition, *branches = stated
    values = [expression(branch) for branch in branches]
    held = truth(condition, spot, resolver)
    if held is not None:
        taken = 0 if held else 1
        if branches[taken] == "null":
            return resolver.node(None, spot.fix())
        return _resolved(values[taken], spot, resolver)
    found = [_resolved(value, spot, resolver) for value in values]
    return found[0] if found[0] is not None and found[1] is not None and same(found[0], found[1]) else None


def conditions_of_being(count: Value, module: Module) -> frozenset[str]:
    """What holds wherever a block is made whose `count` this is: `var.on` for `var.on ? 1 : 0`, or a local."""
    if isinstance(count, Expression) and count.text.startswith(_LOCAL):
        local = module.locals.get(count.text.removeprefix(_LOCAL))
        count = local.value if local is not None else None
    stated = branches_of(count.text) if isinstance(count, Expression) and len(count.text) <= _LONGEST else None
    if stated is None or stated[2] != "0" or stated[1] == "0":
        return frozenset()
    return frozenset(map(unwrapped, cut(unwrapped(stated[0]), "&&")))


def with_their_alternatives(conditions: frozenset[str], spot: Spot, resolver: Values) -> frozenset[str]:
    """Such conditions, and each part of one with `||` of which none is known to hold by itself.

    Whoever has the block made sets one of them, nobody can tell which: it is read as it is where all are set.
    """
    asked = [cut(one, "||") for one in conditions]
    open_ = (parts for parts in asked if len(parts) > 1 and not any(truth(part, spot, resolver) for part in parts))
    return conditions.union(unwrapped(part) for parts in open_ for part in parts)


def lists_and_objects(stated: Expression) -> Iterator[Value]:
    """The lists and objects that the branches of a conditional write out, whatever its condition comes to."""
    if stated.function is None and len(stated.text) <= _LONGEST_OF_LISTS:
        for branch in (branches_of(stated.text) or ())[1:]:
            value = expression(branch)
            if isinstance(value, list | dict | Expression):
                yield value


def truth(text: str, spot: Spot, resolver: Values) -> bool | None:
    """Whether a condition holds; None where that cannot be told."""
    text = unwrapped(text.strip())
    if text in resolver.given_that:
        return True
    for operator, decides in (("||", True), ("&&", False)):
        parts = cut(text, operator)
        if len(parts) > 1:
            return _of_parts(parts, decides, spot, resolver)
    for operator in _COMPARED:
        sides = cut(text, operator)
        if len(sides) == 2:
            return _of_sides(operator, sides, spot, resolver)
    if text.startswith("!"):
        held_not = truth(text[1:], spot, resolver)
        return None if held_not is None else not held_not
    value = _scalar(text, spot, resolver)
    return value if isinstance(value, bool) else {"true": True, "false": False}.get(str(value))


def _of_parts(parts: list[str], decides: bool, spot: Spot, resolver: Values) -> bool | None:  # noqa: FBT001
    """The outcome of several conditions of which one may decide."""
    settled: bool | None = not decides
    for part in parts:
        held = truth(part, spot, resolver)
        if held is decides:
            return decides
        if held is None:
            settled = None
    return settled


def _of_sides(operator: str, sides: list[str], spot: Spot, resolver: Values) -> bool | None:
    """The outcome of a comparison as it is written; None where it cannot be told."""
    if "null" in sides:
        return _compared_with_null(operator, sides, spot, resolver)
    counted = counted_declared(operator, sides, resolver.module)
    return counted if counted is not None else _compared(operator, *(_scalar(side, spot, resolver) for side in sides))


def cut(text: str, word: str) -> list[str]:
    """The parts of a source text between the places where a word stands outside of brackets and quotes."""
    if word not in text:
        return [text.strip()]
    places = [(start, end) for found, start, end in _tokens(text) if found == word]
    starts, ends = [0, *(end for _, end in places)], [*(start for start, _ in places), len(text)]
    return [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def collection_and_rest(text: str) -> tuple[str, str]:
    """What stands before and after the colon of a `for`; colons of conditionals before it are passed over."""
    open_ = 0
    for mark, start, end in _tokens(text):
        open_ += (mark == "?") - (mark == ":")
        if open_ < 0:
            return text[:start].strip(), text[end:].strip()
    return "", ""


@lru_cache(maxsize=_MOST_REMEMBERED)
def expression(text: str) -> Value:
    """The value of an expression's source text; None where it is none, or null. Nobody may change it.

    The same few expressions are asked for at every call of a module and for every element that one goes through.
    """
    try:
        decoded = read("expression.tf", f"value = {text}\n".encode("utf-8", "surrogatepass"), Syntax.HCL).value
    except (Unreadable, UnicodeError):
        return None
    return decoded.get("value") if isinstance(decoded, dict) and len(decoded) == 1 else None


def call_of(source: str | None) -> Expression | None:
    """The call of a function that `"${…}"` held, as versions before 0.12 asked for every call to be written."""
    stated = expression(source) if source is not None and source.endswith(")") else None
    return stated if isinstance(stated, Expression) and stated.function is not None else None


@lru_cache(maxsize=_MOST_REMEMBERED)
def _tokens(text: str) -> tuple[tuple[str, int, int], ...]:
    """The operators outside of brackets and quotes, with where they begin and end."""
    depth = 0
    found: list[tuple[str, int, int]] = []
    for step in _STEP.finditer(text):
        depth += (step[0] in _OPENS) - (step[0] in _CLOSES)
        if depth == 0 and step[0] not in _CLOSES and not step[0].startswith('"'):
            found.append((step[0], step.start(), step.end()))
    return tuple(found)


@lru_cache(maxsize=_MOST_REMEMBERED)
def branches_of(text: str) -> tuple[str, str, str] | None:
    """The condition and the two branches; a branch may be a conditional again."""
    question: tuple[int, int] | None = None
    open_ = 0
    for mark, start, end in _tokens(text):
        if mark == "?" and question is None:
            question = start, end
        elif mark in "?:":
            open_ += 1 if mark == "?" else -1
        if question is not None and open_ < 0:
            return text[: question[0]].strip(), text[question[1] : start].strip(), text[end:].strip()
    return None


def unwrapped(text: str) -> str:
    """A condition without the brackets around all of it."""
    while text.startswith("(") and text.endswith(")") and _is_one_bracket(text):
        text = text[1:-1].strip()
    return text


def _is_one_bracket(text: str) -> bool:
    depth = 0
    for step in _STEP.finditer(text):
        depth += (step[0] in _OPENS) - (step[0] in _CLOSES)
        if depth == 0:
            return step.end() == len(text)
    return False


def _resolved(value: Value, spot: Spot, resolver: Values) -> Assembled | None:
    return resolver.node(value, spot.fix()) if value is not None else None


def _scalar(text: str, spot: Spot, resolver: Values) -> str | float | bool | None:
    """A known text, number or truth value."""
    value = _resolved(expression(text), spot, resolver)
    known = value.value if value is not None else None
    if not isinstance(known, str | int | float):
        return None
    return None if isinstance(known, str) and "${" in known else known


def _compared(operator: str, left: str | float | None, right: str | float | None) -> bool | None:
    """The outcome of a comparison; null and what is unknown look alike here, so that neither can be told."""
    if left is None or right is None:
        return None
    if operator in ("==", "!="):
        return (str(left) == str(right)) == (operator == "==")
    if isinstance(left, str) or isinstance(right, str):
        return None
    outcomes = {">": left > right, "<": left < right, ">=": left >= right, "<=": left <= right}
    return outcomes[operator]


def _compared_with_null(operator: str, sides: list[str], spot: Spot, resolver: Values) -> bool | None:
    if any(is_left_null(side, resolver.module) for side in sides):
        return operator == "=="
    stated = next((_resolved(expression(side), spot, resolver) for side in sides if side != "null"), None)
    return operator == "!=" if stated is not None and same(stated, stated) else None


def same(one: Node, other: Node) -> bool:
    """Whether two values are known and equal."""
    if one.is_list and other.is_list:
        items = list(one.items()), list(other.items())
        return len(items[0]) == len(items[1]) and all(map(same, *items))
    if one.is_mapping and other.is_mapping:
        held = dict(one.entries()), dict(other.entries())
        return held[0].keys() == held[1].keys() and all(same(node, held[1][key]) for key, node in held[0].items())
    known = not (isinstance(one.value, str) and "${" in one.value)
    return known and one.exists and not one.is_list and not one.is_mapping and one.value == other.value
