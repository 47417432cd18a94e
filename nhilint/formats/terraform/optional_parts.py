"""The parts of an object that its variable's type fills in where the default leaves them out: `optional(bool, false)`.

Source: developer.hashicorp.com/terraform/language/expressions/type-constraints (optional object type attributes), from
a survey, page not re-read. What a file of values or a call leaves out is not filled in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.source.value import Expression

if TYPE_CHECKING:
    from nhilint.source.value import Value

_DEEPEST = 8


def filled_by_type(default: Value, kind: Value, depth: int = 0) -> Value:
    """A default with what its type adds; as it is where it is no object, or its type none."""
    parts = kind.arguments[0] if isinstance(kind, Expression) and kind.function == "object" and kind.arguments else None
    if not isinstance(default, dict) or not isinstance(parts, dict) or depth > _DEEPEST:
        return default
    found = dict(default)
    for name, part in parts.items():
        is_optional = isinstance(part, Expression) and part.function == "optional"
        stated = part.arguments if isinstance(part, Expression) and is_optional else ()
        inner = stated[0] if stated else part
        if name in found or len(stated) > 1:
            found[name] = filled_by_type(found.get(name, stated[1] if len(stated) > 1 else None), inner, depth + 1)
    return found
