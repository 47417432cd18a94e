"""Authorization server metadata become an app: which flows it offers, whether codes are bound, where it answers.

Source: RFC 8414 and modelcontextprotocol.io/specification/2025-11-25/basic/authorization, read 2026-11-22. A server
without `code_challenge_methods_supported` does not support PKCE, and MCP clients then refuse. Documents of OpenID
Connect often leave it out although the server supports it, so that its absence says nothing there. Whether an address
for registration asks for a token first is not told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.endpoints import endpoint
from nhilint.formats.node import Node
from nhilint.formats.oauth_clients import grant_types
from nhilint.formats.templates import braces
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.app import App, Entrance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_ADDRESSES = ("issuer", "authorization_endpoint", "token_endpoint", "registration_endpoint", "revocation_endpoint")


def extract(document: Document, claim: Claim) -> Extraction:
    """One authorization server; a file without an issuer and an address of it is something else."""
    root = Node.root(document, braces)
    if not root["issuer"].is_text or not any(root[key].is_text for key in _ADDRESSES[1:]):
        return Extraction(recognised=False)
    name = str(root["issuer"].value)
    app = App(
        at=root.at,
        name=root["issuer"].text(),
        provider=Known("oauth", root.at),
        kind=Known("authorization_server", root.at),
        grant_types=grant_types(root["grant_types_supported"]),
        pkce_offered=_pkce(root, is_openid="openid-configuration" in document.path),
        scopes_offered=root["scopes_supported"].texts(),
        endpoints=tuple(found for key in _ADDRESSES if (found := endpoint(root[key], key)) is not None),
        entrances=tuple(_registration(root["registration_endpoint"])),
    )
    return Extraction((Resource("app", name, claim.format, app),))


def _pkce(root: Node, *, is_openid: bool) -> Fact[bool]:
    methods = root["code_challenge_methods_supported"]
    if not methods.exists and (is_openid or not root["authorization_endpoint"].is_text):
        return None
    texts = methods.texts()
    if isinstance(texts, Unknown):
        return texts
    at = methods.at if methods.exists else root["authorization_endpoint"].at
    return Known(texts is not None and "S256" in texts.value, at)


def _registration(node: Node) -> Iterator[Entrance]:
    if node.is_text:
        open_to = Unknown("not told by the metadata", node.at)
        yield Entrance(
            at=node.at, name=Known("registration", node.at), kind=Known("registration", node.at), open_to=open_to
        )
