"""Blocks of one kind in a file of Nomad become pairs of label and body."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node


def labelled(node: Node) -> Iterator[tuple[str, Node]]:
    """Every labelled block of one kind, with its label; several may have the same."""
    for label, bodies in node.entries():
        for body in bodies.items():
            if body.is_mapping:
                yield label, body
