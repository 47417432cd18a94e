"""A native messaging host becomes an app: a program on the person's machine, and the extensions that may start it.

Source: developer.chrome.com/docs/extensions/develop/concepts/native-messaging (`name`, `path`, `type: stdio`,
`allowed_origins`, where no wildcard is allowed) and the page of the same name on developer.mozilla.org
(`allowed_extensions`), partly re-read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.fact import Known, value_of
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.app import App, Entrance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.source.document import Document


def extract(document: Document, claim: Claim) -> Extraction:
    """One app; a host has a name, a path and speaks over its standard input."""
    root = Node.root(document, braces)
    if not (root["name"].is_text and root["path"].exists and root["type"].value == "stdio"):
        return Extraction(recognised=False)
    name = value_of(root["name"].text()) or "native messaging host"
    app = App(
        at=root["name"].at,
        name=Known(name, root["name"].at),
        provider=Known("web-extension", root.at),
        kind=Known("native_host", root.at),
        entrances=tuple(_starters(root)),
    )
    return Extraction((Resource("app", name, claim.format, app),))


def _starters(root: Node) -> Iterator[Entrance]:
    """Entries that let more than one extension in."""
    for key in ("allowed_origins", "allowed_extensions"):
        for node in root[key].items():
            if isinstance(node.value, str) and "*" in node.value:
                yield Entrance(
                    at=node.at,
                    name=Known(key, node.at),
                    kind=Known("web_page", node.at),
                    open_to=Known("anyone", node.at),
                )
