"""A web extension that stands in a Safari app learns that `nativeMessaging` reaches that app and no other program.

Safari hands such messages to the handler of the app that contains the extension, in a sandbox of its own; there is no
host to install beside the browser, nor a choice of one. Told by the names of folders or of the manifest, by the
handler that Xcode makes beside the extension's resources, or by the Info.plist there. Source, read 2026-11-22:
developer.apple.com/documentation/safariservices/messaging-between-the-app-and-javascript-in-a-safari-web-extension.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.vocabulary import App
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.app import ScopeGrant
    from nhilint.tree import Tree

_PERMISSION = "nativeMessaging"
_FOLDER = Deferred(r"(?i)(?:^|/)safari[ _-]?(?:web|app)?[ _-]?extension[^/]*/|(?:^|/)manifest[._-]safari\.json$")
_HANDLER = "WebExtensionHandler.swift"
_LISTING = "Info.plist"
_POINT = b"com.apple.Safari.web-extension"


def within_app(resource: Resource, tree: Tree) -> Resource:
    """The same extension; in a Safari app its `nativeMessaging` sends to that app, and starts nothing."""
    facts = resource.facts
    if not isinstance(facts, App) or isinstance(facts.scopes, Unknown) or not any(map(_talks, facts.scopes)):
        return resource
    if not _is_in_safari_app(resource.at.path, tree):
        return resource
    return replace(resource, facts=replace(facts, scopes=tuple(map(_told, facts.scopes))))


def _talks(grant: ScopeGrant | Unknown) -> bool:
    return not isinstance(grant, Unknown) and value_of(grant.id) == _PERMISSION


def _told(grant: ScopeGrant | Unknown) -> ScopeGrant | Unknown:
    if isinstance(grant, Unknown) or not _talks(grant):
        return grant
    at = grant.at
    return replace(grant, category=Known("other", at), access=Known("send", at), sensitivity=Known("low", at))


def _is_in_safari_app(manifest: str, tree: Tree) -> bool:
    """Whether the manifest's folder, or the one above, is that of a Safari app's extension."""
    if _FOLDER.search(manifest):
        return True
    own = manifest.rpartition("/")[0]
    folders = {own, own.rpartition("/")[0]}
    beside = [path for path in tree.paths() if path.rpartition("/")[0] in folders]
    if any(path.endswith(_HANDLER) for path in beside):
        return True
    listings = (tree.read(path) for path in beside if path.rpartition("/")[2] == _LISTING)
    return any(isinstance(data, bytes) and _POINT in data for data in listings)
