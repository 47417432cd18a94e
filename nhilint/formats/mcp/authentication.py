"""How calls to a server are authenticated, as far as its entry says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.endpoints import endpoint
from nhilint.formats.mcp.entry import walk
from nhilint.formats.templates import braces
from nhilint.model.fact import Fact, Known, Unknown, value_of
from nhilint.model.vocabulary.tool import Auth

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.formats.mcp.entry import Entry
    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.capability import Endpoint
    from nhilint.model.vocabulary.credential import Credential

AuthKind = Literal["none", "static", "oauth", "workload_identity", "helper", "ambient"]

_CLIENT_IDS = ("clientId", "client_id", "CLIENT_ID")
_METADATA = ("authServerMetadataUrl", "authorization_url", "authorizationUrl")


def auth_of(entry: Entry, credentials: Iterable[Credential], *, offered: bool | None) -> Auth:
    """The strongest kind declared: a chosen identity, OAuth settings, a helper, a static credential, a profile."""
    oauth = entry.part(entry.dialect.keys.oauth)
    return Auth(
        at=oauth.at if oauth.exists else entry.at,
        kind=_kind(entry, tuple(credentials)),
        scopes=_scopes(entry),
        client_id=_client_id(oauth),
        oauth_offered=Known(offered, entry.at) if offered is not None else None,
        metadata=_metadata(entry),
    )


def _kind(entry: Entry, credentials: tuple[Credential, ...]) -> Fact[AuthKind]:
    for key, meanings in entry.dialect.keys.identity.items():
        chosen = entry.node[key]
        if chosen.is_text:
            meaning = meanings.get(str(chosen.value))
            return Known(meaning, chosen.at) if meaning else Unknown("an identity its product does not have", chosen.at)
    oauth = entry.part(entry.dialect.keys.oauth)
    if oauth.is_mapping or any(True for _ in entry.parts(entry.dialect.keys.scopes)):
        return Known("oauth", oauth.at if oauth.exists else entry.at)
    by_source: dict[AuthKind, Credential] = {}
    for credential in credentials:
        by_source.setdefault(_kind_of_source(str(value_of(credential.source))), credential)
    for kind in ("oauth", "workload_identity", "helper", "static", "ambient"):
        if kind in by_source:
            return Known(kind, by_source[kind].at)
    return Known("none", entry.at)


def _kind_of_source(source: str) -> AuthKind:
    match source:
        case "oauth" | "browser_session":
            return "oauth"
        case "workload_identity" | "ambient_profile":
            return "ambient" if source == "ambient_profile" else "workload_identity"
        case "helper_command":
            return "helper"
        case _:
            return "static"


def _scopes(entry: Entry) -> Fact[tuple[str, ...]]:
    """Scopes as a list, or as one text with blanks between them."""
    for node in entry.parts(entry.dialect.keys.scopes):
        if node.is_text:
            return Known(tuple(str(node.value).replace(",", " ").split()), node.at)
        return node.texts()
    return None


def _client_id(oauth: Node) -> Fact[str]:
    """A client id is public (RFC 6749, section 2.2); one that is filled in later stays unknown."""
    stated = oauth.first(*_CLIENT_IDS).text() if oauth.is_mapping else None
    reason = braces(stated.value) if isinstance(stated, Known) else None
    return Unknown(reason, stated.at) if stated is not None and reason else stated


def _metadata(entry: Entry) -> Endpoint | None:
    for key in _METADATA:
        for node in walk(entry.part(entry.dialect.keys.oauth), (key,)):
            found = endpoint(node)
            if found is not None and not isinstance(found, Unknown):
                return found
    return None
