"""An Entra app manifest becomes an app registration, in Microsoft Graph's shape or the older one of Azure AD Graph.

Sources: learn.microsoft.com/entra/identity-platform/reference-microsoft-graph-app-manifest and reference-app-manifest;
github.com/OfficeDev/microsoft-365-agents-toolkit-samples (names in place of ids), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.azure.client_secret import client_secret
from nhilint.formats.azure.graph import permission
from nhilint.formats.azure.registration import Registration, app_of
from nhilint.formats.azure.stated import property_of, text_of
from nhilint.formats.node import Node
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.knowledge.scopes import Holder
    from nhilint.model.fact import Unknown
    from nhilint.model.vocabulary.app import ScopeGrant
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.source.document import Document

_TELLING = ("requiredResourceAccess", "replyUrlsWithType", "signInAudience", "passwordCredentials")
_ALSO = ("appId", "displayName", "api", "web", "spa", "publicClient", "oauth2Permissions", "identifierUris", "appRoles")
_HOLDERS: dict[str, Holder] = {"role": "app", "scope": "user"}
_MOST = 300
_OF_WEB = frozenset({"web", "spa"})
_FILLED_IN = Deferred(r"\$\{\{([^{}]{1,80})\}\}")
"""What the toolkit fills into a name when it makes the app; a message tells it by its own name."""


def extract(document: Document, claim: Claim) -> Extraction:
    """One app; an object that is not one of an app registration is a look-alike."""
    root = Node.root(document)
    if not root.is_mapping or not is_registration(root):
        return Extraction(recognised=False)
    stated = root["displayName"] if root["displayName"].is_text else root["name"]
    name = _FILLED_IN.sub(r"<\1>", str(stated.value)) if stated.is_text and stated.value else "app"
    app = replace(app_of(registration_of(root, name)), client_id=root["appId"].text())
    return Extraction((Resource("app", name, claim.format, app),))


def is_registration(node: Node) -> bool:
    """Whether an object has the keys of an app registration, one that tells and one besides."""
    telling = [key for key in _TELLING if node[key].exists]
    lists = all(node[key].is_list for key in telling if key != "signInAudience")
    return bool(telling) and lists and any(node[key].exists for key in _ALSO)


def registration_of(root: Node, name: str) -> Registration:
    """The registration that an object in either shape describes."""
    own = next((root[key] for key in ("displayName", "name") if root[key].is_text), root)
    implicit = property_of(property_of(root["web"], "implicitGrantSettings"), "enableAccessTokenIssuance")
    older = root["oauth2AllowImplicitFlow"]
    fallback = root["isFallbackPublicClient"] if root["isFallbackPublicClient"].exists else root["allowPublicClient"]
    return Registration(
        name=name,
        at=own.at,
        scopes=tuple(_scopes(root["requiredResourceAccess"])),
        scopes_at=root["requiredResourceAccess"].at if root["requiredResourceAccess"].exists else None,
        web=tuple(_redirects(root)),
        implicit=implicit if implicit.exists else older,
        fallback_public=fallback,
        audience=root["signInAudience"],
        multi_tenant=root["availableToOtherTenants"],
        credentials=tuple(_credentials(root)),
    )


def _scopes(asked: Node) -> Iterator[ScopeGrant | Unknown]:
    for resource in list(asked.items())[:_MOST]:
        api = text_of(property_of(resource, "resourceAppId"))
        for access in list(property_of(resource, "resourceAccess").items())[:_MOST]:
            kind = text_of(property_of(access, "type"))
            holder = _HOLDERS.get(kind.value.lower()) if isinstance(kind, Known) else None
            node = property_of(access, "id")
            yield permission(api, text_of(node), holder, node.at)


def _redirects(root: Node) -> Iterator[Node]:
    """Addresses of web and single-page apps; those of apps on devices are no web addresses."""
    for part in ("web", "spa"):
        if property_of(root[part], "redirectUris").exists:
            yield property_of(root[part], "redirectUris")
    for entry in list(root["replyUrlsWithType"].items())[:_MOST]:
        if str(property_of(entry, "type").value).lower() in _OF_WEB:
            yield property_of(entry, "url")
    if root["replyUrls"].is_list:
        yield root["replyUrls"]


def _credentials(root: Node) -> Iterator[Credential]:
    for key in ("passwordCredentials", "keyCredentials"):
        for node in list(root[key].items())[:_MOST]:
            if not node.is_mapping:
                continue
            start, end = _first(node, "startDateTime", "startDate"), _first(node, "endDateTime", "endDate")
            named = _first(node, "displayName", "customKeyIdentifier")
            name = str(named.value) if named.is_text and named.value else "secret"
            kind = "password" if key == "passwordCredentials" else "certificate"
            yield client_secret(name, node.at, start, end, node["endDateRelative"], kind=kind)


def _first(node: Node, *names: str) -> Node:
    return next((node[name] for name in names if node[name].exists), node[names[0]])
