"""Google's OAuth client and token files become an app with what they hold: a secret, a refresh token, granted scopes.

Sources: developers.google.com/identity/protocols/oauth2/native-app and …/web-server (the shapes `installed` and `web`),
and the attributes that google-auth writes for an authorised user (github.com/googleapis/google-auth-library-python,
google/oauth2/credentials.py), partly re-read 2026-11-22. The secret of an installed app is not confidential by
Google's own words; a web client's is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.node import Node
from nhilint.formats.oauth_clients import redirects, secrets
from nhilint.formats.scopes import scope_grants, scope_grants_in
from nhilint.formats.templates import braces
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.app import App

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_CLIENT_ID = ".apps.googleusercontent.com"
_TOKENS = ("refresh_token", "client_secret")
"""What lasts of a grant; the access token beside them ends within the hour, and with the grant."""


def extract(document: Document, claim: Claim) -> Extraction:
    """One client; files of these names with neither a client of Google's nor a token of one are something else."""
    root = Node.root(document, braces)
    for shape in ("web", "installed"):
        if root[shape]["client_id"].is_text:
            return Extraction((Resource("app", _name(root), claim.format, _client(root, shape)),))
    for holder in (root, root["token"], root.at_path("tokens", "default")):
        told = [holder["client_id"], holder["scopes"], holder["scope"], root["oauth2ClientSettings"]]
        if holder["refresh_token"].is_text and any(node.exists for node in told) and _is_of_google(holder, root):
            return Extraction((Resource("app", _name(root), claim.format, _token(holder)),))
    return Extraction(recognised=False)


def _is_of_google(holder: Node, root: Node) -> bool:
    """Whether a token is one of Google's: by its own shape, its client, or an address or scope of Google's."""
    if holder["refresh_token"].value.startswith("1//") or root["oauth2ClientSettings"].exists:
        return True
    client, scopes = holder["client_id"].value, holder.first("scopes", "scope").value
    told = [client, holder["token_uri"].value, *(scopes if isinstance(scopes, list) else [scopes])]
    return any(
        isinstance(one, str) and (_CLIENT_ID in one or "googleapis.com" in one or "mail.google.com" in one)
        for one in told
    )


def _client(root: Node, shape: str) -> App:
    client = root[shape]
    confidential = shape == "web"
    return App(
        at=client.at,
        name=Known(_name(root), client.at),
        client_id=client["client_id"].text(),
        provider=Known("google", root.at),
        kind=Known("client", root.at),
        redirects=tuple(redirects(client["redirect_uris"], "redirect_uris")),
        public_client=Known(not confidential, client.at),
        credentials=secrets([("client_secret", client["client_secret"])] if confidential else []),
    )


def _token(root: Node) -> App:
    scope = root.first("scopes", "scope")
    scopes = scope_grants(scope, "google", "user") if scope.is_list else scope_grants_in(scope, "google", "user", " ")
    return App(
        at=root["refresh_token"].at,
        name=Known(_name(root), root.at),
        provider=Known("google", root.at),
        kind=Known("grant", root.at),
        scopes=tuple(scopes),
        scopes_stated=Known(scope.exists, scope.at),
        refresh_rotates=Known(value=False, at=root["refresh_token"].at),
        credentials=secrets((key, root[key]) for key in _TOKENS),
    )


def _name(root: Node) -> str:
    return root.path.rsplit("/", 1)[-1]
