"""A realm of Keycloak becomes an app for each client that its owner made, and one for the secrets of the realm itself.

Sources: keycloak.org/docs-api/latest/rest-api (RealmRepresentation, ClientRepresentation) and
org.keycloak.models.utils.RepresentationToModel in github.com/keycloak/keycloak for what a missing key means, partly
re-read 2026-11-22; KeycloakClient: github.com/keycloak/keycloak-operator. The clients that Keycloak makes in every
realm say nothing about its owner and are left out. An export hides secrets behind asterisks.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.keycloak.client import read_client
from nhilint.formats.keycloak.registration import open_entrances
from nhilint.formats.keycloak.roles import roles_by_client
from nhilint.formats.node import Node
from nhilint.formats.oauth_clients import secrets
from nhilint.formats.templates import braces
from nhilint.knowledge.credentials.examples import is_local_host
from nhilint.model.fact import Known, known_records, value_of
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.app import App

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.capability import Endpoint
    from nhilint.source.document import Document

_OWN = frozenset(
    {"account", "account-console", "admin-cli", "broker", "realm-management", "security-admin-console", "master-realm"}
)
_MOST = 2_000
_MOST_OF_ONE = 10
_FOR_DEVELOPERS = frozenset({"test", "testing", "demo", "dev", "development", "local", "example", "sample"})
_OF_PAGES = frozenset({"http", "https"})
_TEST_PAGES = frozenset({"oauth.pstmn.io", "jwt.io", "oauth.tools", "oidcdebugger.com", "openidconnect.net"})


def extract(document: Document, claim: Claim) -> Extraction:
    """The apps of a realm; a list of realms counts, and so does the operator's resource around one."""
    root = Node.root(document, braces)
    realms = list(root.items())[:_MOST] if root.is_list else [root]
    read = [(_unwrapped(realm), list(_apps(_unwrapped(realm), claim))) for realm in realms]
    away = any(map(_leads_away, (redirect for _, apps in read for redirect in _redirects(apps))))
    found = [one for realm, apps in read for one in _in_its_setting(apps, realm, away=away)]
    recognised = bool(found) or any(_is_client(realm) or _is_realm(_unwrapped(realm)) for realm in realms)
    return Extraction(tuple(found), recognised=recognised)


def _in_its_setting(apps: list[Resource], realm: Node, *, away: bool) -> list[Resource]:
    """The apps, told as a test's where the realm serves those who develop: by its name or its file's, or by redirects
    that lead to one's own machine or network of containers, and else to public pages for testing alone. The realms of
    one export are of one server: where one of them leads `away`, none is told so by its redirects."""
    named = {word for text in (realm["realm"].value, PurePosixPath(realm.path).stem) for word in _words(text)}
    at_home = any(map(_is_at_home, _redirects(apps)))
    if not _FOR_DEVELOPERS.isdisjoint(named) or (at_home and not away):
        return [replace(app, setting="test") for app in apps]
    return apps


def _redirects(apps: list[Resource]) -> list[Endpoint]:
    return [one for app in apps if isinstance(app.facts, App) for one in known_records(app.facts.redirects)]


def _leads_away(redirect: Endpoint) -> bool:
    return not _is_at_home(redirect) and _leads_out(redirect)


def _words(text: object) -> list[str]:
    return re.split(r"[-_. ]", text.lower()) if isinstance(text, str) else []


def _is_at_home(redirect: Endpoint) -> bool:
    host = value_of(redirect.host) or ""
    in_containers = "*" not in host and value_of(redirect.scheme) in _OF_PAGES and is_local_host(host)
    return value_of(redirect.reach) == "loopback" or "localhost" in host or in_containers


def _leads_out(redirect: Endpoint) -> bool:
    """Whether codes go to a host that is no page for testing, or to any; not by a path alone or a program's scheme."""
    host = value_of(redirect.host)
    return value_of(redirect.wildcard) == "any" or (bool(host) and host not in _TEST_PAGES)


def _unwrapped(node: Node) -> Node:
    return node["spec"]["realm"] if node["kind"].value == "KeycloakRealmImport" else node


def _is_client(node: Node) -> bool:
    """Whether it is the resource that the older operator makes one client of (keycloak.org/v1alpha1 KeycloakClient)."""
    return node["kind"].value == "KeycloakClient" and node["spec"]["client"]["clientId"].is_text


def _is_realm(realm: Node) -> bool:
    clients = realm["clients"]
    return realm["realm"].is_text and clients.is_list and any(c["clientId"].is_text for c in clients.items())


def _apps(realm: Node, claim: Claim) -> Iterator[Resource]:
    if _is_client(realm):
        client = realm["spec"]["client"]
        if _is_used(client):
            yield Resource("app", str(client["clientId"].value), claim.format, read_client(client, realm["spec"], ()))
        return
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
        credentials=secrets([*positions, ("password", realm["smtpServer"]["password"]), *_of_users(realm)]),
    )


def _of_users(realm: Node) -> Iterator[tuple[str, Node]]:
    """The passwords that the import gives to users, but for those that have to be changed at the first sign-in."""
    for user in list(realm["users"].items())[:_MOST]:
        for credential in list(user["credentials"].items())[:_MOST_OF_ONE]:
            if credential["type"].value == "password" and credential["temporary"].value is not True:
                yield f"password of {user['username'].value}", credential["value"]
