"""Finds the servers of a document, wherever its dialect keeps them. Other families call this for settings they own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.mcp.entry import Entry, walk
from nhilint.formats.mcp.server import read_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.mcp.dialect import Dialect
    from nhilint.formats.node import Node
    from nhilint.model.resource import Resource

_NAMES = ("name", "serverName", "id")


def read_servers(root: Node, dialect: Dialect, format_id: str) -> tuple[Resource, ...] | None:
    """One tool for each server below `root`; None when the root has no place for servers at all."""
    entries = find_entries(root, dialect)
    return None if entries is None else tuple(read_server(entry, format_id) for entry in entries)


def find_entries(root: Node, dialect: Dialect) -> tuple[Entry, ...] | None:
    """The entries of every server; None when no root key of the dialect is there."""
    found: dict[tuple[str | int, ...], Entry] = {}
    is_there = False
    for holder, misplaced in _holders(root, dialect):
        is_there = is_there or holder.is_mapping or holder.is_list
        for name, node in _named(holder):
            if looks_like_server(node, dialect):
                found.setdefault(node.pointer, Entry(name, node, dialect, misplaced=misplaced))
    if not is_there and dialect.bare:
        for name, node in root.entries():
            if looks_like_server(node, dialect, strictly=True):
                found[node.pointer] = Entry(name, node, dialect)
    return tuple(found.values()) if found or is_there else None


def _holders(root: Node, dialect: Dialect) -> Iterator[tuple[Node, bool]]:
    """Where servers may be listed, those places that the client does not look at marked as such."""
    for routes, misplaced in ((dialect.routes, False), (dialect.ignored_routes, True)):
        yield from ((holder, misplaced) for route in routes for holder in walk(root, route))


def looks_like_server(node: Node, dialect: Dialect, *, strictly: bool = False) -> bool:
    """Whether a mapping has a part that only a server has; `strictly` asks for the part that starts it."""
    keys = dialect.keys
    telling = {*keys.command, *keys.address}
    if not strictly:
        gates = dialect.gates
        telling.update(dialect.transports.type_keys, keys.arguments, keys.environment, keys.nested, gates.off, gates.on)
        telling.update(("source", "settings"))
    return isinstance(node.value, dict) and not telling.isdisjoint(node.value)


def _named(holder: Node) -> Iterator[tuple[str, Node]]:
    """The entries of a map of servers, or the items of a list whose items bear names."""
    if holder.is_mapping:
        yield from holder.entries()
    elif holder.is_list:
        for index, item in enumerate(holder.items()):
            name = item.first(*_NAMES)
            yield (name.value if isinstance(name.value, str) else str(index)), item
