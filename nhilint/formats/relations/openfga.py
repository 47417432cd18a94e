"""A model of OpenFGA in its own language becomes a policy: `type`, and `define relation: [who, user:*] or …`.

A relation has one list of subjects at most, the first part of its definition, which may run over several lines. Source:
github.com/openfga/language, OpenFGAParser.g4, OpenFGALexer.g4 and pkg/go/transformer/dsltojson.go (comments), read
2026-11-22. Tuples of a store are test data and not read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.relations.opened import (
    Relation,
    extract_written,
    narrowed_names,
    subjects_of,
    without_hash_comments,
)
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.formats.relations.texts import Written
    from nhilint.model.resource import Extraction
    from nhilint.source.document import Document

_LINE = Deferred(
    r"^[ \t]*(?:(?:extend[ \t]+)?type[ \t]+(?P<type>[\w./-]{1,200})"
    r"|define[ \t]+(?P<name>[\w./-]{1,200})[ \t]*:(?P<before>[^\[\n]{0,500})(?P<who>\[[^\]]{0,2000}\])?"
    r"(?P<behind>[^\n]{0,2000}))",
    flags=re.MULTILINE,
)
_STEP = Deferred(r"[()]|\band\b")


def extract(document: Document, claim: Claim) -> Extraction:
    """The policy of a model."""
    return extract_written(document, claim, "model", "openfga", _relations)


def _relations(model: Written) -> Iterator[Relation]:
    text = without_hash_comments(model.text)
    current, narrowed = "", narrowed_names(text)
    for hit in _LINE.finditer(text):
        if hit["type"]:
            current = hit["type"]
        elif current:
            subjects, conditioned = subjects_of((hit["who"] or "[]")[1:-1].split(","))
            at = model.place(*(hit.span("who") if hit["who"] else hit.span("name")))
            is_flag = hit["name"] in narrowed or _has_to_meet_more(hit["behind"])
            yield Relation(current, hit["name"], subjects, at, conditioned, is_flag)


def _has_to_meet_more(behind: str) -> bool:
    """Whether those who are listed need another relation too: an `and` that is not in a later group of its own."""
    depth = lowest = 0
    for step in _STEP.findall(behind):
        depth += {"(": 1, ")": -1}.get(step, 0)
        lowest = min(lowest, depth)
        if step == "and" and depth == lowest:
            return True
    return False
