"""`.codex/agents/NAME.toml` becomes an agent: a role with its own instructions, model, sandbox and servers.

The file is a layer of configuration with a name and a description. What is left out comes from the session that starts
it, and so do approvals and sandbox when they were chosen in that session.
Sources: https://developers.openai.com/codex/subagents; https://github.com/openai/codex,
codex-rs/core/src/config/agent_roles.rs (RawAgentRoleFileToml), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.claude.frontmatter import stem_of
from nhilint.formats.claude.instructions import read_instructions
from nhilint.formats.claude.templates import engine_template
from nhilint.formats.codex.settings import SERVERS, read_settings
from nhilint.formats.mcp.dialects import DIALECTS
from nhilint.formats.mcp.servers import read_servers
from nhilint.formats.node import Node
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_TELLING = ("developer_instructions", "model_instructions_file", "description", "sandbox_mode", "model")


def extract(document: Document, claim: Claim) -> Extraction:
    """One subagent and the servers that only it has."""
    root = Node.root(document, engine_template)
    if not root.is_mapping or not any(root[key].exists for key in _TELLING):
        return Extraction(recognised=False)
    name = root["name"].value if root["name"].is_text and root["name"].value.strip() else stem_of(document.path)
    at = root["name"].at if root["name"].exists else root.at
    servers = read_servers(Node.root(document), DIALECTS[SERVERS], SERVERS) or ()
    agent = replace(
        read_settings(root),
        at=at,
        name=Known(name, at),
        kind=Known("subagent", at),
        purpose=root["description"].text(),
        initiation=Known("tool_mediated", at),
        servers=Known(tuple(server.name for server in servers), root["mcp_servers"].at) if servers else None,
        instructions=read_instructions(root, root["developer_instructions"]),
    )
    return Extraction((Resource("agent", name, claim.format, agent), *servers))
