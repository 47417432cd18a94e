"""Settings of authorization servers that a Terraform module declares: Auth0 tenants and interfaces, rules of Okta.

Sources: auth0_tenant, auth0_resource_server (github.com/auth0/terraform-provider-auth0, docs/resources) and
okta_auth_server_policy_rule (github.com/okta/terraform-provider-okta, docs/resources), read 2026-11-22. An access token
of Okta lives 60 minutes unless stated; a rule that is INACTIVE gives nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.auth0.settings import is_resource_server, is_tenant, read_resource_server, read_tenant
from nhilint.formats.aws.assembled import mapping
from nhilint.formats.oauth_clients import grant_types
from nhilint.model.fact import Fact, Known, Unknown, value_of
from nhilint.model.vocabulary.app import App

if TYPE_CHECKING:
    from nhilint.formats.node import Node
    from nhilint.model.place import Place

_MINUTES = 60


def auth0_tenant(label: str, at: Place, node: Node) -> tuple[str, App] | None:
    """The settings of a tenant, None where they say nothing about registration."""
    flags = node["flags"]
    own = mapping({**dict(node.entries()), "flags": flags[0] if flags.is_list else flags}, at)
    return (label, read_tenant(own)[1]) if is_tenant(own) else None


def auth0_resource_server(label: str, at: Place, node: Node) -> tuple[str, App] | None:
    """An interface with a lifetime of its own."""
    own = mapping(dict(node.entries()), at)
    return (label, read_resource_server(own)[1]) if is_resource_server(own) else None


def okta_policy_rule(label: str, at: Place, node: Node) -> tuple[str, App] | None:
    """The ways to obtain tokens that a rule allows to its clients, and how long those live."""
    if node["status"].value == "INACTIVE":
        return None
    name = value_of(node["name"].text()) or label
    app = App(
        at=at,
        name=Known(name, at),
        provider=Known("okta", at),
        kind=Known("authorization_server", at),
        grant_types=grant_types(node["grant_type_whitelist"]),
        access_hours=_hours(node["access_token_lifetime_minutes"], at),
    )
    return name, app


def _hours(minutes: Node, at: Place) -> Fact[float]:
    stated = minutes.value
    if not minutes.exists or stated is None:
        return Known(1.0, at)
    if isinstance(stated, bool) or not isinstance(stated, int | float):
        return Unknown("no number of minutes", minutes.at)
    return Known(stated / _MINUTES, minutes.at)
