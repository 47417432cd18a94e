"""What a Forge manifest lets its app reach outside: hosts of `permissions.external`, remotes, accounts elsewhere.

`fetch.backend` and `fetch.client` are for requests; `scripts`, `styles`, `images`, `media`, `fonts`, `frames` and
`navigation` say what pages may load or open. An entry is an address, `{address: …}`, or `{remote: key}`, which is read
with the remotes. A remote has one `baseUrl`, or one for each region. An account elsewhere (`providers.auth`) is one of
five integrations by name, or a provider that only its key, its scopes' addresses or its remotes' hosts tell.

Sources: the schema in the npm package @forge/manifest 13.7.0 and
developer.atlassian.com/platform/forge/manifest-reference/{permissions,remotes,providers}, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.oauth_clients import redirects
from nhilint.formats.scopes import scope_grants
from nhilint.knowledge.hosts import host_of
from nhilint.knowledge.scopes import provider_of_scope, providers
from nhilint.model.fact import Fact, Known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.fact import Unknown
    from nhilint.model.vocabulary.app import ScopeGrant
    from nhilint.model.vocabulary.capability import Endpoint

_REQUESTS = ("backend", "client")
_OF_PAGES = ("scripts", "styles", "images", "media", "fonts", "frames", "navigation")
_INTERFACES = {
    "api.atlassian.com": "atlassian",
    "api.box.com": "box",
    "api.dropboxapi.com": "dropbox",
    "api.github.com": "github",
    "api.hubapi.com": "hubspot",
    "api.linear.app": "linear",
    "api.notion.com": "notion",
    "api.zoom.us": "zoom",
    "app.asana.com": "asana",
    "discord.com": "discord",
    "gitlab.com": "gitlab",
    "googleapis.com": "google",
    "graph.microsoft.com": "microsoft-graph",
    "slack.com": "slack",
}
"""Whose interface a host serves, where the provider's scopes are in the catalogue."""


def fetches(external: Node) -> Iterator[Endpoint | Unknown]:
    """Hosts that functions or pages may send requests to or load things from, by the list that names them."""
    for name, node in _entries(external):
        yield from redirects(node, name)


def fetch_limited(external: Node) -> Fact[bool]:
    """False where a host of the lists for requests is `*`: then no list limits the app."""
    for name, node in _entries(external):
        text = node.value if name.startswith("fetch.") else None
        if isinstance(text, str) and text.removeprefix("https://").strip("/") == "*":
            return Known(value=False, at=node.at)
    return Known(value=True, at=external["fetch"].at)


def _entries(external: Node) -> Iterator[tuple[str, Node]]:
    lists = [(f"fetch.{side}", external.at_path("fetch", side)) for side in _REQUESTS]
    lists += [(kind, external[kind]) for kind in _OF_PAGES]
    for name, listed in lists:
        for node in listed.items():
            yield name, node["address"] if node.is_mapping else node


def remote_addresses(remotes: Node) -> Iterator[Endpoint | Unknown]:
    """Every address of every remote; one for each region where it has several."""
    for remote in remotes.items():
        for _, address in _regions(remote["baseUrl"]):
            yield from redirects(address, "remotes.baseUrl")


def _regions(base: Node) -> Iterator[tuple[str, Node]]:
    if base.is_mapping:
        yield from base.entries()
    else:
        yield "default", base


def foreign_scopes(accounts: Node, remotes: Node) -> Iterator[ScopeGrant | Unknown]:
    """What it asks people for at another provider that they connect, where the manifest says which one that is."""
    addresses = {str(remote["key"].value): list(_regions(remote["baseUrl"])) for remote in remotes.items()}
    for account in accounts.items():
        hosts = [
            host_of(str(node.value))
            for key in account["remotes"].items()
            for _, node in addresses.get(str(key.value), ())
        ]
        named = _named(account) or next(filter(None, map(_served_by, hosts)), None)
        for node in account["scopes"].items():
            provider = named or provider_of_scope(str(node.value))
            if provider is not None:
                yield from scope_grants(node, provider, "user")


def _named(account: Node) -> str | None:
    stated = (str(account[key].value).lower() for key in ("integration", "key"))
    return next((name for name in stated if name in providers()), None)


def _served_by(host: str) -> str | None:
    return next((who for end, who in _INTERFACES.items() if host == end or host.endswith(f".{end}")), None)
