"""OAuth clients that a Terraform module declares become apps: Auth0, Cognito, Keycloak, Okta.

Each is turned into the shape of its product's own format and read by that format's reader. Sources: the pages of
auth0_client, auth0_client_grant (github.com/auth0/terraform-provider-auth0, docs/resources), okta_app_oauth,
okta_app_oauth_api_scope, okta_app_oauth_role_assignment (github.com/okta/terraform-provider-okta),
keycloak_openid_client (github.com/keycloak/terraform-provider-keycloak) and aws_cognito_user_pool_client, read
2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.auth0.client import read_client as read_auth0_client
from nhilint.formats.auth0.client import read_grant as read_auth0_grant
from nhilint.formats.aws.assembled import literal, mapping
from nhilint.formats.cognito.client import read_client as read_cognito_client
from nhilint.formats.filled_later import fill_later
from nhilint.formats.keycloak.client import read_client as read_keycloak_client
from nhilint.formats.oauth_clients import grant_types, redirects, says, secrets
from nhilint.formats.scopes import scope_grants
from nhilint.formats.terraform.authorization_servers import auth0_resource_server, auth0_tenant, okta_policy_rule
from nhilint.formats.terraform.okta_custom_roles import with_custom_role
from nhilint.formats.terraform.okta_roles import okta_role_assignment
from nhilint.model.fact import Fact, Known, Unknown, known_records
from nhilint.model.vocabulary.app import App

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nhilint.formats.node import Node
    from nhilint.formats.terraform.resolver import Resolver
    from nhilint.model.place import Place

_KEYCLOAK = {
    "client_id": "clientId",
    "standard_flow_enabled": "standardFlowEnabled",
    "implicit_flow_enabled": "implicitFlowEnabled",
    "direct_access_grants_enabled": "directAccessGrantsEnabled",
    "service_accounts_enabled": "serviceAccountsEnabled",
    "full_scope_allowed": "fullScopeAllowed",
    "valid_redirect_uris": "redirectUris",
    "client_secret": "secret",
    "consent_required": "consentRequired",
}
_COGNITO = {
    "CallbackURLs": "callback_urls",
    "AllowedOAuthFlows": "allowed_oauth_flows",
    "AllowedOAuthFlowsUserPoolClient": "allowed_oauth_flows_user_pool_client",
    "GenerateSecret": "generate_secret",
    "AccessTokenValidity": "access_token_validity",
    "TokenValidityUnits.AccessToken": "token_validity_units.access_token",
    "RefreshTokenRotation.Feature": "refresh_token_rotation.feature",
}
_ROLE_ASSIGNMENT = "okta_app_oauth_role_assignment"
_OKTA_PUBLIC = frozenset({"browser", "native"})


def oauth_clients(resolver: Resolver) -> Iterator[tuple[str, App]]:
    """Every client and grant of a module with its name."""
    for block in resolver.module.resources.values():
        reader = READERS.get(block.kind)
        if reader is not None:
            found = reader(block.label, block.at, fill_later(resolver.node(block.body, block.spot)))
            if found is not None and block.kind == _ROLE_ASSIGNMENT:
                yield found[0], with_custom_role(found[1], block, resolver)
            elif found is not None:
                yield found


def _auth0_client(label: str, at: Place, node: Node) -> tuple[str, App]:
    refresh = _block(node["refresh_token"])
    own = mapping({**dict(node.entries()), "refresh_token": refresh, "name": _named(node["name"], label, at)}, at)
    return read_auth0_client(own)


def _auth0_grant(label: str, at: Place, node: Node) -> tuple[str, App]:
    """`scope` is what providers before 1.0 call `scopes`."""
    client = _named(node["client_id"], label, at)
    stated = node["scopes"] if node["scopes"].exists else node["scope"]
    return read_auth0_grant(mapping({"client_id": client, "audience": node["audience"], "scope": stated}, at))


def _keycloak_client(label: str, at: Place, node: Node) -> tuple[str, App] | None:
    """The provider's defaults are its own: every flow is off unless stated. None for a client that is switched off."""
    if node["enabled"].value in (False, "false"):
        return None
    entries = {ours: node[theirs] for theirs, ours in _KEYCLOAK.items()}
    kind = node["access_type"]
    entries["clientId"] = _named(node["client_id"], label, at)
    if not entries["standardFlowEnabled"].exists:
        entries["standardFlowEnabled"] = literal(value=False, place=at)
    if isinstance(kind.value, str) and "${" not in kind.value:
        entries["publicClient"] = literal(kind.value.upper() == "PUBLIC", kind.at)
    elif kind.exists:
        entries["publicClient"] = kind
    entries["attributes"] = mapping(
        {
            "pkce.code.challenge.method": node["pkce_code_challenge_method"],
            "access.token.lifespan": node["access_token_lifespan"],
        },
        at,
    )
    own = fill_later(mapping(entries, at))
    app = read_keycloak_client(own, mapping({}, at), ())
    secrets_here = (replace(one, name=Known("client_secret", one.at)) for one in known_records(app.credentials))
    return str(own["clientId"].value), replace(app, credentials=tuple(secrets_here))


