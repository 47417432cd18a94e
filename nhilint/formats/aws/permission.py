"""A permission on a function, given as single properties, in the terms of the policy language.

Source: docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html, partly re-read 2026-11-22: what Lambda
writes into the policy for each parameter of AddPermission. CloudFormation and Terraform take the same parameters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nhilint.formats.aws.assembled import Assembled, mapping

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhilint.formats.node import Node
    from nhilint.model.place import Place

CONDITIONS: Final = {
    "SourceArn": ("ArnLike", "aws:SourceArn"),
    "SourceAccount": ("StringEquals", "aws:SourceAccount"),
    "PrincipalOrgID": ("StringEquals", "aws:PrincipalOrgID"),
    "OrganizationId": ("StringEquals", "aws:PrincipalOrgID"),
    "EventSourceToken": ("StringEquals", "lambda:EventSourceToken"),
    "FunctionUrlAuthType": ("StringEquals", "lambda:FunctionUrlAuthType"),
    "InvokedViaFunctionUrl": ("Bool", "lambda:InvokedViaFunctionUrl"),
}
"""The condition that each parameter stands for."""


def principal_of(stated: Node) -> Node:
    """A principal given as one text, by the kind that the policy language has for it."""
    text = str(stated.value)
    if not stated.is_text or text == "*":
        return stated
    kind = "Service" if text.endswith((".amazonaws.com", ".amazonaws.com.cn")) else "AWS"
    return mapping({kind: stated}, stated.at)


def condition_of(parameters: Mapping[str, Node], at: Place) -> Assembled:
    """The conditions that the stated parameters stand for."""
    by_operator: dict[str, dict[str, Node]] = {}
    for name, node in parameters.items():
        if node.exists:
            operator, key = CONDITIONS[name]
            by_operator.setdefault(operator, {})[key] = node
    return mapping({operator: mapping(pairs, at) for operator, pairs in by_operator.items()}, at)
