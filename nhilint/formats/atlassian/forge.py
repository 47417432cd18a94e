"""A Forge manifest becomes an app: scopes, what it may reach outside, ways in for people without a licence.

Sources: developer.atlassian.com/platform/forge/manifest-reference (permissions),
…/forge/access-to-forge-apps-for-unlicensed-jsm-users and …/forge/manifest-reference/modules/web-trigger, partly re-read
2026-11-22. Forge lets functions and pages reach only the hosts of `permissions.external` (see `outward`).
`allowImpersonation` on a scope lets the app use it as a person who is away. A web trigger is an address that anybody
who knows it may call; what calls it is the function's to verify. `permissions.content.scripts` relaxes the content
security policy of its pages (…/forge/add-content-security-and-egress-controls, read 2026-11-22).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.atlassian.entrances import entrances
from nhilint.formats.atlassian.outward import fetch_limited, fetches, foreign_scopes, remote_addresses
from nhilint.formats.node import Node
from nhilint.formats.scopes import scope_grant, scope_grants
from nhilint.formats.templates import braces
from nhilint.model.fact import Fact, Known, Unknown, value_of
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.app import App

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.app import ScopeGrant
    from nhilint.source.document import Document

_EVALUATION = "unsafe-eval"
_AS_PEOPLE = "act-as-user:"
_APP_ID = "ari:cloud:ecosystem"
_MODULES = ("jira", "confluence", "bitbucket", "compass", "rovo", "macro", "function", "trigger", "webtrigger", "graph")


def extract(document: Document, claim: Claim) -> Extraction:
    """One app; other products' manifests of this name have neither an app id of Atlassian's nor modules of Forge."""
    root = Node.root(document, braces)
    if not _is_forge(root):
        return Extraction(recognised=False)
    name = _name(root)
    external = root.at_path("permissions", "external")
    scopes = root.at_path("permissions", "scopes")
    app = App(
        at=root["app"].at,
        name=Known(name, root["app"].at),
        provider=Known("atlassian", root.at),
        kind=Known("app", root.at),
        scopes=(*_scopes(scopes), *foreign_scopes(root.at_path("providers", "auth"), root["remotes"])),
        scopes_stated=Known(scopes.exists, scopes.at),
        impersonates=_impersonates(scopes),
        is_agent=Known(root.at_path("modules", "rovo:agent").exists, root.at_path("modules", "rovo:agent").at),
        fetches=tuple(fetches(external)),
        fetch_limited=fetch_limited(external),
        endpoints=tuple(remote_addresses(root["remotes"])),
        entrances=tuple(entrances(root["modules"])),
        made_up_code=_made_up_code(root.at_path("permissions", "content", "scripts")),
    )
    return Extraction((Resource("app", name, claim.format, app),))


def _is_forge(root: Node) -> bool:
    identifier = root.at_path("app", "id").value
    if isinstance(identifier, str) and identifier.startswith(_APP_ID):
        return True
    keys = [key.partition(":")[0] for key, _ in root["modules"].entries()]
    return root["app"].is_mapping and any(key in _MODULES for key in keys)


def _name(root: Node) -> str:
    stated = root.at_path("app", "name").value
    if isinstance(stated, str) and stated:
        return stated
    folders = root.path.split("/")[:-1]
    return folders[-1] if folders else "Forge app"


def _scopes(scopes: Node) -> Iterator[ScopeGrant | Unknown]:
    """Scopes of a list, or the keys of a mapping."""
    if scopes.is_mapping:
        for scope, node in scopes.entries():
            yield scope_grant(scope, node.at, "atlassian", None)
    else:
        yield from scope_grants(scopes, "atlassian", None)


def _impersonates(scopes: Node) -> Fact[bool]:
    """Whether one of the scopes may be used as a person who is away; Connect's scope for it has a name of its own."""
    stated = [node["allowImpersonation"].boolean(default=False) for _, node in scopes.entries()]
    stated += [Known(value=True, at=node.at) for name, node in _named(scopes) if name.startswith(_AS_PEOPLE)]
    told = [fact for fact in stated if fact is not None]
    allowed = next((fact for fact in told if value_of(fact)), None)
    unread = next((fact for fact in told if isinstance(fact, Unknown)), None)
    return allowed or unread or Known(value=False, at=scopes.at)


def _named(scopes: Node) -> Iterator[tuple[str, Node]]:
    """Every scope by its name, whichever way the manifest lists them."""
    yield from scopes.entries()
    if not scopes.is_mapping:
        yield from ((str(node.value), node) for node in scopes.items())


def _made_up_code(scripts: Node) -> Fact[bool]:
    """Whether the policy of its pages was relaxed for code that is made while they run; by itself it forbids that."""
    unread: Unknown | None = None
    for node in scripts.items():
        text = node.text()
        if isinstance(text, Known) and text.value.strip("'") == _EVALUATION:
            return Known(value=True, at=node.at)
        unread = text if isinstance(text, Unknown) else unread
    return unread or Known(value=False, at=scripts.at)
