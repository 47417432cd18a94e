"""The settings of a SPIRE server or agent become the issuer of its trust domain: lifetimes, and what goes unverified.

Files are HCL, of their own or in a ConfigMap. Source: github.com/spiffe/spire, doc/spire_server.md
(default_x509_svid_ttl, default_jwt_svid_ttl) and doc/spire_agent.md (insecure_bootstrap), read 2026-11-22.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import literal
from nhilint.formats.embedded_hcl import embedded_hcl
from nhilint.formats.node import Node
from nhilint.formats.spire.entry import longest
from nhilint.formats.templates import braces
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.identity import Identity
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.place import Place
    from nhilint.source.document import Document

_COMPOSE = Deferred(r"(?:^|/)(?:docker-?)?compose/", flags=re.IGNORECASE)
"""A folder of what Docker Compose starts; its network is one machine's
(docs.docker.com/compose/how-tos/networking, page not re-read)."""
_PLUGINS = ("NodeAttestor", "KeyManager", "DataStore", "WorkloadAttestor")


def extract(document: Document, claim: Claim) -> Extraction:
    """The issuer that a file sets up; a test's where all of it runs on one machine."""
    root = Node.root(document, braces)
    setting = "test" if _on_one_machine(root) else "production"
    found = tuple(Resource("identity", name, claim.format, facts, setting) for name, facts in issuers(root))
    return Extraction(found, recognised=bool(found))


def _on_one_machine(root: Node) -> bool:
    """Whether an agent of Compose asks a server by the name of its container: nobody stands between the two."""
    server = _block(root["agent"])["server_address"].value
    return isinstance(server, str) and "." not in server and _COMPOSE.search(root.path) is not None


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
