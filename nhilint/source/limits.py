"""How much of a file is read before it is refused, for every syntax.

A repository under inspection is hostile until shown otherwise, so every reader counts against one `Limits` and every
refusal for size is raised here. What is counted: bytes of the file, nesting of the value, nodes after aliases and
merges are expanded, and YAML aliases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from nhilint.source.unreadable import Unreadable, UnreadableKind

if TYPE_CHECKING:
    from nhilint.source.span import Position
    from nhilint.source.value import Value


class Limits(msgspec.Struct, frozen=True):
    """Upper bounds, all inclusive: `bytes` of the file, `depth` of nesting, expanded `nodes`, YAML `aliases`.

    A container counts as one level and one node, a scalar as one node; mapping keys are not counted. `tree_bytes`
    bounds files that are read through a syntax tree (HCL), which takes hundreds of bytes of memory for each of theirs.
    """

    bytes: int = 2_000_000
    depth: int = 100
    nodes: int = 500_000
    aliases: int = 10_000
    tree_bytes: int = 500_000


DEFAULT_LIMITS = Limits()

_CONTAINERS = (dict, list)


def check_size(data: bytes, limits: Limits, *, is_tree: bool = False) -> None:
    """Refuse a file of too many bytes before anything looks into it."""
    most = min(limits.bytes, limits.tree_bytes) if is_tree else limits.bytes
    if len(data) > most:
        message = f"the file has {len(data):,} bytes, more than the {most:,} that are read"
        raise Unreadable(message, kind=UnreadableKind.TOO_LARGE)


def too_deep(limits: Limits, place: Position | None = None) -> Unreadable:
    """The refusal of a value nested deeper than `limits.depth`."""
    message = f"the value is nested more than {limits.depth:,} levels deep"
    return _refusal(message, UnreadableKind.TOO_DEEP, place)


def too_many_nodes(limits: Limits, place: Position | None = None) -> Unreadable:
    """The refusal of a value with more than `limits.nodes` nodes."""
    return _refusal(f"the value has more than {limits.nodes:,} nodes", UnreadableKind.TOO_MANY_NODES, place)


def alias_bomb(limits: Limits, place: Position | None = None) -> Unreadable:
    """The refusal of a YAML file whose aliases multiply it beyond `limits.nodes` or number beyond `limits.aliases`."""
    message = f"aliases expand the file beyond {limits.nodes:,} nodes, or there are more than {limits.aliases:,}"
    return _refusal(message, UnreadableKind.ALIAS_BOMB, place)


def check_value(value: Value, limits: Limits) -> None:
    """Refuse a finished value of dicts and lists that is too deep or has too many nodes; walks level by level.

    For readers whose parser hands over the whole value at once; the others count while they build.
    """
    level: list[Value] = [value]
    depth, nodes = 0, 1
    while containers := [node for node in level if isinstance(node, _CONTAINERS)]:
        depth += 1
        if depth > limits.depth:
            raise too_deep(limits)
        level = []
        for node in containers:
            level.extend(node.values() if isinstance(node, dict) else node)
        nodes += len(level)
        if nodes > limits.nodes:
            raise too_many_nodes(limits)


def _refusal(message: str, kind: UnreadableKind, place: Position | None) -> Unreadable:
    line, column = place or (None, None)
    return Unreadable(message, line, column, kind)
