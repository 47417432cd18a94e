"""One server as a file states it, seen through its dialect: parts are asked for by meaning and found by spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.mcp.dialect import Dialect, Route
    from nhilint.formats.node import Node
    from nhilint.model.place import Place


_NOTHING = "\0"
"""A key that no document has."""


class Entry:
    """The node of one server with its name and dialect. `misplaced`: it stands where the product does not look."""

    __slots__ = ("dialect", "holders", "misplaced", "name", "node")

    def __init__(self, name: str, node: Node, dialect: Dialect, *, misplaced: bool = False) -> None:
        self.name = name
        self.node = node
        self.dialect = dialect
        self.misplaced = misplaced
        nested = (node[key] for key in dialect.keys.nested)
        self.holders = (*(inner for inner in nested if inner.is_mapping), node)

    @property
    def at(self) -> Place:
        """The place of the whole entry."""
        return self.node.at

    def part(self, spellings: tuple[str, ...]) -> Node:
        """The first spelling of one part that is there and not null; else the absent node of the first."""
        for holder in self.holders:
            for key in spellings:
                found = holder[key]
                if found.exists and found.value is not None and not self._is_holder(found):
                    return found
        return self.node[spellings[0] if spellings else _NOTHING]

    def parts(self, routes: tuple[Route, ...]) -> Iterator[Node]:
        """Every node that one of the routes leads to."""
        for holder in self.holders:
            for route in routes:
                yield from walk(holder, route)

    def _is_holder(self, found: Node) -> bool:
        return any(found.pointer == holder.pointer for holder in self.holders)


def walk(node: Node, route: Route) -> Iterator[Node]:
    """The nodes that a route leads to from `node`; `*` follows every key."""
    if not route:
        if node.exists and node.value is not None:
            yield node
        return
    step, rest = route[0], route[1:]
    if step == "*":
        for _, inner in node.entries():
            yield from walk(inner, rest)
    elif node[step].exists:
        yield from walk(node[step], rest)
