"""A Microsoft 365 or Teams app manifest becomes an app: its permissions in teams and chats, and whose pages it shows.

Sources: learn.microsoft.com/microsoft-365/extensibility/schema/ (authorization.permissions.resourceSpecific,
validDomains, copilotAgents) and learn.microsoft.com/microsoftteams/platform/graph-api/rsc/resource-specific-consent,
read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.azure.graph import permission
from nhilint.formats.azure.stated import text_of
from nhilint.formats.endpoints import endpoint_of
from nhilint.formats.node import Node
from nhilint.formats.oauth_clients import with_wildcard
from nhilint.formats.scopes import sensitive_as_user
from nhilint.model.fact import Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.app import App

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.knowledge.scopes import Holder
    from nhilint.model.vocabulary.app import ScopeGrant
    from nhilint.model.vocabulary.capability import Endpoint
    from nhilint.source.document import Document

_HOLDERS: dict[str, Holder] = {"application": "app", "delegated": "user"}
_AGENTS = ("declarativeAgents", "customEngineAgents", "declarativeCopilots")
_MOST = 500


def extract(document: Document, claim: Claim) -> Extraction:
    """One app; a file without a manifest version and an app's id is none."""
    root = Node.root(document)
    if not root["manifestVersion"].is_text or not root["id"].exists or not root["name"].exists:
        return Extraction(recognised=False)
    stated = root["name"]["short"] if root["name"].is_mapping else root["name"]
    name = str(stated.value) if stated.is_text and stated.value else "app"
    at = stated.at if stated.exists else root.at
    scopes = tuple(_scopes(root))
    app = App(
        at=at,
        name=Known(name, at),
        provider=Known("microsoft", at),
        kind=Known("app", at),
        scopes=scopes,
        sensitive_as_user=sensitive_as_user(scopes),
        pages=tuple(_pages(root)),
        is_agent=Known(_has_agent(root), at),
    )
    return Extraction((Resource("app", name, claim.format, app),))


def _scopes(root: Node) -> Iterator[ScopeGrant | Unknown]:
    """Permissions over the team or chat that it is installed in; the older key states the app's own only."""
    asked = root.at_path("authorization", "permissions", "resourceSpecific")
    for entry in list(asked.items())[:_MOST]:
        kind = text_of(entry["type"])
        holder = _HOLDERS.get(kind.value.lower()) if isinstance(kind, Known) else None
        yield permission(None, text_of(entry["name"]), holder, entry["name"].at)
    for entry in list(root.at_path("webApplicationInfo", "applicationPermissions").items())[:_MOST]:
        yield permission(None, text_of(entry), "app", entry.at)


def _pages(root: Node) -> Iterator[Endpoint | Unknown]:
    for node in list(root["validDomains"].items())[:_MOST]:
        stated = text_of(node)
        if isinstance(stated, Unknown):
            yield stated
        elif stated is not None and stated.value:
            found = endpoint_of(f"https://{stated.value}", node.at, "validDomains")
            yield with_wildcard(found, stated.value)


def _has_agent(root: Node) -> bool:
    agents = root["copilotAgents"] if root["copilotAgents"].is_mapping else root["copilotExtensions"]
    return any(agents[key].is_list and bool(agents[key].value) for key in _AGENTS)
