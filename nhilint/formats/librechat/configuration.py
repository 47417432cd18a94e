"""The configuration of a LibreChat server becomes the agent that its users share, and its tool servers.

Source: toolApprovalPolicySchema of the npm package librechat-data-provider 0.8.524 (src/config.ts) and
www.librechat.ai/docs/configuration/librechat_yaml, read 2026-11-22. Rules are tried in the order deny, ask, allow and
mode; `mode: bypass` approves what no rule is about, `enabled: false` takes every question away. Without the section the
product decides, and nothing is assumed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.mcp.dialects import DIALECTS
from nhilint.formats.mcp.servers import read_servers
from nhilint.formats.node import Node
from nhilint.formats.openclaw.keys import credentials
from nhilint.formats.templates import braces
from nhilint.model.fact import Fact, Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.agent import Autonomy
    from nhilint.source.document import Document

_DIALECT = "mcp-librechat"
_SECTIONS = ("endpoints", "mcpServers", "mcpSettings", "interface", "registration", "actions")


def extract(document: Document, claim: Claim) -> Extraction:
    """The agent and the servers; a file without a version or without a section of LibreChat is something else."""
    root = Node.root(document)
    if not any(root[name].is_mapping for name in _SECTIONS) or root["services"].exists:
        return Extraction(recognised=False)
    servers = read_servers(root, DIALECTS[_DIALECT], _DIALECT) or ()
    told = Node.root(document, braces)
    agent = Agent(
        at=root.at,
        name=Known(document.path, root.at),
        product=Known("librechat", root.at),
        kind=Known("settings", root.at),
        level=Known("project", root.at),
        autonomy=_autonomy(told.at_path("endpoints", "agents", "toolApproval")),
        credentials=tuple(credentials(root["endpoints"])),
    )
    return Extraction((Resource("agent", document.path, claim.format, agent), *servers))


def _autonomy(policy: Node) -> Fact[Autonomy]:
    """What the section says about calls that no rule is about."""
    enabled, mode = policy["enabled"], policy["mode"]
    if enabled.value is False:
        return Known("ungated", enabled.at)
    stated = mode.text()
    if not isinstance(stated, Known):
        return stated
    return Known("ungated", mode.at) if stated.value == "bypass" else Known("asks", mode.at)
