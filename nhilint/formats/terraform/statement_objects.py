"""Statements that the modules of terraform-aws-modules take as objects become a document of the policy language.

An object has the names of a `statement` block of `aws_iam_policy_document`; principals and conditions are lists, or
objects with names of their own. Source: `policy_statements` in variables.tf of terraform-aws-lambda (8.8.1), and
`inline_policy_permissions` and `trust_policy_permissions` in modules/iam-role of terraform-aws-iam (6), read
2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import Assembled, literal, mapping, sequence

if TYPE_CHECKING:
    from nhilint.formats.node import Node
    from nhilint.model.place import Place

_KEYS = {
    "sid": "Sid",
    "effect": "Effect",
    "actions": "Action",
    "not_actions": "NotAction",
    "resources": "Resource",
    "not_resources": "NotResource",
}
_MOST = 200


def document_of_objects(stated: Node, at: Place) -> Node:
    """The document of some statements, in a list or an object."""
    return mapping({"Statement": sequence([_statement(one) for one in _each(stated)], at)}, at)


def _each(stated: Node) -> list[Node]:
    return ([inner for _, inner in stated.entries()] if stated.is_mapping else list(stated.items()))[:_MOST]


def _statement(stated: Node) -> Node:
    """A statement of the policy language; unknown where it cannot be told."""
    if not stated.is_mapping:
        return Assembled("${statement}", stated.at)
    known: dict[str, Node] = {"Effect": literal("Allow", stated.at)}
    known |= {key: stated[name] for name, key in _KEYS.items() if stated[name].exists}
    for name, key in (("principals", "Principal"), ("not_principals", "NotPrincipal"), ("condition", "Condition")):
        if stated[name].exists:
            known[key] = _conditions(stated[name]) if key == "Condition" else _principals(stated[name])
    return mapping(known, stated.at)


def _conditions(stated: Node) -> Node:
    operators: dict[str, dict[str, Node]] = {}
    for one in _each(stated):
        operator, key = one["test"].value, one["variable"].value
        if not isinstance(operator, str) or not isinstance(key, str):
            return Assembled("${condition}", stated.at)
        operators.setdefault(operator, {})[key] = one["values"]
    return mapping({operator: mapping(keys, stated.at) for operator, keys in operators.items()}, stated.at)


def _principals(stated: Node) -> Node:
    kinds: dict[str, list[Node]] = {}
    for one in _each(stated):
        kind = one["type"].value
        if not isinstance(kind, str) or "${" in kind or not one["identifiers"].exists:
            return Assembled("${principals}", stated.at)
        kinds.setdefault(kind, []).extend(one["identifiers"].items())
    if "*" in kinds:
        return literal("*", stated.at)
    return mapping({kind: sequence(named, stated.at) for kind, named in kinds.items()}, stated.at)
