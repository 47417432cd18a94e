"""The `Condition` element: what it compares, and whether that narrows anything.

Source: docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html and
reference_policies_condition-keys.html, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.words import patterns
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.identity import Condition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact, Many

_EVERYTHING = frozenset({"*", "0.0.0.0/0", "::/0"})
_NOT_NARROWING_KEYS = frozenset({"aws:securetransport", "aws:requestedregion", "aws:currenttime", "aws:epochtime"})
_NEGATED = ("StringNotEquals", "StringNotLike", "ArnNotEquals", "ArnNotLike", "NotIpAddress", "NumericNotEquals")


def conditions(node: Node) -> Many[Condition]:
    """Every comparison of a `Condition` element; all of them must hold."""
    if node.exists and not node.is_mapping:
        return Unknown("not a mapping", node.at)
    return tuple(_conditions(node))


def _conditions(node: Node) -> Iterator[Condition]:
    for operator, keys in node.entries():
        for key, values in keys.entries():
            yield Condition(
                at=values.at,
                operator=Known(operator, keys.at),
                key=Known(key.lower(), values.at),
                values=patterns(values),
            )


def narrows(many: Many[Condition]) -> Fact[bool]:
    """Whether at least one comparison really limits who or what is meant."""
    if isinstance(many, Unknown):
        return many
    for condition in many:
        if isinstance(condition, Condition) and condition_narrows(condition):
            return Known(value=True, at=condition.at)
    if not many:
        return None
    first = many[0]
    return Known(value=False, at=first.at)


def condition_narrows(condition: Condition) -> bool:
    """Whether one comparison limits anything: not when it accepts every value, or holds when the key is absent."""
    operator = condition.operator.value if isinstance(condition.operator, Known) else ""
    key = condition.key.value if isinstance(condition.key, Known) else ""
    values = condition.values.value if isinstance(condition.values, Known) else ()
    if key in _NOT_NARROWING_KEYS or operator.startswith("ForAllValues:"):
        return False
    if operator.endswith(_NEGATED):
        return True
    return not any(value in _EVERYTHING for value in values)
