"""MCP servers that a subagent's front matter or a plug-in's manifest defines itself become tools.

Sources: https://code.claude.com/docs/en/sub-agents#scope-mcp-servers-to-a-subagent and /plugins-reference#mcp-servers,
read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.mcp.dialects import DIALECTS
from nhilint.formats.mcp.entry import Entry
from nhilint.formats.mcp.server import read_server
from nhilint.formats.mcp.servers import looks_like_server

if TYPE_CHECKING:
    from nhilint.formats.node import Node
    from nhilint.model.resource import Resource

_MOST_SERVERS = 200


def read_inline_servers(servers: Node, format_id: str) -> tuple[Resource, ...]:
    """One tool for each definition; names alone refer to servers that are defined elsewhere."""
    dialect = next(dialect for dialect in DIALECTS.values() if dialect.client == "claude-code")
    holders = [servers] if servers.is_mapping else list(servers.items()) if servers.is_list else []
    found: list[Resource] = []
    for holder in holders[:_MOST_SERVERS]:
        for name, node in holder.entries():
            if looks_like_server(node, dialect) and len(found) < _MOST_SERVERS:
                found.append(read_server(Entry(name, node, dialect), format_id))
    return tuple(found)
