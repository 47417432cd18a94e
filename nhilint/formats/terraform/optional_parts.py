"""The parts of an object that its variable's type fills in where nobody states them: `optional(bool, false)`.

They are filled in whoever gives the object: the default, a file of values, or a call.
Source: developer.hashicorp.com/terraform/language/expressions/type-constraints (optional object type attributes), from
a survey, page not re-read.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import mapping, sequence
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nhilint.formats.node import Node
    from nhilint.model.place import Place
    from nhilint.source.value import Value

_DEEPEST = 8
_MOST_PARTS = 200
"""Of one object: each of them is filled into every element of a list."""
_OF_ALIKE = frozenset({"map", "list", "set"})
"""Types of which every element has the one type that they name."""


def filled_by_type(given: Value, kind: Value, depth: int = 0) -> Value:
    """A value with what its type adds; as it is where that adds nothing."""
    if depth > _DEEPEST or not isinstance(given, dict | list):
        return given
    each = _type_of_each(kind)
    if each is not None and isinstance(given, dict):
        return {name: filled_by_type(value, each, depth + 1) for name, value in given.items()}
    if each is not None and isinstance(given, list):
        return [filled_by_type(value, each, depth + 1) for value in given]
    found = dict(given) if isinstance(given, dict) else {}
    for name, inner, default in _parts(kind) if isinstance(given, dict) else ():
        if name in found or default is not None:
            found[name] = filled_by_type(found.get(name, default), inner, depth + 1)
    return found if isinstance(given, dict) else given


def node_filled_by_type(given: Node, kind: Value, read: Callable[[Value, Place], Node], depth: int = 0) -> Node:
    """The same for a value that is resolved already; `read` resolves what a type states."""
    each = _type_of_each(kind)
    parts = list(_parts(kind)) if given.is_mapping else []
    if depth > _DEEPEST or (each is None and not parts):
        return given
    if each is not None and given.is_list:
        return sequence([node_filled_by_type(item, each, read, depth + 1) for item in given.items()], given.at)
    found = dict(given.entries()) if given.is_mapping else {}
    if each is not None:
        filled = {name: node_filled_by_type(item, each, read, depth + 1) for name, item in found.items()}
        return mapping(filled, given.at) if given.is_mapping else given
    for name, inner, default in parts:
        if name in found:
            found[name] = node_filled_by_type(found[name], inner, read, depth + 1)
        elif default is not None:
            found[name] = read(filled_by_type(default, inner, depth + 1), given.at)
    return mapping(found, given.at)


def _type_of_each(kind: Value) -> Value:
    is_of_alike = isinstance(kind, Expression) and kind.function in _OF_ALIKE and bool(kind.arguments)
    return kind.arguments[0] if isinstance(kind, Expression) and is_of_alike else None


def _parts(kind: Value) -> Iterator[tuple[str, Value, Value]]:
    """The parts of an object type: the name, the type and, where it states one, the default."""
    parts = kind.arguments[0] if isinstance(kind, Expression) and kind.function == "object" and kind.arguments else None
    for name, part in islice(parts.items(), _MOST_PARTS) if isinstance(parts, dict) else ():
        is_optional = isinstance(part, Expression) and part.function == "optional"
        stated = part.arguments if isinstance(part, Expression) and is_optional else ()
        yield name, stated[0] if stated else part, stated[1] if len(stated) > 1 else None
