"""An Atlassian Connect descriptor becomes an app: scopes, the host that receives everything, how calls are proven.

Sources: developer.atlassian.com/cloud/jira/platform/connect-app-descriptor (scopes READ to ADMIN, each of which
includes the weaker ones; ACT_AS_USER; `authentication.type` jwt or none) and …/connect/scopes, partly re-read
2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.node import Node
from nhilint.formats.oauth_clients import redirects
from nhilint.formats.scopes import scope_grants
from nhilint.formats.templates import braces
from nhilint.model.fact import Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.app import App, Entrance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_ACTS_AS_PEOPLE = "ACT_AS_USER"


def extract(document: Document, claim: Claim) -> Extraction:
    """One app; a descriptor has a key, a base address and a way to prove calls, or modules."""
    root = Node.root(document, braces)
    if not (root["key"].is_text and root["baseUrl"].is_text):
        return Extraction(recognised=False)
    if not (root["authentication"].is_mapping or root["modules"].is_mapping):
        return Extraction(recognised=False)
    name = str(root["name"].value) if root["name"].is_text else str(root["key"].value)
    app = App(
        at=root["key"].at,
        name=Known(name, root["name"].at if root["name"].exists else root["key"].at),
        purpose=root["description"].text(),
        provider=Known("atlassian", root.at),
        kind=Known("app", root.at),
        scopes=tuple(scope_grants(root["scopes"], "atlassian", None)),
        scopes_stated=Known(root["scopes"].exists, root["scopes"].at),
        impersonates=_impersonates(root["scopes"]),
        endpoints=tuple(redirects(root["baseUrl"], "baseUrl")),
        entrances=tuple(_unproven(root.at_path("authentication", "type"))),
    )
    return Extraction((Resource("app", name, claim.format, app),))


def _impersonates(scopes: Node) -> Known[bool] | Unknown:
    texts = scopes.texts()
    if isinstance(texts, Unknown):
        return texts
    for node in scopes.items():
        if isinstance(node.value, str) and node.value.upper() == _ACTS_AS_PEOPLE:
            return Known(value=True, at=node.at)
    return Known(value=False, at=scopes.at)


def _unproven(kind: Node) -> Iterator[Entrance]:
    """`none` means that the product signs nothing: whoever knows the address can pose as it."""
    if isinstance(kind.value, str) and kind.value.lower() == "none":
        yield Entrance(
            at=kind.at,
            name=Known("authentication", kind.at),
            kind=Known("registration", kind.at),
            open_to=Known("anyone", kind.at),
        )
