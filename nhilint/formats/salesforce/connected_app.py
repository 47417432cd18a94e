"""A connected app's metadata becomes an app: scopes, callbacks, life of its refresh tokens, where it may be used from.

Source: developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_connectedapp.htm, partly re-read
2026-11-22. Scopes are spelt as metadata does (`Api`, `RefreshToken`, `Full`); the catalogue knows both spellings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.node import Node
from nhilint.formats.oauth_clients import redirects, secrets, switch
from nhilint.formats.salesforce.policy import consent, flows, ip_limited, refresh_expires
from nhilint.formats.scopes import scope_grants
from nhilint.formats.templates import braces
from nhilint.model.fact import Known, value_of
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.app import App

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.model.fact import Unknown
    from nhilint.model.vocabulary.capability import Endpoint
    from nhilint.source.document import Document

_REFRESHES = frozenset({"refreshtoken", "refresh_token", "offlineaccess", "offline_access", "full"})


def extract(document: Document, claim: Claim) -> Extraction:
    """One app, where its metadata configures OAuth."""
    root = Node.root(document, braces)["ConnectedApp"]
    oauth = root["oauthConfig"]
    if not oauth.is_mapping:
        return Extraction(recognised=False)
    name = value_of(root.first("label", "fullName").text()) or document.path.rsplit("/", 1)[-1].partition(".")[0]
    scopes = tuple(scope_grants(oauth["scopes"], "salesforce", "user"))
    refreshes = any((value_of(getattr(grant, "id", None)) or "").lower() in _REFRESHES for grant in scopes)
    app = App(
        at=oauth.at,
        name=Known(name, root.first("label", "fullName").at),
        purpose=root["description"].text(),
        provider=Known("salesforce", root.at),
        kind=Known("client", root.at),
        scopes=scopes,
        scopes_stated=Known(oauth["scopes"].exists, oauth["scopes"].at),
        redirects=tuple(callbacks(oauth["callbackUrl"])),
        grant_types=flows(oauth, refreshes=refreshes),
        public_client=switch(oauth["isConsumerSecretOptional"], default=False),
        pkce_required=switch(oauth["isPkceRequired"]),
        refresh_expires=refresh_expires(root.at_path("oauthPolicy", "refreshTokenPolicy")) if refreshes else None,
        refresh_rotates=switch(oauth["isRefreshTokenRotationEnabled"]) if refreshes else None,
        ip_limited=ip_limited(root.at_path("oauthPolicy", "ipRelaxation")),
        consent=consent(oauth["isAdminApproved"]),
        credentials=secrets([("consumerSecret", oauth["consumerSecret"])]),
    )
    return Extraction((Resource("app", name, claim.format, app),))


def callbacks(node: Node) -> list[Endpoint | Unknown]:
    """The callback addresses; several stand in one text, a line each."""
    text = node.value
    if not isinstance(text, str) or "\n" not in text.strip():
        return list(redirects(node, "callbackUrl"))
    found: list[Endpoint | Unknown] = []
    for line in text.split():
        one = Node(line, node.path, node.pointer, node.templates)
        found.extend(redirects(one, "callbackUrl"))
    return found
