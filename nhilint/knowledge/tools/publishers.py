"""Whether a package or image that the catalogue does not have is published by the vendor of the service behind it.

A scope of the npm registry belongs to one account. It is a vendor's where the catalogue has a vendor's own server in it
(`@microsoft/…`), and where the server is called after it (`octopus` from `@octopusdeploy/…`). A Go module lies in the
account of GitHub that its path names; it is a vendor's where the server bears the account's whole name (`grafana` from
`github.com/grafana/…`) and where it is a well-known vendor's. Names without a scope
and those of other registries are anybody's to take: nothing is said of them. Of images, those of a vendor's own
registry or account are its own, and those that Docker builds: official ones, which alone have no account in their name,
and the servers of its catalogue below `mcp/`.
Sources: https://docs.npmjs.com/about-scopes, https://docs.docker.com/docker-hub/image-library/trusted-content/ and
https://docs.docker.com/ai/mcp-catalog-and-toolkit/catalog/, read 2026-11-22.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from nhilint.knowledge.tools.records import find_records, names_in
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.knowledge.tools.launch import Package

_BETWEEN_WORDS = Deferred(r"[^a-z0-9]+")
_NO_NAMES = frozenset({"server", "tools", "docs", "mcp", "local", "remote", "agent", "code", "memory", "search"})
_SHORTEST = 4
_VENDORS = frozenset(
    {"@angular", "@anthropic-ai", "@aws", "@expo", "@github", "@google", "@hashicorp", "@openai", "@vercel"}
)
"""Scopes of well-known vendors of which the catalogue has no server."""
_IMAGES = ("mcp/", "docker/", "library/", "ghcr.io/github/", "ghcr.io/microsoft/", "mcr.microsoft.com/")
"""Beginnings of images that only their vendor can push."""


def is_vendors_own(package: Package, name: str) -> bool:
    """Whether the scope of a package or the account of an image is a vendor's, or that scope bears the `name`."""
    if package.ecosystem == "oci":
        return is_vendors_image(package.name)
    if package.ecosystem == "go":
        return _is_account_of(package.name.lower(), name)
    scope, slash, _ = package.name.lower().partition("/")
    if package.ecosystem != "npm" or not scope.startswith("@") or not slash:
        return False
    return scope in _VENDORS or scope in _scopes_of_vendors() or _bears(scope, name)


def is_vendors_image(name: str) -> bool:
    """Whether only a vendor, or Docker, can push an image of this name; a name that was built here is nobody else's."""
    image = name.lower().removeprefix("docker.io/")
    return "/" not in image or image.startswith(_IMAGES)


def _is_account_of(path: str, name: str) -> bool:
    """Whether a Go module lies in the account of GitHub that is called as the server is, or in a known vendor's."""
    parts = path.split("/")
    if parts[0] != "github.com" or len(parts) < 3:
        return False
    return f"@{parts[1]}" in _VENDORS or parts[1] == name.lower()


@cache
def _scopes_of_vendors() -> frozenset[str]:
    scoped = (name for name in names_in("servers", "npm") if name.startswith("@"))
    return frozenset(
        name.partition("/")[0] for name in scoped if any(one.official for one in find_records("servers", "npm", name))
    )


def _bears(scope: str, name: str) -> bool:
    """Whether a scope is the first word of a server's name, with or without something behind it."""
    word = next((one for one in _BETWEEN_WORDS.split(name.lower()) if one), "")
    plain = _BETWEEN_WORDS.sub("", scope)
    return len(word) >= _SHORTEST and word not in _NO_NAMES and plain.startswith(word)
