"""Arguments of `coalesce` and `try` that Terraform passes over, so that a later one counts.

`coalesce` passes over a variable that nobody sets, `try` over what cannot be evaluated: an entry that an object does
not have. An object with a key that only a run can tell could have any entry. Source:
developer.hashicorp.com/terraform/language/functions/try and …/coalesce, read 2026-11-22.
"""

from __future__ import annotations

from itertools import dropwhile
from typing import TYPE_CHECKING

from nhilint.formats.terraform.module import NOWHERE
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from nhilint.formats.terraform.values import Values
    from nhilint.source.value import Value

_LONGEST = 300
_LAST_STEP = Deferred(r'^(.+?)(?:\.([A-Za-z_][\w-]*)|\["([\w.@/-]+)"\])$')
"""A path without its last step, and that step."""

Numbered = tuple[int, "Value"]


def counting(function: str, arguments: list[Numbered], resolver: Values) -> list[Numbered]:
    """The arguments of a function, each with its number, without those that it is known to pass over."""
    if function == "coalesce":
        unset = {f"var.{name}" for name in resolver.module.unset - resolver.module.arguments.keys()}
        return [(i, each) for i, each in arguments if not (isinstance(each, Expression) and each.text in unset)]
    if function == "try":
        return list(dropwhile(lambda numbered: _is_missing(numbered[1], resolver), arguments[:-1])) + arguments[-1:]
    return arguments


def _is_missing(value: Value, resolver: Values) -> bool:
    """Whether a value names an entry, or a part of an entry, that a known object does not have."""
    path = value.text if isinstance(value, Expression) and value.function is None else ""
    step = _LAST_STEP.match(path) if len(path) < _LONGEST else None
    while step is not None:
        held = resolver.node(Expression(step[1]), NOWHERE)
        if held.is_mapping:
            keys = [key for key, _ in held.entries()]
            return (step[2] or step[3]) not in keys and not any("${" in key for key in keys)
        step = _LAST_STEP.match(step[1])
    return False
