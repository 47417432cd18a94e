"""An Auth0 client or client grant becomes an app.

Sources: auth0.com/docs/api/management/v2 (clients, client-grants) and auth0.com/docs/secure/tokens/refresh-tokens
(`rotation_type`, `expiration_type`), partly re-read 2026-11-22. A client that is a page or an installed program keeps
no secret; `token_endpoint_auth_method: none` says so for any. `##NAME##` and `@@NAME@@` are filled in at deployment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.oauth_clients import grant_types, redirects, says, secrets, switch
from nhilint.formats.scopes import scope_grants
from nhilint.formats.templates import braces
from nhilint.model.fact import Fact, Known, Unknown, value_of
from nhilint.model.vocabulary.app import App

if TYPE_CHECKING:
    from nhilint.formats.node import Node

_WITHOUT_SECRET = frozenset({"spa", "native"})
_MANAGEMENT = "/api/v2/"


def templates(text: str) -> str | None:
    """Why a text of a tenant cannot be taken as it stands."""
    return "filled in at deployment" if "##" in text or "@@" in text else braces(text)


def is_client(node: Node) -> bool:
    """Whether a mapping is a client: it has a name and a type or grants."""
    return node["name"].is_text and (node["app_type"].exists or node["grant_types"].exists)


def is_grant(node: Node) -> bool:
    """Whether a mapping gives a client scopes of an interface."""
    return node["client_id"].exists and node["audience"].is_text and node["scope"].is_list


def read_client(node: Node) -> tuple[str, App]:
    """The name of a client and what it is. An export has settings for refresh tokens also where none are given."""
    name = value_of(node["name"].text()) or "client"
    grants = grant_types(node["grant_types"])
    given = not isinstance(grants, Known) or "refresh_token" in grants.value
    refresh = node["refresh_token"] if given else node["no refresh token"]
    app = App(
        at=node["name"].at,
        name=Known(name, node["name"].at),
        provider=Known("auth0", node.at),
        kind=Known("client", node.at),
        redirects=tuple(redirects(node["callbacks"], "callbacks")),
        grant_types=grants,
        public_client=_public(node),
        refresh_rotates=says(refresh["rotation_type"], "rotating"),
        refresh_expires=_expires(refresh),
        credentials=secrets([("client_secret", node["client_secret"])]),
    )
    return name, app


def read_grant(node: Node) -> tuple[str, App]:
    """The name of a client grant and what it gives; scopes of the Management API are known by name."""
    name = value_of(node["client_id"].text()) or "client"
    managed = str(node["audience"].value).rstrip("/").endswith(_MANAGEMENT.rstrip("/"))
    app = App(
        at=node["client_id"].at,
        name=Known(name, node["client_id"].at),
        provider=Known("auth0", node.at),
        kind=Known("grant", node.at),
        scopes=tuple(scope_grants(node["scope"], "auth0" if managed else "", "app")),
        scopes_stated=Known(value=True, at=node["scope"].at),
        grant_types=Known(("client_credentials",), node.at),
    )
    return name, app


def _public(node: Node) -> Fact[bool]:
    method = node["token_endpoint_auth_method"].text()
    if isinstance(method, Unknown):
        return method
    if method is not None:
        return Known(method.value == "none", method.at)
    kind = node["app_type"].text()
    return Known(kind.value in _WITHOUT_SECRET, kind.at) if isinstance(kind, Known) else kind


def _expires(refresh: Node) -> Fact[bool]:
    """Whether refresh tokens end: not where they never expire, or where their whole life is endless."""
    stated = refresh["expiration_type"].text()
    if isinstance(stated, Known) and stated.value == "non-expiring":
        return Known(value=False, at=stated.at)
    endless = switch(refresh["infinite_token_lifetime"])
    if isinstance(endless, Known) and endless.value:
        return Known(value=False, at=endless.at)
    return Known(value=True, at=stated.at) if isinstance(stated, Known) else stated
