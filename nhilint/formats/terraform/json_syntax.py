"""A `.tf.json` file becomes the value that the same configuration has in HCL.

Blocks become lists of bodies under their types and labels, as the HCL reader has them, and texts with `${…}` become the
expressions they are. The texts inside stay where they stand; the step of a block that JSON does not number leads
nowhere further, so that its place is the body's. Source:
developer.hashicorp.com/terraform/language/syntax/json, read 2026-11-22.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from nhilint.formats.terraform.conditionals import expression
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from nhilint.source.value import Value

_LABELS = {"resource": 2, "data": 2, "variable": 1, "module": 1, "output": 1, "locals": 0}
_BLOCKS = frozenset({"statement", "principals", "not_principals", "condition", "inline_policy"})
"""Blocks within the resources that are read: one may stand without its list."""
_LONE = Deferred(r"^\$\{([^{}\"]*)\}$")
_CALL = Deferred(r"^\$\{(\s*[a-z]{1,20}\([^$]*\)\s*)\}$")
"""A call of a function that is all of a text, without a template inside of it."""
_LONGEST_CALL = 50_000
_DEEPEST = 40


def as_hcl(value: dict[str, Value]) -> dict[str, Value]:
    """The same configuration in the shape of HCL; what is no block of Terraform is left out."""
    return {name: _labelled(value[name], depth) for name, depth in _LABELS.items() if name in value}


def _labelled(value: Value, labels: int) -> Value:
    if labels == 0:
        return [_expressed(body, 0) for body in (value if isinstance(value, list) else [value])]
    if isinstance(value, list):
        merged: dict[str, Value] = {}
        for entry in value:
            merged.update(entry if isinstance(entry, dict) else {})
        value = merged
    return {name: _labelled(inner, labels - 1) for name, inner in value.items()} if isinstance(value, dict) else {}


def _expressed(value: Value, depth: int) -> Value:
    if depth > _DEEPEST:
        return None
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        return [_expressed(item, depth + 1) for item in value]
    if isinstance(value, dict):
        found = {name: _expressed(inner, depth + 1) for name, inner in value.items()}
        return {n: [inner] if n in _BLOCKS and isinstance(inner, dict) else inner for n, inner in found.items()}
    return value


def _text(value: str) -> Value:
    """A text, or the expression that it is: a reference, the call of a function, or a template."""
    lone, called = _LONE.match(value), _CALL.match(value)
    if lone:
        return Expression(lone[1].strip())
    made = expression(called[1].strip()) if called and len(value) <= _LONGEST_CALL else None
    if made is not None:
        return made
    return Expression(json.dumps(value, ensure_ascii=False)) if "${" in value and value[:1] != "{" else value
