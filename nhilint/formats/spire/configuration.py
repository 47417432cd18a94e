"""The settings of a SPIRE server or agent become the issuer of its trust domain: lifetimes, and what goes unverified.

Files are HCL, of their own or in a ConfigMap. Source: github.com/spiffe/spire, doc/spire_server.md
(default_x509_svid_ttl, default_jwt_svid_ttl) and doc/spire_agent.md (insecure_bootstrap), read 2026-11-22.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import literal
from nhilint.formats.embedded_hcl import embedded_hcl
from nhilint.formats.node import Node
from nhilint.formats.spire.entry import longest
from nhilint.formats.templates import braces
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.identity import Identity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.place import Place
    from nhilint.source.document import Document

_PLUGINS = ("NodeAttestor", "KeyManager", "DataStore", "WorkloadAttestor")


def extract(document: Document, claim: Claim) -> Extraction:
    """The issuer that a file sets up."""
    found = tuple(
        Resource("identity", name, claim.format, facts) for name, facts in issuers(Node.root(document, braces))
    )
    return Extraction(found, recognised=bool(found))


def read(node: Node) -> Iterator[tuple[str, Identity]]:
    """The issuers that the texts of a ConfigMap set up."""
    for _, value in node["data"].entries():
        if isinstance(value.value, str) and "trust_domain" in value.value and "plugins" in value.value:
            root = _embedded(value.value, value.at)
            if root is not None:
                yield from issuers(root)


def _embedded(text: str, at: Place) -> Node | None:
    """The settings in a text, HCL or, as charts print them, JSON."""
    if not text.lstrip().startswith("{"):
        return embedded_hcl(text, at)
    try:
        return literal(json.loads(text), at)
    except (ValueError, RecursionError):
        return None


def issuers(root: Node) -> Iterator[tuple[str, Identity]]:
    """The server or agent of a file, by the name of its trust domain; nothing where no plugin of SPIRE is set up."""
    plugins = _block(root["plugins"])
    if not any(plugins[name].is_mapping or plugins[name].is_list for name in _PLUGINS):
        return
    for part in ("server", "agent"):
        node = _block(root[part])
        domain = node["trust_domain"]
        if domain.is_text:
            yield f"{part} of {domain.value}", _issuer(node, domain)


def _issuer(node: Node, domain: Node) -> Identity:
    return Identity(
        at=domain.at,
        name=domain.text(),
        provider=Known("spiffe", domain.at),
        kind=Known("federation", domain.at),
        session_hours=longest((node["default_x509_svid_ttl"], node["default_jwt_svid_ttl"])),
        bootstraps_blindly=node["insecure_bootstrap"].boolean(default=False),
    )


def _block(node: Node) -> Node:
    """The one body of a block; JSON has no list around it."""
    return node[0] if node.is_list else node
