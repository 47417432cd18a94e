"""An MCP configuration kept as JSON inside a text of another document becomes a tool whose places are that text.

The text has no places of its own for its keys, so every fact points at the whole of it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeVar, cast

from msgspec import Struct
from msgspec.structs import asdict, replace

from nhilint.formats.frameworks.servers import server
from nhilint.formats.mcp.dialect import Dialect, Gates
from nhilint.formats.node import Node
from nhilint.model.place import Place

if TYPE_CHECKING:
    from nhilint.formats.frameworks.framework import Framework
    from nhilint.model.resource import Resource

_LONGEST = 65_536
T = TypeVar("T")
_KEYS = ("mcpServers", "servers")


def embedded_server(name: str, text: Node, framework: Framework, format_id: str) -> Resource | None:
    """The first server of a JSON text; None when it holds none."""
    if not isinstance(text.value, str) or len(text.value) > _LONGEST:
        return None
    try:
        value = json.loads(text.value)
    except (ValueError, RecursionError):
        return None
    root = Node(value, text.path, text.pointer)
    for key in _KEYS:
        for inner_name, inner in root[key].entries():
            root, name = inner, inner_name
            break
    if not (root["command"].is_text or root["url"].is_text):
        return None
    dialect = Dialect(client=framework.product, title=framework.title, docs=framework.docs, gates=Gates(off=()))
    found = server(name, root, dialect, format_id)
    return replace(found, facts=_moved(found.facts, text.at))


def _moved(value: T, at: Place) -> T:
    """The same facts, each of them placed at `at`."""
    if isinstance(value, Place):
        return cast("T", at)
    if isinstance(value, Struct):
        return type(value)(**{name: _moved(part, at) for name, part in asdict(value).items()})
    if isinstance(value, tuple):
        return cast("T", tuple(_moved(part, at) for part in value))
    return value
