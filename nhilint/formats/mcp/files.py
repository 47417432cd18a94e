"""Reads files of MCP clients: the claim's format says which dialect, the dialect says the rest.

Files that hold other settings too (Gemini, Codex, Zed, opencode …) give their servers here; a family that reads the
rest of such a file calls `read_servers` with the same dialect. A file in a place where its product reads none starts
nothing: what stands in it in clear is told, and no more.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.assistant import session
from nhilint.formats.mcp.dialects import DIALECTS
from nhilint.formats.mcp.servers import read_servers
from nhilint.formats.node import Node
from nhilint.model.fact import known_records, value_of
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_NEVER_READ = ".windsurf"
"""Windsurf reads ~/.codeium/windsurf/mcp_config.json alone, and no file of a project.

Sources: https://docs.windsurf.com/windsurf/cascade/mcp; https://github.com/laravel/boost/issues/87 and
https://github.com/scalameta/metals/pull/7470 (four places of a project tried in vain), read 2026-11-22.
"""
_WRITTEN_OUT = frozenset({"literal", "default_literal"})


def extract(document: Document, claim: Claim) -> Extraction:
    """One tool for each server; a file without a place for servers is another product's.

    The state of Claude Code also keeps prompts, in which credentials may stand.
    """
    root = Node.root(document)
    resources = read_servers(root, DIALECTS[claim.format], claim.format)
    if resources and document.path.rpartition("/")[0].endswith(_NEVER_READ):
        return Extraction(_in_clear(root, claim, resources))
    if document.path.rpartition("/")[2] == ".claude.json":
        pasted = tuple(
            import_module("nhilint.formats.settings_files.prompt_history").pasted_into_prompts(document, claim)
        )
        resources = (*(resources or ()), *pasted) if pasted else resources
    return Extraction(recognised=False) if resources is None else Extraction(resources)


def _in_clear(root: Node, claim: Claim, servers: tuple[Resource, ...]) -> tuple[Resource, ...]:
    """The settings that hold what stands in clear; none where nothing does."""
    tools = (server.facts for server in servers if isinstance(server.facts, Tool))
    held = (one for tool in tools for one in known_records(tool.credentials))
    written = tuple(one for one in held if value_of(one.source) in _WRITTEN_OUT)
    if not written:
        return ()
    agent = replace(session(root, DIALECTS[claim.format].client, "project"), credentials=written)
    return (Resource("agent", root.path, claim.format, agent),)
