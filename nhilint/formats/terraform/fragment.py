"""One file of a Terraform module, kept as it was read until the module can be put together.

Extraction sees one file; what a role may do often stands in another file of its folder. So extraction hands on
fragments, and `nhilint.link.terraform` turns those of a folder into identities and policies before any other join.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.fact import Known
from nhilint.model.place import Place
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.identity import Identity
from nhilint.source.document import Syntax

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document


class Fragment(Resource, frozen=True):
    """A file of a module: its decoded value, or its text where the file only lends values to others."""

    content: object = None


def extract(document: Document, claim: Claim) -> Extraction:
    """The fragment of a file."""
    at = Place(document.path)
    content = document.text if document.syntax is Syntax.TEXT else document.value
    if not isinstance(content, dict | str):
        return Extraction(recognised=False)
    facts = Identity(at=at, name=Known(document.path, at))
    return Extraction((Fragment("identity", document.path, claim.format, facts, content=content),))
