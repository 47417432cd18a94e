"""A GitHub App manifest becomes an app: its permissions, what it is told about, who may install it.

Source: docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest and the type `Manifest` of
Probot (probot.github.io/api/latest/types/types.Manifest.html), read 2026-11-22. A permission is a key with `read`,
`write` or `admin`; the words `read-all` and `write-all` may stand for the whole mapping.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal

from nhilint.formats.node import Node
from nhilint.formats.oauth_clients import redirects
from nhilint.formats.scopes import scope_grant
from nhilint.formats.templates import braces
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.app import App

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.app import ScopeGrant
    from nhilint.model.vocabulary.capability import Endpoint
    from nhilint.source.document import Document

Distribution = Literal["single", "organization", "public"]

_OF_A_MANIFEST = frozenset(
    {"default_events", "hook_attributes", "redirect_url", "callback_urls", "setup_url", "url", "public"}
)
_LEVELS = frozenset({"read", "write", "admin"})


def extract(document: Document, claim: Claim) -> Extraction:
    """One app; the permissions alone, without another key of a manifest, make none."""
    root = Node.root(document, braces)
    permissions = root["default_permissions"]
    if not permissions.exists or not root.is_mapping or _OF_A_MANIFEST.isdisjoint(root.value):
        return Extraction(recognised=False)
    stated = root["name"]
    name = str(stated.value) if stated.is_text and stated.value else _folder(document.path)
    app = App(
        at=permissions.at,
        name=Known(name, stated.at if stated.exists else root.at),
        purpose=root["description"].text(),
        provider=Known("github", root.at),
        kind=Known("app", root.at),
        scopes=tuple(_scopes(permissions)),
        scopes_stated=Known(value=True, at=permissions.at),
        redirects=(
            *redirects(root["redirect_url"], "redirect_url"),
            *redirects(root["callback_urls"], "callback_urls"),
            *redirects(root["setup_url"], "setup_url"),
        ),
        endpoints=tuple(_called(root)),
        events=root["default_events"].texts(),
        distribution=_distribution(root["public"]),
    )
    return Extraction((Resource("app", name, claim.format, app),))


def _scopes(permissions: Node) -> Iterator[ScopeGrant | Unknown]:
    """One grant a permission, placed at its level; those set to `none` give nothing."""
    if permissions.is_text:
        yield scope_grant(str(permissions.value), permissions.at, "github-actions", "app")
    for name, node in permissions.entries():
        level = node.text()
        if isinstance(level, Unknown):
            yield level
        elif level is not None and level.value in _LEVELS:
            yield scope_grant(f"{name}:{level.value}", node.at, "github", "app")


def _called(root: Node) -> Iterator[Endpoint | Unknown]:
    hook = root["hook_attributes"]
    if hook["active"].value is not False:
        yield from redirects(hook["url"], "hook_attributes.url")


def _distribution(node: Node) -> Fact[Distribution]:
    stated = node.boolean()
    if not isinstance(stated, Known):
        return stated
    return Known("public", node.at) if stated.value else Known("single", node.at)


def _folder(path: str) -> str:
    folders = [part for part in PurePosixPath(path).parent.parts if not part.startswith(".")]
    return folders[-1] if folders else "GitHub App"
