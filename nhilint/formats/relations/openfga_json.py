"""A model of OpenFGA as its API takes it becomes a policy: who may stand directly in each relation of a type.

Source: github.com/openfga/language, pkg/go/transformer/dsltojson.go
(`metadata.relations.*.directly_related_user_types`, `wildcard`, `condition`), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.node import Node
from nhilint.formats.relations.opened import Relation, policy_of
from nhilint.formats.relations.texts import name_of
from nhilint.model.resource import Extraction, Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_MOST_PARTS = 500


def extract(document: Document, claim: Claim) -> Extraction:
    """The policy of a model; a file with other definitions of types is left."""
    root = Node.root(document)
    if not root["schema_version"].is_text or not root["type_definitions"].is_list:
        return Extraction(recognised=False)
    relations = [relation for node in root["type_definitions"].items() for relation in _relations(node)]
    name = name_of(document)
    return Extraction((Resource("policy", name, claim.format, policy_of(name, "openfga", root.at, relations)),))


def _relations(node: Node) -> Iterator[Relation]:
    narrowed = _intersected(node["relations"])
    for name, relation in node.at_path("metadata", "relations").entries():
        listed = list(relation["directly_related_user_types"].items())
        public = [one for one in listed if one["wildcard"].exists]
        subjects = tuple(f"{one['type'].value}:*" if one in public else str(one["type"].value) for one in listed)
        at = public[0].at if public else relation.at
        conditioned = all(one["condition"].is_text for one in public)
        yield Relation(str(node["type"].value), name, subjects, at, conditioned, name in narrowed)


def _intersected(relations: Node) -> set[str]:
    """Relations that count only together with another one: within another relation, or by their own definition."""
    found: set[str] = set()
    for name, body in relations.entries():
        for number, part in enumerate(body["intersection"]["child"].items()):
            if part["this"].exists:
                found.add(name)
            stated = part["computedUserset"]["relation"].value
            if isinstance(stated, str) and number < _MOST_PARTS:
                found.add(stated)
    return found
