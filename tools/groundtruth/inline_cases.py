"""Policies and configurations that stand as text inside a peer's Python tests become files of their own.

A row names the test function and a number. Nothing of the peer is imported or run: the test is parsed, and the literals
that it hands to the peer are read off. parliament's rows number the calls of a function, cloudsplaining's its
assertions, checkov's the texts that it parses.
"""

from __future__ import annotations

import ast
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARSED = frozenset({"analyze_policy_string", "loads"})
_WRAPPED = frozenset({"PolicyDocument", "StatementDetail"})


def inline_text(source: str, locator: str, rule: str, earlier: int = 0) -> tuple[str, str] | None:
    """The text of a case with the ending that its file would have; None where the test states none.

    `earlier` is how many rows of the same function and rule stand before this one.
    """
    name, _, number = locator.partition("#")
    function = next((node for node in ast.walk(ast.parse(source)) if _is_function(node, name)), None)
    if not isinstance(function, ast.FunctionDef) or not number.isdigit():
        return None
    texts = list(_handed_over(function))
    if texts:
        text = texts[int(number) - 1] if int(number) <= len(texts) else None
        return None if text is None else (text, ".json" if text.lstrip().startswith("{") else ".tf")
    asserted = [policy for rules, policy in _asserted(function) if rule in rules]
    return (json.dumps(asserted[earlier], indent=1), ".json") if earlier < len(asserted) else None


def _is_function(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name == name


def _handed_over(function: ast.FunctionDef) -> Iterator[str | None]:
    """The texts that a test hands to its peer's parser, in order."""
    named: dict[str, str] = {}
    for node in _in_order(function):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            text = _text(node.value, named)
            if text is not None:
                named[node.targets[0].id] = text
        elif isinstance(node, ast.Call) and _called(node) in _PARSED and node.args:
            yield _text(node.args[0], named)


def _text(node: ast.expr, named: dict[str, str]) -> str | None:
    if isinstance(node, ast.Name):
        return named.get(node.id)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _asserted(function: ast.FunctionDef) -> Iterator[tuple[frozenset[str], object]]:
    """Every assertion with the attributes it asks for and the policy of the object that it asks."""
    policies: dict[str, object] = {}
    for node in _in_order(function):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            policy = _policy(node.value, policies)
            if policy is not None:
                policies[node.targets[0].id] = policy
            elif (owner := _owner(node.value)) in policies:
                yield _attributes(node.value), policies[owner]
        elif isinstance(node, ast.Call) and _called(node).startswith("assert"):
            owners = [n.id for n in ast.walk(node) if isinstance(n, ast.Name) and n.id in policies]
            if owners:
                yield _attributes(node), policies[owners[0]]


def _policy(node: ast.expr, policies: dict[str, object]) -> object | None:
    """The document that an expression is or wraps, if it is a literal."""
    if isinstance(node, ast.Call) and _called(node) in _WRAPPED and node.args:
        return _policy(node.args[0], policies)
    if isinstance(node, ast.Name):
        return policies.get(node.id)
    if not isinstance(node, ast.Dict):
        return None
    try:
        value: dict[str, object] = ast.literal_eval(node)
    except ValueError:
        return None
    if "Statement" in value:
        return value
    return {"Version": "2012-10-17", "Statement": [value]} if "Effect" in value else None


def _owner(node: ast.expr) -> str:
    return next((n.id for n in ast.walk(node) if isinstance(n, ast.Name)), "")


def _attributes(node: ast.AST) -> frozenset[str]:
    return frozenset(n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute))


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _in_order(function: ast.FunctionDef) -> list[ast.Assign | ast.Call]:
    """Assignments and calls as they run: those of one line inside out."""
    found: list[ast.Assign | ast.Call] = [n for n in ast.walk(function) if isinstance(n, ast.Assign | ast.Call)]
    return sorted(found, key=lambda node: (node.end_lineno or 0, node.end_col_offset or 0))
