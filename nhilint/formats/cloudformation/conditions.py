"""Whether a condition of the template holds for a deployment that keeps every default.

Source: docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html,
partly re-read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.source.value import Tagged

if TYPE_CHECKING:
    from nhilint.formats.cloudformation.resolver import Resolver
    from nhilint.source.value import Value

_DEEPEST = 20


def holds(name: str, resolver: Resolver, depth: int = 0) -> bool | None:
    """Whether a named condition holds; None where the template cannot tell."""
    conditions = resolver.scope.conditions
    if depth > _DEEPEST or name not in conditions:
        return None
    return _truth(conditions[name], resolver, depth + 1)


def _truth(value: Value, resolver: Resolver, depth: int) -> bool | None:
    function, argument = call_of(value)
    if function == "Condition":
        return holds(str(argument), resolver, depth)
    if not isinstance(argument, list) or depth > _DEEPEST:
        return None
    if function == "Equals" and len(argument) == 2:
        left, right = (resolver.text(side, ("Conditions",)) for side in argument)
        return None if "${" in left + right else left == right
    if function not in ("Not", "And", "Or"):
        return None
    return _combined(function, [_truth(part, resolver, depth + 1) for part in argument[:10]])


def _combined(function: str, parts: list[bool | None]) -> bool | None:
    if function == "Not":
        return not parts[0] if parts and parts[0] is not None else None
    deciding = function == "Or"
    if deciding in parts:
        return deciding
    return None if None in parts else not deciding


def call_of(value: Value) -> tuple[str, Value]:
    """The function that a value calls, without its prefix, and what it is given; an empty name for anything else."""
    if isinstance(value, Tagged):
        return value.tag.lstrip("!"), value.value
    if isinstance(value, dict) and len(value) == 1:
        name = next(iter(value))
        return name.removeprefix("Fn::"), value[name]
    return "", None
