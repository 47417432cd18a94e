"""A JSON file for `spire-server entry create -data` becomes identities, one for each entry.

Source: github.com/spiffe/spire, cmd/spire-server/cli/entry (util.go, parseFile) and test/fixture/registration, read
2026-11-22. Lifetimes are seconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.node import Node
from nhilint.formats.spire.entry import entry
from nhilint.formats.spire.selection import written_selectors
from nhilint.formats.templates import braces
from nhilint.model.resource import Extraction, Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_MOST = 2_000


def extract(document: Document, claim: Claim) -> Extraction:
    """The entries of a file; one without any is a file of something else."""
    root = Node.root(document, braces)
    found = tuple(_resource(node, claim) for node in _entries(root))
    return Extraction(found, recognised=bool(found))


def _entries(root: Node) -> Iterator[Node]:
    for number, node in enumerate(root["entries"].items()):
        if number < _MOST and node["spiffe_id"].is_text and node["selectors"].is_list:
            yield node


def _resource(node: Node, claim: Claim) -> Resource:
    selectors = [f"{one['type'].value}:{one['value'].value}" for one in node["selectors"].items()]
    chosen = written_selectors(selectors, node["selectors"].at)
    facts = entry(node, node["spiffe_id"], chosen, (node["x509_svid_ttl"], node["jwt_svid_ttl"], node["ttl"]))
    return Resource("identity", str(node["spiffe_id"].value), claim.format, facts)
