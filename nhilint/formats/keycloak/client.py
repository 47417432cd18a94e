"""One client of a realm becomes an app: its flows, redirects, secret, lifetimes and what its service account may do.

Missing keys mean what Keycloak's import makes of them: the standard flow is on, the others off; the full scope is
allowed unless consent is required. Source: as for `realm`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from nhilint.formats.keycloak.sign_in import signs_in_by
from nhilint.formats.oauth_clients import hours_of, redirects, secrets, switch
from nhilint.knowledge.credentials.examples import is_reserved_host
from nhilint.model.fact import Fact, Known, Unknown, value_of
from nhilint.model.vocabulary.app import App

if TYPE_CHECKING:
    from nhilint.formats.node import Node
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.app import ScopeGrant
    from nhilint.model.vocabulary.capability import Endpoint

_FLOWS = (
    ("standardFlowEnabled", "authorization_code", True),
    ("implicitFlowEnabled", "implicit", False),
    ("directAccessGrantsEnabled", "password", False),
    ("serviceAccountsEnabled", "client_credentials", False),
)

_DEVICE = "oauth2.device.authorization.grant.enabled"


def read_client(node: Node, realm: Node, roles: tuple[ScopeGrant | Unknown, ...]) -> App:
    """The app of a client; `roles` are those of its service account."""
    name = str(node["clientId"].value)
    attributes = node["attributes"]
    return App(
        at=node["clientId"].at,
        name=Known(name, node["clientId"].at),
        client_id=Known(name, node["clientId"].at),
        provider=Known("keycloak", node.at),
        kind=Known("client", node.at),
        scopes=roles,
        redirects=tuple(_redirects(node)),
        grant_types=_flows(node),
        public_client=_public(node),
        pkce_required=_pkce(attributes["pkce.code.challenge.method"], node),
        access_hours=_access_hours(attributes["access.token.lifespan"], realm["accessTokenLifespan"]),
        refresh_rotates=switch(realm["revokeRefreshToken"]),
        full_scope=_full_scope(node),
        consent=_consent(node["consentRequired"]),
        signs_in_by=signs_in_by(realm),
        tries_limited=switch(realm["bruteForceProtected"], default=False) if realm["realm"].is_text else None,
        credentials=secrets([("secret", node["secret"])]),
    )


def _redirects(node: Node) -> list[Endpoint | Unknown]:
    """Redirects count where a flow uses them: not for clients that only check tokens or only act for themselves."""
    flows = value_of(_flows(node))
    if flows is not None and not {"authorization_code", "implicit"}.intersection(flows):
        return []
    return [_by_its_beginning(one) for one in redirects(node["redirectUris"], "redirectUris")]


def _by_its_beginning(redirect: Endpoint | Unknown) -> Endpoint | Unknown:
    """A star straight behind the host, `https://portal.acme-apps.com*`, leaves the host open.

    Keycloak takes whatever begins with the text before the star, so that a name of somebody else's that goes on from
    there fits: github.com/keycloak/keycloak, RedirectUtils.matchesRedirects, read 2026-11-22. A host of documents
    (example.org) waits for a real one.
    """
    host = "" if isinstance(redirect, Unknown) else value_of(redirect.host) or ""
    if isinstance(redirect, Unknown) or not host.endswith("*") or is_reserved_host(host.rstrip("*")):
        return redirect
    if value_of(redirect.scheme) not in {"http", "https", None}:
        return redirect
    return replace(redirect, wildcard=Known("any", redirect.at))


def _flows(node: Node) -> Fact[tuple[str, ...]]:
    """The flows, at the switch of the one that puts people at risk; where both such are on, at the client."""
    if node["bearerOnly"].value is True:
        return Known((), node["bearerOnly"].at)
    found: list[str] = []
    switched: list[Place] = []
    for key, name, default in _FLOWS:
        state = switch(node[key], default=default)
        if isinstance(state, Unknown):
            return state
        if state is not None and state.value:
            found.append(name)
            switched.extend([node[key].at] if name in {"implicit", "password"} else [])
    if value_of(switch(node["attributes"][_DEVICE])):
        found.append("device_code")
    place = switched[0] if len(switched) == 1 else node["clientId"].at if switched else node.at
    return Known(tuple(found), place)


def _public(node: Node) -> Fact[bool]:
    """A client that only checks tokens proves nothing to anybody."""
    if node["bearerOnly"].value is True:
        return None
    return switch(node["publicClient"], default=False)


def _pkce(method: Node, client: Node) -> Fact[bool]:
    text = method.text()
    if isinstance(text, Unknown):
        return text
    return Known(text is not None and text.value != "", method.at if text is not None else client.at)


def _access_hours(own: Node, realm: Node) -> Fact[float]:
    stated = own.value
    return hours_of(own) if isinstance(stated, str | int) and str(stated).strip() else hours_of(realm)


def _full_scope(node: Node) -> Fact[bool]:
    stated = switch(node["fullScopeAllowed"])
    if stated is not None:
        return stated
    return Known(node["consentRequired"].value is not True, node["clientId"].at)


def _consent(node: Node) -> Fact[Literal["each_user"]]:
    return Known("each_user", node.at) if node.value is True else None
