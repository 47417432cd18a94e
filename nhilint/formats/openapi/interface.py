"""A description of an interface that agents call becomes an app: how callers prove themselves, what nobody guards.

Sources: spec.openapis.org/oas/v3.1.1.html and v2.0 (`security` of an operation replaces that of the document; an empty
list, or an empty alternative, lets everybody in), platform.openai.com/docs/actions (x-openai-isConsequential),
docs.aws.amazon.com/bedrock/latest/userguide/agents-api-schema.html (x-requireConfirmation), read 2026-11-22. Agents are
behind a file when it uses such an extension, or when a folder or the file is named for agents, plug-ins or MCP. A file
without such a sign is left alone, however weak it is, and so is the pet store that every tool ships. Only with an
extension is each operation known to be a tool.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from nhilint.formats.node import Node
from nhilint.formats.security_schemes import schemes_of
from nhilint.formats.templates import braces
from nhilint.model.fact import Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.app import App, Operation
from nhilint.model.vocabulary.capability import Inbound
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.capability import AuthScheme, Endpoint
    from nhilint.source.document import Document

_MOST = 3_000
_METHODS = ("get", "post", "put", "patch", "delete")
_FOR_AGENTS = Deferred(
    r"agents?(?![a-z])|agentcore|\bmcp\b|mcp[-_]|[-_]mcp|plugins?(?![a-z])|gpts?(?![a-z])|copilot|apppackage"
)
_EXTENSIONS = ("x-openai-isConsequential", "x-requireConfirmation", "x-openai-meta")


def extract(document: Document, claim: Claim) -> Extraction:
    """One interface, when it is described for agents."""
    root = Node.root(document, braces)
    version = root.first("openapi", "swagger", "asyncapi")
    if not root.is_mapping or not version.exists or "petstore" in str(root.at_path("info", "title").value).lower():
        return Extraction(recognised=False)
    extended = _is_extended(root)
    if not extended and not _FOR_AGENTS.search(document.path.lower()):
        return Extraction(recognised=False)
    title = root.at_path("info", "title")
    name = str(title.value) if title.is_text else document.path
    holder = root.at_path("components", "securitySchemes")
    schemes = schemes_of(holder if holder.exists else root["securityDefinitions"], frozenset(_required(root)))
    app = App(
        at=version.at,
        name=Known(name, title.at if title.exists else version.at),
        provider=Known("openapi", version.at),
        kind=Known("interface", version.at),
        grant_types=_grants(schemes, version.at),
        endpoints=tuple(address for scheme in schemes for address in _known(scheme)),
        inbound=Inbound(at=(holder if holder.exists else root["securityDefinitions"]).at, schemes=schemes),
        open_operations=tuple(_open(root)) if extended and schemes else (),
    )
    return Extraction((Resource("app", name, claim.format, app),))


def _grants(schemes: tuple[AuthScheme, ...], at: Place) -> Known[tuple[str, ...]]:
    """The flows that the interface offers, placed at the worst of them."""
    flows = {scheme.flow.value: scheme.flow for scheme in schemes if isinstance(scheme.flow, Known)}
    worst = flows.get("password") or flows.get("implicit")
    return Known(tuple(flows), worst.at if worst is not None else at)


def _known(scheme: AuthScheme) -> tuple[Endpoint | Unknown, ...]:
    return () if isinstance(scheme.addresses, Unknown) else scheme.addresses


def _is_extended(root: Node) -> bool:
    """Whether operations carry what only platforms of agents read."""
    return any(operation[key].exists for _, _, operation in _operations(root) for key in _EXTENSIONS)


def _operations(root: Node) -> Iterator[tuple[str, str, Node]]:
    for path, item in islice(root["paths"].entries(), _MOST):
        for method in _METHODS:
            if item[method].is_mapping:
                yield path, method, item[method]


def _required(root: Node) -> Iterator[str]:
    holders = [root["security"], *(operation["security"] for _, _, operation in _operations(root))]
    for holder in holders:
        for alternative in islice(holder.items(), _MOST):
            yield from (name for name, _ in islice(alternative.entries(), _MOST))


def _open(root: Node) -> Iterator[Operation]:
    """Operations that everybody may call although the interface asks at others who calls."""
    everywhere = _lets_everybody_in(root["security"])
    guarded_somewhere = any(True for _ in _required(root))
    for path, method, operation in _operations(root):
        own = operation["security"]
        is_open = _lets_everybody_in(own) if own.exists else everywhere
        if is_open and guarded_somewhere:
            at = own.at if own.exists else operation.at
            stated = operation["operationId"]
            name = str(stated.value) if stated.is_text else f"{method.upper()} {path}"
            yield Operation(at=at, name=Known(name, operation.at), method=Known(method, operation.at))


def _lets_everybody_in(security: Node) -> bool:
    if not security.is_list:
        return not security.exists
    return not security.value or any(not item.value for item in security.items() if item.is_mapping)
