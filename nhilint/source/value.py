"""The plain values that every reader produces, whatever the syntax.

A value is made of dict, list, str, int, float, bool and None, plus three shapes that plain data lacks: a YAML node
with a tag of its own (`Tagged`), an HCL expression that is not a literal (`Expression`) and a file of several YAML
documents (`Stream`). Values are shared and must not be changed: a YAML alias is the very object its anchor names.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec


class Tagged(msgspec.Struct, frozen=True):
    """A YAML node with a tag outside the core schema: `!Ref x` is Tagged('!Ref', 'x'). Pointers pass through it."""

    tag: str
    value: Value


class Expression(msgspec.Struct, frozen=True):
    """An HCL expression that is no literal, kept as its source text: a reference, a template, a function call.

    A plain function call also names its `function` and holds its `arguments` as values, so that the object inside
    `jsonencode({…})` can be read; pointers address an argument by its index.
    """

    text: str
    function: str | None = None
    arguments: tuple[Value, ...] = ()


class Stream(list["Value"]):
    """Several YAML documents of one file, in order; empty documents are left out."""

    __slots__ = ()


Value: TypeAlias = "dict[str, Value] | list[Value] | str | int | float | bool | Tagged | Expression | Stream | None"
"""One decoded value. Numbers, truth values and null follow the syntax's own rules (YAML: the 1.2 core schema)."""
