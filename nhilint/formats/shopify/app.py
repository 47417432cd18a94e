"""A Shopify app's configuration becomes an app: its scopes, redirects, webhooks and kinds of token.

Source: shopify.dev/docs/apps/build/cli-for-apps/app-configuration and …/docs/api/usage/access-scopes, partly re-read
2026-11-22. A write scope includes the read scope of its object. `direct_api_mode` says whose token the embedded page
uses: `online` is the signed-in member of staff's and the default, `offline` the app's own, whoever is looking.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.node import Node
from nhilint.formats.oauth_clients import redirects
from nhilint.formats.scopes import scope_grants, scope_grants_in
from nhilint.formats.templates import braces
from nhilint.model.fact import Fact, Known, value_of
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.app import App

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from nhilint.formats.format import Claim
    from nhilint.model.fact import Unknown
    from nhilint.model.vocabulary.app import ScopeGrant
    from nhilint.model.vocabulary.capability import Endpoint
    from nhilint.source.document import Document

_OF_AN_APP = frozenset({"client_id", "access_scopes", "scopes", "application_url", "auth", "webhooks"})


def extract(document: Document, claim: Claim) -> Extraction:
    """One app; the command line's older file of this name (`scopes` at the top) counts too."""
    root = Node.root(document, braces)
    if not root.is_mapping or _OF_AN_APP.isdisjoint(root.value):
        return Extraction(recognised=False)
    stated = root.first("name", "handle")
    name = value_of(stated.text()) or document.path.rsplit("/", 1)[-1]
    scopes = _stated_scopes(root)
    app = App(
        at=root.first("client_id", "access_scopes", "name").at,
        client_id=root["client_id"].text(),
        name=Known(name, stated.at if stated.exists else root.at),
        provider=Known("shopify", root.at),
        kind=Known("app", root.at),
        scopes=tuple(_scopes(root)),
        scopes_stated=Known(scopes.exists, scopes.at),
        redirects=tuple(redirects(root.at_path("auth", "redirect_urls"), "redirect_urls")),
        endpoints=tuple(_called(root)),
        runs_as=_runs_as(root.at_path("access", "admin", "direct_api_mode")),
        distribution=None,
    )
    return Extraction((Resource("app", name, claim.format, app),))


def _stated_scopes(root: Node) -> Node:
    current = root.at_path("access_scopes", "scopes")
    return current if current.exists else root["scopes"]


def _scopes(root: Node) -> Iterator[ScopeGrant | Unknown]:
    """Scopes between commas, and those that a merchant may be asked for later."""
    yield from scope_grants_in(_stated_scopes(root), "shopify", "app", ", \n")
    yield from scope_grants(root.at_path("access_scopes", "optional_scopes"), "shopify", "app", optional=True)


def _called(root: Node) -> Iterator[Endpoint | Unknown]:
    yield from redirects(root["application_url"], "application_url")
    for subscription in root.at_path("webhooks", "subscriptions").items():
        uri = subscription["uri"]
        if isinstance(uri.value, str) and "://" in uri.value:
            yield from redirects(uri, "webhooks uri")


def _runs_as(node: Node) -> Fact[Literal["user", "owner"]]:
    if node.value == "offline":
        return Known("owner", node.at)
    return Known("user", node.at) if node.value == "online" else None
