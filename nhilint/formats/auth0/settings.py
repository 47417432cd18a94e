"""The settings of an Auth0 tenant and its interfaces: who may register clients, how long access tokens live.

Sources: github.com/auth0/auth0-deploy-cli, src/tools/auth0/handlers/tenant.ts (names of flags), and the pages tenant
and resource_server of github.com/auth0/terraform-provider-auth0 (`token_lifetime` in seconds), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.oauth_clients import hours_of, open_registration
from nhilint.model.fact import Known, value_of
from nhilint.model.vocabulary.app import App

if TYPE_CHECKING:
    from nhilint.formats.node import Node

_MANAGEMENT = "/api/v2"


def is_tenant(node: Node) -> bool:
    """Whether a mapping says something about registration; other settings of a tenant are not read."""
    return node["flags"]["enable_dynamic_client_registration"].exists


def is_resource_server(node: Node) -> bool:
    """Whether a mapping is an interface of the tenant's owner with a lifetime; the Management API is Auth0's own."""
    identifier = node["identifier"].value
    return (
        isinstance(identifier, str)
        and not identifier.rstrip("/").endswith(_MANAGEMENT)
        and node["token_lifetime"].exists
        and node["is_system"].value is not True
    )


def read_tenant(node: Node) -> tuple[str, App]:
    """The name of a tenant and who may register clients in it."""
    name = value_of(node["friendly_name"].text()) or "tenant"
    flag = node["flags"]["enable_dynamic_client_registration"]
    app = App(
        at=flag.at,
        name=Known(name, node.at),
        provider=Known("auth0", node.at),
        kind=Known("authorization_server", node.at),
        entrances=open_registration(flag, "enable_dynamic_client_registration"),
    )
    return name, app


def read_resource_server(node: Node) -> tuple[str, App]:
    """The name of an interface and for how long its tokens work."""
    name = value_of(node["name"].text()) or str(node["identifier"].value)
    app = App(
        at=node["identifier"].at,
        name=Known(name, node["identifier"].at),
        provider=Known("auth0", node.at),
        kind=Known("protected_resource", node.at),
        access_hours=hours_of(node["token_lifetime"]),
    )
    return name, app
