"""A schema of SpiceDB becomes a policy: `definition`, and `relation name: user | user:*`.

The list of subjects goes on behind a `|` at the end of a line. Sources, read 2026-11-22: github.com/authzed/docs,
app/spicedb/concepts/schema/page.mdx, which warns of wildcards for anything but reading; github.com/authzed/spicedb,
pkg/schemadsl/parser/parser.go (consumeTypeReference).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.relations.opened import Relation, narrowed_names, policy_of, without_slash_comments
from nhilint.formats.relations.texts import name_of, written
from nhilint.model.resource import Extraction, Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.formats.relations.texts import Written
    from nhilint.source.document import Document

_LINE = re.compile(
    r"\bdefinition[ \t]+(?P<type>[\w/]{1,200})[ \t]*\{"
    r"|\brelation[ \t]+(?P<name>\w{1,200})[ \t]*:[ \t]*(?P<who>(?:[^\n}]|(?<=\|)\n){1,2000})"
)


def extract(document: Document, claim: Claim) -> Extraction:
    """The policy of a schema."""
    found = written(document, "schema")
    relations = list(_relations(found)) if found is not None else []
    if found is None or not relations:
        return Extraction(recognised=False)
    name = name_of(document)
    return Extraction((Resource("policy", name, claim.format, policy_of(name, "spicedb", found.at, relations)),))


def _relations(schema: Written) -> Iterator[Relation]:
    text = without_slash_comments(schema.text)
    current, narrowed = "", narrowed_names(text)
    for hit in _LINE.finditer(text):
        if hit["type"]:
            current = hit["type"]
        elif current:
            listed = [one.strip() for one in hit["who"].split("|")]
            subjects = tuple(one.split(" with ")[0].strip() for one in listed if one)
            conditioned = all(" with " in one for one in listed if ":*" in one)
            at = schema.place(*hit.span("who"))
            yield Relation(current, hit["name"], subjects, at, conditioned, hit["name"] in narrowed)
