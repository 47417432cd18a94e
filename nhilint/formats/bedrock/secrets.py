"""Values that AWS's agent resources carry in clear where a secret store is meant."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from nhilint.formats.bedrock.spelling import part, plain
from nhilint.formats.mcp.dialect import Expansion
from nhilint.formats.mcp.holding import Slot, is_header_of_credential, read_slot
from nhilint.knowledge.credentials import is_credential_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.credential import Credential

_MOST = 200
_DEEPEST = 6
_SECRET_KEYS = frozenset(
    {"clientsecret", "apikey", "apikeysecret", "walletsecret", "appsecret", "authorizationprivatekey", "password"}
)


def environment(node: Node) -> Iterator[Credential]:
    """Credentials among environment variables: a mapping, or a list of names with values."""
    pairs = list(node.entries()) if node.is_mapping else [_named(item) for item in node.items() if item.is_mapping]
    for name, value in pairs[:_MOST]:
        if isinstance(value.value, str):
            yield from read_slot(value.value, Slot(name, value.at, "env", is_credential_name(name)), Expansion())[0]


def headers(node: Node) -> Iterator[Credential]:
    """Credentials among the headers of a request: a mapping from name to value."""
    for name, value in islice(node.entries(), _MOST):
        if isinstance(value.value, str):
            slot = Slot(name, value.at, "header", is_header_of_credential(name))
            yield from read_slot(value.value, slot, Expansion())[0]


def secrets(node: Node, depth: int = 0) -> Iterator[Credential]:
    """Credentials under the keys that hold one, at any depth of a provider's configuration."""
    for name, inner in islice(node.entries(), _MOST):
        if plain(name) in _SECRET_KEYS and isinstance(inner.value, str):
            yield from read_slot(inner.value, Slot(name, inner.at, "field", sensitive=True), Expansion())[0]
        elif depth < _DEEPEST and inner.is_mapping:
            yield from secrets(inner, depth + 1)
        elif depth < _DEEPEST and inner.is_list:
            for item in islice(inner.items(), _MOST):
                yield from secrets(item, depth + 1)


def _named(item: Node) -> tuple[str, Node]:
    return str(part(item, "Name").value), part(item, "Value")
