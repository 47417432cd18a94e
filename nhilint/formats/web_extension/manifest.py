"""A browser extension's manifest becomes an app: what it may do in the browser, on whose pages, and with which scopes.

An extension acts in sessions that the person has opened: what it may read, it may read as that person. Permissions and
host patterns are grants like scopes, judged by the catalogue's provider `web-extension`; `oauth2.scopes` are Google's.
Sources: developer.chrome.com/docs/extensions/reference/permissions-list, …/manifest, …/develop/concepts/match-patterns
and developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/manifest.json, partly re-read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.node import Node
from nhilint.formats.scopes import scope_grant, scope_grants
from nhilint.formats.web_extension.hosts import ALL, is_every_host, is_pattern, templates
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.app import App, Entrance

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.app import ScopeGrant
    from nhilint.source.document import Document

_VERSIONS = (2, 3, "2", "3")
_GRANTING = ("permissions", "host_permissions")
_OPTIONAL = ("optional_permissions", "optional_host_permissions")
_PROVIDER = "web-extension"
_OF_A_LANGUAGE_FILE = "__MSG_"


def extract(document: Document, claim: Claim) -> Extraction:
    """One app; other manifests that count their versions do not have a name and a version beside."""
    root = Node.root(document, templates)
    if not root.is_mapping or not root["manifest_version"].is_one_of(_VERSIONS) or "name" not in root.value:
        return Extraction(recognised=False)
    name = _name(root)
    grants = tuple(_grants(root))
    app = App(
        at=root["name"].at,
        name=Known(name, root["name"].at),
        purpose=_purpose(root),
        provider=Known("web-extension", root.at),
        kind=Known("extension", root.at),
        scopes=(*grants, *scope_grants(root.at_path("oauth2", "scopes"), "google", "user")),
        scopes_stated=Known(value=True, at=root.at),
        page_reach=_page_reach(root),
        made_up_code=_made_up_code(root["content_security_policy"]),
        entrances=tuple(_entrances(root.at_path("externally_connectable", "matches"))),
    )
    return Extraction((Resource("app", name, claim.format, app),))


def _name(root: Node) -> str:
    """The stated name; one that a language file gives says less than the folder."""
    stated = root["name"].value
    if isinstance(stated, str) and stated and not stated.startswith(_OF_A_LANGUAGE_FILE):
        return stated
    folders = [part for part in root.path.split("/")[:-1] if part not in {"src", "public", "app", "dist", "extension"}]
    return folders[-1] if folders else "browser extension"


def _grants(root: Node) -> Iterator[ScopeGrant | Unknown]:
    for key in (*_GRANTING, *_OPTIONAL):
        for node in root[key].items():
            text = node.text()
            if isinstance(text, Unknown):
                yield text
            elif text is not None and not node.is_mapping:
                optional = key in _OPTIONAL
                yield _grant(text.value, node, optional=optional)


def _grant(text: str, node: Node, *, optional: bool) -> ScopeGrant:
    """A permission under its name; patterns for every host under one name for all of them."""
    from msgspec.structs import replace

    if is_every_host(text):
        grant = scope_grant(ALL, node.at, _PROVIDER, "user", optional=optional)
        return replace(grant, id=Known(text, node.at))
    if is_pattern(text):
        grant = scope_grant("https://host/*", node.at, _PROVIDER, "user", optional=optional)
        return replace(grant, id=Known(text, node.at))
    return scope_grant(text, node.at, _PROVIDER, "user", optional=optional)


def _page_reach(root: Node) -> Fact[Literal["all", "some", "none"]]:
    """On whose pages it may work without asking again, by host permissions and scripts that it puts into pages."""
    patterns = [node for key in _GRANTING for node in root[key].items()]
    patterns += [node for script in root["content_scripts"].items() for node in script["matches"].items()]
    texts = [(node, node.value) for node in patterns if isinstance(node.value, str)]
    for node, text in texts:
        if is_every_host(text):
            return Known("all", node.at)
    for node, text in texts:
        if node.templates(text):
            return Unknown("a template", node.at)
    some = next((node for node, text in texts if is_pattern(text)), None)
    return Known("some", some.at) if some else Known("none", root.at)


def _purpose(root: Node) -> Fact[str]:
    """What the extension says that it is for; the names of its commands where a language file says it."""
    said, commands = root["description"], root["commands"]
    if not (isinstance(said.value, str) and said.value.startswith(_OF_A_LANGUAGE_FILE)):
        return said.text()
    named = " ".join(key.replace("_", " ") for key, _ in commands.entries())
    return Known(named, commands.at) if named else None


def _made_up_code(policy: Node) -> Fact[bool]:
    """Whether the policy of its own pages lets them run code that is made while they run; by default it does not."""
    stated = policy["extension_pages"] if policy.is_mapping else policy
    text = stated.text()
    if not isinstance(text, Known):
        return text
    directives = [part.split() for part in text.value.split(";")]
    scripts = next((words for words in directives if words[:1] == ["script-src"]), [])
    return Known("'unsafe-eval'" in scripts, stated.at)


def _entrances(matches: Node) -> Iterator[Entrance]:
    """Web pages that may send it messages; the browser refuses patterns for every host but keeps wide ones."""
    for node in matches.items():
        if isinstance(node.value, str) and is_every_host(node.value):
            yield Entrance(
                at=node.at,
                name=Known("externally_connectable", node.at),
                kind=Known("web_page", node.at),
                open_to=Known("anyone", node.at),
            )
