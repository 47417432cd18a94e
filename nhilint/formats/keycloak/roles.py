"""The roles that a realm gives to the service accounts of its clients become scopes of those clients.

A service account is a user with `serviceAccountClientId`; what it may do in the realm's own administration stands under
`clientRoles.realm-management`. Source: keycloak.org/docs/latest/server_admin/#_service_accounts and
#_per_realm_admin_permissions, partly re-read 2026-11-22.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from nhilint.formats.scopes import scope_grants

if TYPE_CHECKING:
    from nhilint.formats.node import Node
    from nhilint.model.fact import Unknown
    from nhilint.model.vocabulary.app import ScopeGrant

_ADMINISTRATION = "realm-management"
_MOST = 5_000


def roles_by_client(realm: Node) -> dict[str, tuple[ScopeGrant | Unknown, ...]]:
    """Client id → the administration roles of its service account."""
    found: dict[str, list[ScopeGrant | Unknown]] = defaultdict(list)
    for user in list(realm["users"].items())[:_MOST]:
        client = user["serviceAccountClientId"].value
        if isinstance(client, str):
            found[client].extend(scope_grants(user["clientRoles"][_ADMINISTRATION], "keycloak", "app"))
    return {client: tuple(grants) for client, grants in found.items()}
