"""A client ID metadata document becomes an app: the client that every server learns to know by this file.

Source: datatracker.ietf.org/doc/draft-ietf-oauth-client-id-metadata-document, RFC 7591 and
modelcontextprotocol.io/specification/2025-11-25/basic/authorization, read 2026-11-22. The document is public, so that a
client known by it has no secret that it could share; it proves itself by a key or by nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.node import Node
from nhilint.formats.oauth_clients import grant_types, redirects, says
from nhilint.formats.templates import braces
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.app import App

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document


def extract(document: Document, claim: Claim) -> Extraction:
    """One client; a file whose client id is no address, or without addresses for codes, is something else."""
    root = Node.root(document, braces)
    client_id = root["client_id"]
    if not (client_id.is_text and str(client_id.value).startswith("https://") and root["redirect_uris"].is_list):
        return Extraction(recognised=False)
    name = root["client_name"] if root["client_name"].is_text else client_id
    app = App(
        at=root.at,
        name=name.text(),
        provider=Known("oauth", root.at),
        kind=Known("client", root.at),
        grant_types=grant_types(root["grant_types"]),
        public_client=says(root["token_endpoint_auth_method"], "none"),
        redirects=tuple(redirects(root["redirect_uris"], "redirect_uris")),
    )
    return Extraction((Resource("app", str(name.value), claim.format, app),))
