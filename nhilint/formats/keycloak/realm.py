"""A realm of Keycloak becomes an app for each client that its owner made, and one for the secrets of the realm itself.

Sources: keycloak.org/docs-api/latest/rest-api (RealmRepresentation, ClientRepresentation) and
org.keycloak.models.utils.RepresentationToModel in github.com/keycloak/keycloak for what a missing key means, partly
re-read 2026-11-22. The clients that Keycloak makes in every realm say nothing about its owner and are left out. An
export hides secrets behind asterisks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.keycloak.client import read_client
from nhilint.formats.keycloak.registration import open_entrances
from nhilint.formats.keycloak.roles import roles_by_client
from nhilint.formats.node import Node
from nhilint.formats.oauth_clients import secrets
from nhilint.formats.templates import braces
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.app import App

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_OWN = frozenset(
    {"account", "account-console", "admin-cli", "broker", "realm-management", "security-admin-console", "master-realm"}
)
_MOST = 2_000


def extract(document: Document, claim: Claim) -> Extraction:
    """The apps of a realm; a list of realms counts, and so does the operator's resource around one."""
    root = Node.root(document, braces)
    realms = list(root.items())[:_MOST] if root.is_list else [root]
    found = [one for realm in realms for one in _apps(_unwrapped(realm), claim)]
    recognised = bool(found) or any(_is_realm(_unwrapped(realm)) for realm in realms)
    return Extraction(tuple(found), recognised=recognised)


def _unwrapped(node: Node) -> Node:
    return node["spec"]["realm"] if node["kind"].value == "KeycloakRealmImport" else node


def _is_realm(realm: Node) -> bool:
    clients = realm["clients"]
    return realm["realm"].is_text and clients.is_list and any(c["clientId"].is_text for c in clients.items())


def _apps(realm: Node, claim: Claim) -> Iterator[Resource]:
    if not _is_realm(realm):
        return
    roles = roles_by_client(realm)
    for node in list(realm["clients"].items())[:_MOST]:
        name = node["clientId"].value
        if isinstance(name, str) and name not in _OWN and _is_used(node):
            yield Resource("app", name, claim.format, read_client(node, realm, roles.get(name, ())))
    own = _of_the_realm(realm)
    if own.credentials or own.entrances:
        yield Resource("app", str(realm["realm"].value), claim.format, own)


def _is_used(client: Node) -> bool:
    """Whether it is switched on and speaks OAuth; SAML knows neither grants nor tokens."""
    return client["enabled"].value is not False and client["protocol"].value != "saml"


def _of_the_realm(realm: Node) -> App:
    providers = [node["config"] for node in list(realm["identityProviders"].items())[:_MOST]]
    positions = [("clientSecret", config["clientSecret"]) for config in providers]
    return App(
        at=realm["realm"].at,
        name=Known(str(realm["realm"].value), realm["realm"].at),
        provider=Known("keycloak", realm.at),
        kind=Known("client", realm.at),
        entrances=open_entrances(realm),
        credentials=secrets([*positions, ("password", realm["smtpServer"]["password"])]),
    )
