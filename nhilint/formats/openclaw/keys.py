"""Keys that stand in clear in a configuration, wherever a field is named for one."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from nhilint.formats.mcp.dialect import Expansion
from nhilint.formats.mcp.holding import Slot, read_slot
from nhilint.knowledge.credentials import is_credential_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.credential import Credential

_MOST = 300
_DEEPEST = 10
_EXPANSION = Expansion(forms=frozenset({"brace"}), write="${NAME}")


def credentials(node: Node, depth: int = 0) -> Iterator[Credential]:
    """Credentials below a node, at any depth that a configuration has."""
    for name, inner in islice(node.entries(), _MOST):
        if isinstance(inner.value, str):
            if is_credential_name(name):
                yield from read_slot(inner.value, Slot(name, inner.at, "field", sensitive=True), _EXPANSION)[0]
        elif depth < _DEEPEST:
            yield from credentials(inner, depth + 1)
    if node.is_list and depth < _DEEPEST:
        for item in islice(node.items(), _MOST):
            yield from credentials(item, depth + 1)
