"""Every integration of a `nango.yaml` becomes an app: the scopes that its syncs and actions ask for, together.

Sources: the schema in github.com/NangoHQ/nango, packages/nango-yaml, read 2026-11-22 (`integrations.<name>` with
`syncs` and `actions` in the second version, the syncs themselves in the first). The name of an integration is free; by
custom it is the provider's, which is how its scopes are judged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.node import Node
from nhilint.formats.scopes import scope_grants, scope_grants_in
from nhilint.formats.templates import braces
from nhilint.knowledge.scopes import providers
from nhilint.model.fact import Known, value_of
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.app import App

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.fact import Unknown
    from nhilint.model.vocabulary.app import ScopeGrant
    from nhilint.source.document import Document

_ATLASSIAN = ("jira", "confluence", "bitbucket")
_MICROSOFT = ("microsoft", "outlook", "one-drive", "sharepoint", "teams")
_MOST = 1_000


def extract(document: Document, claim: Claim) -> Extraction:
    """One app an integration that states scopes; integrations without say nothing here."""
    root = Node.root(document, braces)
    integrations = root["integrations"]
    if not integrations.is_mapping:
        return Extraction(recognised=False)
    found = [_app(name, node) for name, node in list(integrations.entries())[:_MOST]]
    return Extraction(tuple(Resource("app", name, claim.format, app) for name, app in found if app.scopes))


def _app(name: str, node: Node) -> tuple[str, App]:
    app = App(
        at=node.at,
        name=Known(name, node.at),
        provider=Known(provider_of(name), node.at),
        kind=Known("grant", node.at),
        scopes=_distinct(_scopes(node, provider_of(name))),
    )
    return name, app


def provider_of(name: str) -> str:
    """The provider of the catalogue that an integration's name speaks of; the name itself where none does."""
    lower = name.lower()
    if lower.startswith(_ATLASSIAN):
        return "atlassian"
    if lower.startswith(_MICROSOFT):
        return "microsoft-graph"
    return next((known for known in providers() if lower == known or lower.startswith(f"{known}-")), lower)


def _scopes(integration: Node, provider: str) -> Iterator[ScopeGrant | Unknown]:
    """Scopes of a list, or of a text with commas, of every sync and action."""
    parts = [integration["syncs"], integration["actions"], integration]
    for part in parts:
        for _, node in part.entries():
            stated = node["scopes"]
            if stated.is_text:
                yield from scope_grants_in(stated, provider, None, ", ")
            else:
                yield from scope_grants(stated, provider, None)


def _distinct(grants: Iterator[ScopeGrant | Unknown]) -> tuple[ScopeGrant | Unknown, ...]:
    """Each scope once, where it is first asked for."""
    found: dict[object, ScopeGrant | Unknown] = {}
    for grant in grants:
        found.setdefault(value_of(getattr(grant, "id", None)) or grant.at, grant)
    return tuple(found.values())
