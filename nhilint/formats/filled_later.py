"""Resolved values in which `${…}` stands for what only a deployment can tell: as facts, such texts are unknown.

The resolvers of Terraform and CloudFormation put those marks; readers of policies know them, other readers ask here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nhilint.formats.node import Node


def fill_later(node: Node) -> Node:
    """The same node, and every node inside it, with such texts taken as not known."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        current.templates = _mark
        inside = current.value
        if isinstance(inside, dict):
            waiting.extend(inside.values())
        elif isinstance(inside, list):
            waiting.extend(inside)
    return node


def _mark(text: str) -> str | None:
    return "known only when it is deployed" if "${" in text else None
