"""Reads files of MCP clients: the claim's format says which dialect, the dialect says the rest.

Files that hold other settings too (Gemini, Codex, Zed, opencode …) give their servers here; a family that reads the
rest of such a file calls `read_servers` with the same dialect.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.mcp.dialects import DIALECTS
from nhilint.formats.mcp.servers import read_servers
from nhilint.formats.node import Node
from nhilint.model.resource import Extraction

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document


def extract(document: Document, claim: Claim) -> Extraction:
    """One tool for each server; a file without a place for servers is another product's."""
    resources = read_servers(Node.root(document), DIALECTS[claim.format], claim.format)
    return Extraction(recognised=False) if resources is None else Extraction(resources)
