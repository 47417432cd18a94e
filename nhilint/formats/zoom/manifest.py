"""A Zoom app manifest becomes an app: scopes, redirects, and whether the whole account installs it.

Source: developers.zoom.us/docs/build-flow/manifests/schema (`oauth_information`), partly re-read 2026-11-22. `usage` is
`USER_OPERATION` (each user installs it for themselves) or `ADMIN_MANAGEMENT` (an administrator for everybody). In
strict mode a redirect must equal an entry of the list; without it, addresses that begin with one are taken too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.node import Node
from nhilint.formats.oauth_clients import redirects
from nhilint.formats.scopes import scope_grant
from nhilint.formats.templates import braces
from nhilint.model.fact import Fact, Known, Unknown, value_of
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.app import App

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.app import ScopeGrant
    from nhilint.source.document import Document

_REDIRECTS = ("development_redirect_uri", "production_redirect_uri", "oauth_allow_list")


def extract(document: Document, claim: Claim) -> Extraction:
    """One app, from a whole manifest (`manifest` around it or not) or its part on OAuth."""
    root = Node.root(document, braces)
    manifest = root["manifest"] if root["manifest"].is_mapping else root
    oauth = manifest["oauth_information"]
    if not oauth.is_mapping:
        return Extraction(recognised=False)
    stated = manifest.at_path("display_information", "display_name")
    name = value_of(stated.text()) or value_of(root["name"].text()) or "Zoom app"
    app = App(
        at=oauth.at,
        name=Known(name, stated.at if stated.exists else root.at),
        provider=Known("zoom", root.at),
        kind=Known("app", root.at),
        scopes=tuple(_scopes(oauth["scopes"])),
        scopes_stated=Known(oauth["scopes"].exists, oauth["scopes"].at),
        redirects=tuple(found for key in _REDIRECTS for found in redirects(oauth[key], key)),
        consent=_consent(oauth["usage"]),
        distribution=_distribution(oauth["usage"]),
    )
    return Extraction((Resource("app", name, claim.format, app),))


def _scopes(scopes: Node) -> Iterator[ScopeGrant | Unknown]:
    for item in scopes.items():
        node = item["scope"] if item.is_mapping else item
        text = node.text()
        if isinstance(text, Unknown):
            yield text
        elif text is not None:
            yield scope_grant(text.value, node.at, "zoom", None, optional=item["optional"].value is True)


def _consent(usage: Node) -> Fact[Literal["each_user", "administrator"]]:
    text = usage.text()
    if not isinstance(text, Known):
        return text
    return Known("administrator" if text.value.startswith("ADMIN") else "each_user", usage.at)


def _distribution(usage: Node) -> Fact[Literal["organization"]]:
    consent = _consent(usage)
    if isinstance(consent, Unknown):
        return consent
    return Known("organization", usage.at) if consent is not None and consent.value == "administrator" else None
