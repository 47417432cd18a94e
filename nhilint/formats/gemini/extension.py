"""`gemini-extension.json` becomes an agent of the kind plug-in and, for its MCP servers, one tool each.

An extension cannot trust its own servers: `trust` is the one option of a server that is not read here.
Source: https://geminicli.com/docs/extensions/reference/, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.claude.templates import engine_template
from nhilint.formats.gemini.permissions import read_excluded
from nhilint.formats.gemini.settings import SERVERS
from nhilint.formats.mcp.dialects import DIALECTS
from nhilint.formats.mcp.holding import Slot, pointing
from nhilint.formats.mcp.servers import read_servers
from nhilint.formats.node import Node
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.source.document import Document

_MOST_SETTINGS = 300


def extract(document: Document, claim: Claim) -> Extraction:
    """The plug-in and its servers; a manifest without a name is none."""
    root = Node.root(document, engine_template)
    servers = read_servers(Node.root(document), DIALECTS[SERVERS], SERVERS) or ()
    name = root["name"]
    if not root.is_mapping or not (name.is_text or servers):
        return Extraction(recognised=False)
    rules = read_excluded(root["excludeTools"], "excludeTools")
    at = name.at if name.exists else root.at
    agent = Agent(
        at=at,
        name=name.text() or Known(document.path, at),
        product=Known("gemini-cli", at),
        kind=Known("plugin", at),
        level=Known("plugin", at),
        purpose=root["description"].text(),
        permissions=rules.permissions,
        servers=Known(tuple(server.name for server in servers), root["mcpServers"].at) if servers else None,
        credentials=tuple(_credentials(root["settings"])),
        ineffective=rules.ineffective,
    )
    shown = name.value if name.is_text else document.path
    return Extraction((Resource("agent", shown, claim.format, agent), *(_untrusted(server) for server in servers)))


def _untrusted(server: Resource) -> Resource:
    """The server as an extension's: nobody has approved its calls."""
    if not isinstance(server.facts, Tool) or server.facts.auto_approved is None:
        return server
    return replace(server, facts=replace(server.facts, approval=None, auto_approved=None))


def _credentials(settings: Node) -> Iterator[Credential]:
    """Values that the person who installs it is asked for; sensitive ones are kept in the system's keychain."""
    for count, item in enumerate(settings.items()):
        if count >= _MOST_SETTINGS:
            return
        variable = item["envVar"]
        if variable.is_text and item["sensitive"].value is True:
            yield pointing(Slot(variable.value, variable.at, "env"), variable.value, "secret_store")
