"""Headers that custom resources of kagent send to a server: written in clear, or taken from a Secret.

Source: ValueRef in go/api/v1alpha2/common_types.go and go/api/v1alpha1/toolserver_types.go of kagent-dev/kagent, read
2026-11-22: `name`, and `value` or `valueFrom` with `type`, and `name` (v1alpha1: `valueRef`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.mcp.dialect import Expansion
from nhilint.formats.mcp.holding import Slot, pointing, read_slot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.credential import Credential

_MOST = 200


def header_credentials(headers: Node) -> Iterator[Credential]:
    """The credentials among such headers."""
    for number, item in enumerate(headers.items()):
        name, value = item["name"].value, item["value"]
        if number >= _MOST or not isinstance(name, str):
            continue
        if isinstance(value.value, str):
            yield from read_slot(value.value, Slot(name, value.at, "header", sensitive=True), Expansion())[0]
        elif item["valueFrom"].is_mapping and item["valueFrom"]["type"].value != "ConfigMap":
            source = item["valueFrom"].first("name", "valueRef")
            if source.is_text:
                yield pointing(Slot(name, source.at, "header"), str(source.value), "secret_store")
