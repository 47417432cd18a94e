"""Policy documents are found wherever a JSON file holds them, with what stands around them: a role, a user, a name.

Shapes: a bare document; what `create-role`, `put-role-policy` and `get-account-authorization-details` of the command
line take and print (docs.aws.amazon.com/cli/latest/reference/iam, read 2026-11-22); lists of those. CloudFormation
templates, Terraform state and captured API events hold statements too, but mean something else and are left alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node

_DEEPEST = 12
_MOST = 2_000
_ELSEWHERE = frozenset(
    {"AWSTemplateFormatVersion", "terraform_version", "planned_values", "Records", "$schema", "eventSource"}
)
_OWNERS = ("RoleName", "UserName", "GroupName")


class Found(Struct, frozen=True):
    """A document, or a principal with its documents. `owner` is the mapping that names the principal, if any."""

    owner: Node | None
    documents: tuple[Node, ...]
    trust: Node | None = None


def find(root: Node) -> Iterator[Found]:
    """Every principal and every loose document of a file, in file order."""
    if root.is_mapping and not _ELSEWHERE.isdisjoint(root.value):
        return
    if root.is_mapping and _is_cloudformation(root):
        return
    waiting = [root]
    seen = 0
    while waiting and seen < _MOST:
        node = waiting.pop()
        seen += 1
        if is_document(node):
            yield Found(None, (node,))
        elif _is_owner(node):
            yield Found(node, tuple(_inside(node)), _trust_of(node))
        elif len(node.pointer) < _DEEPEST:
            waiting.extend(reversed(list(_children(node))))


def is_document(node: Node) -> bool:
    """Whether a node is a policy document: a mapping whose statements have an effect."""
    if not node.is_mapping or "Statement" not in node.value:
        return False
    return any(item["Effect"].exists for item in statements(node))


def statements(document: Node) -> list[Node]:
    """The statements of a document, one or several."""
    return [item for item in document["Statement"].items() if item.is_mapping]


def _children(node: Node) -> Iterator[Node]:
    if node.is_mapping:
        yield from (child for _, child in node.entries() if child.is_mapping or child.is_list)
    elif node.is_list:
        yield from (child for child in node.items() if child.is_mapping or child.is_list)


def _is_owner(node: Node) -> bool:
    if not node.is_mapping:
        return False
    return any(node[key].is_text for key in _OWNERS) and any(
        key in node.value
        for key in ("AssumeRolePolicyDocument", "RolePolicyList", "UserPolicyList", "GroupPolicyList", "PolicyDocument")
    )


def _trust_of(owner: Node) -> Node | None:
    document = owner["AssumeRolePolicyDocument"]
    return document if is_document(document) else None


def _inside(owner: Node) -> Iterator[Node]:
    for key in ("RolePolicyList", "UserPolicyList", "GroupPolicyList"):
        for entry in owner[key].items():
            if is_document(entry["PolicyDocument"]):
                yield entry["PolicyDocument"]
    if is_document(owner["PolicyDocument"]):
        yield owner["PolicyDocument"]


def _is_cloudformation(root: Node) -> bool:
    resources = root["Resources"]
    return any(str(resource["Type"].value).startswith("AWS::") for _, resource in resources.entries())
