"""Protected resource metadata become an app: what clients will ask for by default, and how tokens reach the resource.

Source: RFC 9728 and modelcontextprotocol.io/specification/2025-11-25/basic/authorization, read 2026-11-22. An MCP
client that is told nothing else asks for every scope of `scopes_supported`: the list is what every session holds.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from nhilint.formats.endpoints import endpoint
from nhilint.formats.mcp_authorization.offers import broad_offers
from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.app import App

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_MOST = 50


def extract(document: Document, claim: Claim) -> Extraction:
    """One protected resource; a file without a resource and one of the lists about it is something else."""
    root = Node.root(document, braces)
    lists = ("authorization_servers", "scopes_supported", "bearer_methods_supported")
    if not root["resource"].is_text or not any(root[key].is_list for key in lists):
        return Extraction(recognised=False)
    servers = (endpoint(node, "server") for node in islice(root["authorization_servers"].items(), _MOST))
    app = App(
        at=root.at,
        name=root["resource"].text(),
        provider=Known("oauth", root.at),
        kind=Known("protected_resource", root.at),
        scopes_offered=root["scopes_supported"].texts(),
        broad_offers=broad_offers(root["scopes_supported"]),
        bearer_in=root["bearer_methods_supported"].texts(),
        endpoints=tuple(found for found in (endpoint(root["resource"], "resource"), *servers) if found is not None),
    )
    return Extraction((Resource("app", str(root["resource"].value), claim.format, app),))
