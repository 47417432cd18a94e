"""A HubSpot app's configuration becomes an app: required and optional scopes, redirects, hosts, where it is offered.

Three shapes: `app.json` (private, `scopes`), `public-app.json` (`auth`), `app-hsmeta.json` (`config.auth`). Source:
developers.hubspot.com/docs/apps/developer-platform/build-apps/app-configuration, partly re-read 2026-11-22. An app with
`auth.type` `static` has one token for one account, which does not expire; `oauth` hands out refresh tokens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.node import Node
from nhilint.formats.oauth_clients import redirects
from nhilint.formats.scopes import scope_grants
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

_OPTIONAL = ("optionalScopes", "conditionallyRequiredScopes")
_OF_A_PRIVATE_APP = frozenset({"uid", "public", "extensions", "webhooks"})


def extract(document: Document, claim: Claim) -> Extraction:
    """One app; other tools' `app.json` has none of HubSpot's keys."""
    root = Node.root(document, braces)
    config = root["config"] if root["config"].is_mapping else root
    auth = config["auth"]
    private = root["scopes"].is_list and root.is_mapping and not _OF_A_PRIVATE_APP.isdisjoint(root.value)
    if not auth["requiredScopes"].exists and not private:
        return Extraction(recognised=False)
    stated = config["name"] if config["name"].is_text else root["name"]
    name = value_of(stated.text()) or value_of(root["uid"].text()) or "HubSpot app"
    scopes = auth["requiredScopes"] if auth["requiredScopes"].exists else root["scopes"]
    app = App(
        at=scopes.at,
        name=Known(name, stated.at if stated.exists else root.at),
        purpose=config["description"].text(),
        provider=Known("hubspot", root.at),
        kind=Known("app", root.at),
        scopes=tuple(_scopes(scopes, auth)),
        scopes_stated=Known(value=True, at=scopes.at),
        redirects=tuple(redirects(auth["redirectUrls"], "redirectUrls")),
        fetches=tuple(_fetches(config, root)),
        distribution=_distribution(config["distribution"], root["public"]),
    )
    return Extraction((Resource("app", name, claim.format, app),))


def _scopes(required: Node, auth: Node) -> Iterator[ScopeGrant | Unknown]:
    yield from scope_grants(required, "hubspot", None)
    for key in _OPTIONAL:
        yield from scope_grants(auth[key], "hubspot", None, optional=True)


def _fetches(config: Node, root: Node) -> Iterator[Endpoint | Unknown]:
    yield from redirects(config.at_path("permittedUrls", "fetch"), "permittedUrls.fetch")
    yield from redirects(root["allowedUrls"], "allowedUrls")


def _distribution(stated: Node, public: Node) -> Fact[Literal["single", "public"]]:
    if stated.exists:
        return Known("public" if stated.value == "marketplace" else "single", stated.at)
    if isinstance(public.value, bool):
        return Known("public" if public.value else "single", public.at)
    return None
