"""The configuration of an Ory Hydra server becomes an authorization server: open registration and lifetime of tokens.

Source: spec/config.json of github.com/ory/hydra (`oidc.dynamic_client_registration.enabled` false unless stated,
`ttl.access_token` in Go's notation of durations), read 2026-11-22. Registered clients choose their scopes themselves,
as the same file says of `default_scope`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.durations import hours_in
from nhilint.formats.node import Node
from nhilint.formats.oauth_clients import open_registration
from nhilint.formats.templates import braces
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.app import App

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.app import Entrance
    from nhilint.source.document import Document

_OF_A_SERVER = ("dsn", "serve", "urls", "oidc", "oauth2", "ttl", "strategies", "secrets")
_ENOUGH = 3


def extract(document: Document, claim: Claim) -> Extraction:
    """One server; a file with fewer than three of the sections that only a server has is something else."""
    root = Node.root(document, braces)
    if not root.is_mapping or sum(root[key].exists for key in _OF_A_SERVER) < _ENOUGH:
        return Extraction(recognised=False)
    app = App(
        at=root.first("oidc", "ttl", "urls", "serve").at,
        name=Known("hydra", root.at),
        provider=Known("ory", root.at),
        kind=Known("authorization_server", root.at),
        entrances=_registration(root),
        access_hours=_hours(root.at_path("ttl", "access_token")),
    )
    return Extraction((Resource("app", "hydra", claim.format, app),))


def _registration(root: Node) -> tuple[Entrance | Unknown, ...]:
    """Whether clients register themselves; another address that is advertised for it may ask them for a token."""
    found = open_registration(
        root.at_path("oidc", "dynamic_client_registration", "enabled"), "dynamic_client_registration"
    )
    advertised = root.at_path("webfinger", "oidc_discovery", "client_registration_url")
    if found and advertised.is_text and not str(advertised.value).rstrip("/").endswith("/oauth2/register"):
        return (Unknown("registered through another service", advertised.at),)
    return found


def _hours(node: Node) -> Fact[float]:
    stated = node.text()
    if not isinstance(stated, Known):
        return stated
    hours = hours_in(stated.value)
    return Known(hours, stated.at) if hours is not None else None
