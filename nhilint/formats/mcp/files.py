"""Reads files of MCP clients: the claim's format says which dialect, the dialect says the rest.

Files that hold other settings too (Gemini, Codex, Zed, opencode …) give their servers here; a family that reads the
rest of such a file calls `read_servers` with the same dialect.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from nhilint.formats.mcp.dialects import DIALECTS
from nhilint.formats.mcp.servers import read_servers
from nhilint.formats.node import Node
from nhilint.model.resource import Extraction

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document


def extract(document: Document, claim: Claim) -> Extraction:
    """One tool for each server; a file without a place for servers is another product's.

    The state of Claude Code also keeps prompts, in which credentials may stand.
    """
    resources = read_servers(Node.root(document), DIALECTS[claim.format], claim.format)
    if document.path.rpartition("/")[2] == ".claude.json":
        pasted = tuple(
            import_module("nhilint.formats.settings_files.prompt_history").pasted_into_prompts(document, claim)
        )
        resources = (*(resources or ()), *pasted) if pasted else resources
    return Extraction(recognised=False) if resources is None else Extraction(resources)
