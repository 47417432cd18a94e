"""A schema of SpiceDB becomes a policy: `definition`, and `relation name: user | user:*`.

The list of subjects goes on behind a `|` at the end of a line. Sources, read 2026-11-22: github.com/authzed/docs,
app/spicedb/concepts/schema/page.mdx, which warns of wildcards for anything but reading; github.com/authzed/spicedb,
pkg/schemadsl/parser/parser.go (consumeTypeReference).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.relations.opened import (
    Relation,
    extract_written,
    narrowed_names,
    subjects_of,
    without_slash_comments,
)
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.formats.relations.texts import Written
    from nhilint.model.resource import Extraction
    from nhilint.source.document import Document

_LINE = Deferred(
    r"\bdefinition[ \t]+(?P<type>[\w/]{1,200})[ \t]*\{"
    r"|\brelation[ \t]+(?P<name>\w{1,200})[ \t]*:[ \t]*(?P<who>(?:[^\n}]|(?<=\|)\n){1,2000})"
)


def extract(document: Document, claim: Claim) -> Extraction:
    """The policy of a schema."""
    return extract_written(document, claim, "schema", "spicedb", _relations)


def _relations(schema: Written) -> Iterator[Relation]:
    text = without_slash_comments(schema.text)
    current, narrowed = "", narrowed_names(text)
    for hit in _LINE.finditer(text):
        if hit["type"]:
            current = hit["type"]
        elif current:
            subjects, conditioned = subjects_of([one.strip() for one in hit["who"].split("|")])
            at = schema.place(*hit.span("who"))
            yield Relation(current, hit["name"], subjects, at, conditioned, hit["name"] in narrowed)
