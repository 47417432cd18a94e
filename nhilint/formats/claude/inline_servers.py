"""MCP servers that a subagent's front matter or a plug-in's manifest defines itself become tools.

Those of a settings file are never started: they become one tool that is off and says so.

Sources: https://code.claude.com/docs/en/sub-agents#scope-mcp-servers-to-a-subagent and /plugins-reference#mcp-servers,
read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.claude.ineffective import Fault, ineffective_setting
from nhilint.formats.mcp.dialects import DIALECTS
from nhilint.formats.mcp.entry import Entry
from nhilint.formats.mcp.server import read_server
from nhilint.formats.mcp.servers import looks_like_server
from nhilint.model.fact import Known, known_records, value_of
from nhilint.model.resource import Resource
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.credential import Credential

_MOST_SERVERS = 200
_WRITTEN_OUT = frozenset({"literal", "default_literal"})


def credentials_of_unread_servers(servers: Node) -> Iterator[Credential]:
    """What stands in clear below `mcpServers` of a settings file, which the product does not read as servers.

    Source: https://code.claude.com/docs/en/mcp (project servers in .mcp.json, the others in ~/.claude.json) and
    https://github.com/anthropics/claude-code/issues/24477, read 2026-11-22.
    """
    for resource in read_inline_servers(servers, "claude-code-settings"):
        if isinstance(resource.facts, Tool):
            held = known_records(resource.facts.credentials)
            yield from (one for one in held if value_of(one.source) in _WRITTEN_OUT)


def unread_servers(servers: Node, format_id: str) -> tuple[Resource, ...]:
    """One tool for all servers below `mcpServers` of a settings file, off, with the reason; sources as above.

    It has no kind: rules and approvals beside it are about servers that exist.
    """
    found = read_inline_servers(servers, "claude-code-settings") if servers.is_mapping else ()
    if not found:
        return ()
    at = servers.at.at_key()
    unstarted = "never starts this one" if len(found) == 1 else f"starts none of these {len(found)}"
    reason = f"Claude Code reads no servers from its settings files and {unstarted}"
    instead = "move the key to .mcp.json at the root of the project"
    fault = Fault(reason, instead, "mcp#mcp-installation-scopes", protects=False)
    tool = Tool(
        at=at,
        name=Known(found[0].name, at),
        enabled=Known(value=False, at=at),
        ineffective=(ineffective_setting("mcpServers", fault, at),),
    )
    return (Resource("tool", found[0].name, format_id, tool),)


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
