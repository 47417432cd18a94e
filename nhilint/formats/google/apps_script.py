"""`appsscript.json` becomes an app: its scopes, who may call it and as whom it runs, what foreign code runs with it.

Sources: developers.google.com/apps-script/manifest and its pages on web apps, add-ons (also the older `gmail` part),
dependencies and allow-listed URLs, partly re-read 2026-11-22. `oauthScopes` that is missing means that the platform
works the scopes out from the code.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal, TypeVar

from nhilint.formats.endpoints import endpoint
from nhilint.formats.node import Node
from nhilint.formats.scopes import scope_grants
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.app import App, Library

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhilint.formats.format import Claim
    from nhilint.model.fact import Many
    from nhilint.model.vocabulary.capability import Endpoint
    from nhilint.source.document import Document

Word = TypeVar("Word", bound=str)
OpenTo = Literal["anyone", "anyone_signed_in", "domain", "owner"]

_OPEN_TO: dict[str, OpenTo] = {
    "MYSELF": "owner",
    "DOMAIN": "domain",
    "ANYONE": "anyone_signed_in",
    "ANYONE_ANONYMOUS": "anyone",
}
_RUNS_AS: dict[str, Literal["user", "owner"]] = {"USER_ACCESSING": "user", "USER_DEPLOYING": "owner"}
_STATED_NAMES = (("addOns", "common", "name"), ("gmail", "name"))
_SAY_NOTHING = frozenset(
    {"src", "dist", "build", "out", "app", "gas", "script", "scripts", "appsscript", "apps-script"}
)
"""Folders that every script might be in."""
_MANIFEST_KEYS = frozenset(
    {
        "dataStudio",
        "gmail",
        "timeZone",
        "oauthScopes",
        "runtimeVersion",
        "exceptionLogging",
        "webapp",
        "addOns",
        "dependencies",
        "executionApi",
        "sheets",
        "urlFetchWhitelist",
    }
)


def extract(document: Document, claim: Claim) -> Extraction:
    """One app; a file without any key of a manifest is something else of the same name."""
    root = Node.root(document)
    if not root.is_mapping or _MANIFEST_KEYS.isdisjoint(root.value):
        return Extraction(recognised=False)
    name = _name(root)
    app = App(
        at=root.at,
        name=Known(name, root.at),
        provider=Known("google", root.at),
        kind=Known("addon" if root["addOns"].is_mapping or root["gmail"].is_mapping else "script", root.at),
        scopes=tuple(scope_grants(root["oauthScopes"], "google", None)),
        scopes_stated=Known(root["oauthScopes"].exists, root["oauthScopes"].at),
        runs_as=_word(root.at_path("webapp", "executeAs"), _RUNS_AS),
        open_to=_word(root.at_path("webapp", "access"), _OPEN_TO),
        api_open_to=_word(root.at_path("executionApi", "access"), _OPEN_TO),
        fetches=_fetches(root["urlFetchWhitelist"]),
        fetch_limited=Known(root["urlFetchWhitelist"].exists, root["urlFetchWhitelist"].at),
        libraries=tuple(_library(node) for node in root.at_path("dependencies", "libraries").items()),
        logs=_logs(root["exceptionLogging"]),
    )
    return Extraction((Resource("app", name, claim.format, app),))


def _name(root: Node) -> str:
    """The add-on's name, else the nearest folder that says something."""
    stated = next((n for n in _STATED_NAMES if root.at_path(*n).is_text and root.at_path(*n).value), None)
    if stated is not None:
        return str(root.at_path(*stated).value)
    folders = PurePosixPath(root.path).parent.parts
    return next((folder for folder in reversed(folders) if folder.lower() not in _SAY_NOTHING), "script")


def _word(node: Node, words: Mapping[str, Word]) -> Fact[Word]:
    text = node.text()
    if not isinstance(text, Known):
        return text
    if text.value not in words:
        return Unknown("none of the documented words", node.at)
    return Known(words[text.value], node.at)


def _fetches(node: Node) -> Many[Endpoint]:
    found = (endpoint(item, "urlFetchWhitelist") for item in node.items())
    return tuple(e for e in found if e is not None)


def _library(node: Node) -> Library:
    return Library(
        at=node.at,
        name=node["userSymbol"].text(),
        id=node["libraryId"].text(),
        version=node["version"].text(),
        development=node["developmentMode"].boolean(default=False),
    )


def _logs(node: Node) -> Fact[bool]:
    text = node.text()
    return Known(text.value != "NONE", node.at) if isinstance(text, Known) else text
