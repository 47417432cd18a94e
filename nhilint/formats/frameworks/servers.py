"""MCP servers as frameworks write them: the reader of client configurations does the work, a dialect says the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.mcp.entry import Entry
from nhilint.formats.mcp.server import read_server

if TYPE_CHECKING:
    from nhilint.formats.mcp.dialect import Dialect
    from nhilint.formats.node import Node
    from nhilint.model.resource import Resource


def server(name: str, node: Node, dialect: Dialect, format_id: str) -> Resource:
    """The tool that a node of a framework's file configures as an MCP server."""
    return read_server(Entry(name, node, dialect), format_id)