def _cognito_client(label: str, at: Place, node: Node) -> tuple[str, App]:
    name = str(_named(node["name"], label, at).value)

    def part(route: str) -> Node:
        first, _, rest = _COGNITO[route].partition(".")
        return _block(node[first])[rest] if rest else node[first]

    return name, read_cognito_client(name, at, part)


def _okta_client(label: str, at: Place, node: Node) -> tuple[str, App]:
    name = str(_named(node["label"], label, at).value)
    app = App(
        at=at,
        name=Known(name, node["label"].at),
        provider=Known("okta", at),
        kind=Known("client", at),
        redirects=tuple(redirects(node["redirect_uris"], "redirect_uris")),
        grant_types=grant_types(node["grant_types"], node["response_types"]),
        public_client=_okta_public(node["type"], node["token_endpoint_auth_method"]),
        pkce_required=node["pkce_required"].boolean(),
        refresh_rotates=says(node["refresh_token_rotation"], "ROTATE"),
        credentials=secrets([("client_basic_secret", node["client_basic_secret"])]),
    )
    return name, app


def _okta_scopes(label: str, at: Place, node: Node) -> tuple[str, App]:
    app = App(
        at=at,
        name=Known(label, at),
        provider=Known("okta", at),
        kind=Known("grant", at),
        scopes=tuple(scope_grants(node["scopes"], "okta", "app")),
        scopes_stated=Known(value=True, at=node["scopes"].at),
    )
    return label, app


READERS: dict[str, Callable[[str, Place, Node], tuple[str, App] | None]] = {
    "auth0_client": _auth0_client,
    "auth0_client_grant": _auth0_grant,
    "auth0_resource_server": auth0_resource_server,
    "auth0_tenant": auth0_tenant,
    "aws_cognito_user_pool_client": _cognito_client,
    "keycloak_openid_client": _keycloak_client,
    "okta_app_oauth": _okta_client,
    "okta_app_oauth_api_scope": _okta_scopes,
    _ROLE_ASSIGNMENT: okta_role_assignment,
    "okta_auth_server_policy_rule": okta_policy_rule,
}


_SAY_NOTHING = frozenset({"this", "main", "default", "client", "app"})
"""Labels of blocks that are told with their type."""


def _named(node: Node, label: str, at: Place) -> Node:
    """The stated name; the block's label where only a deployment can tell."""
    stated = node.text() if node.is_text else None
    if isinstance(stated, Known) and stated.value:
        return node
    says_nothing = label in _SAY_NOTHING and at.pointer[:1] == ("resource",) and len(at.pointer) > 1
    return literal(f"{at.pointer[1]}.{label}" if says_nothing else label, at)


def _block(node: Node) -> Node:
    """A block that may stand once, as its mapping."""
    return node[0] if node.is_list else node


def _okta_public(kind: Node, method: Node) -> Fact[bool]:
    stated = method.text()
    if isinstance(stated, Unknown):
        return stated
    if stated is not None:
        return Known(stated.value == "none", stated.at)
    text = kind.text()
    return Known(text.value in _OKTA_PUBLIC, text.at) if isinstance(text, Known) else text
