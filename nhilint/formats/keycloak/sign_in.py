"""How the users of a realm prove who they are: by a password that the realm or its directory keeps, or at a provider.

A realm with identity providers that lets nobody register, reset a password or sign in by a directory, and gives no user
a password, has only people whom a provider vouches for: the password grant finds nothing to compare with. Sources:
keycloak.org/docs/latest/server_admin (identity broker, user registration, user federation) and RealmRepresentation in
keycloak.org/docs-api/latest/rest-api, partly read 2026-11-23.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.oauth_clients import switch
from nhilint.model.fact import Fact, Known, Unknown

if TYPE_CHECKING:
    from nhilint.formats.node import Node

_DIRECTORIES = "org.keycloak.storage.UserStorageProvider"
_MOST = 2_000


def signs_in_by(realm: Node) -> Fact[Literal["passwords", "providers"]]:
    """The answer for a realm; None for a client that stands alone."""
    if not realm["realm"].is_text:
        return None
    at = realm["realm"].at
    providers = list(realm["identityProviders"].items())[:_MOST]
    if not any(node["enabled"].value is not False for node in providers):
        return Known("passwords", at)
    for key in ("registrationAllowed", "resetPasswordAllowed"):
        state = switch(realm[key], default=False)
        if isinstance(state, Unknown):
            return state
        if state is not None and state.value:
            return Known("passwords", realm[key].at)
    directories = list(realm["components"][_DIRECTORIES].items())
    return Known("passwords" if directories or _has_passwords(realm) else "providers", at)


def _has_passwords(realm: Node) -> bool:
    users = list(realm["users"].items())[:_MOST]
    return any(one["type"].value == "password" for user in users for one in list(user["credentials"].items())[:_MOST])
