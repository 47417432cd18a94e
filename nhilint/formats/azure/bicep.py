"""One Bicep file, kept as its declarations until the files that call it are known.

Extraction sees one file, and what a role is and who receives it usually stands in the file that calls it as a module.
So extraction hands on fragments, and `nhilint.link.azure` turns them into identities and apps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.azure.shown_outputs import shown_in_bicep
from nhilint.formats.azure.syntax import Parser
from nhilint.formats.azure.tokens import TooDeep, tokens
from nhilint.formats.azure.tree import Declaration  # noqa: TC001 - read by msgspec
from nhilint.formats.azure.written import written_in_bicep
from nhilint.model.fact import Known
from nhilint.model.place import Place
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.identity import Identity

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document


class BicepFile(Resource, frozen=True):
    """A Bicep file and its declarations."""

    declarations: tuple[Declaration, ...] = ()


def extract(document: Document, claim: Claim) -> Extraction:
    """The fragment of a file; a file without a resource or module has nothing to say here."""
    if not isinstance(document.value, str):
        return Extraction(recognised=False)
    try:
        found = tuple(Parser(document.value, tokens(document.value)).declarations())
    except TooDeep:
        return Extraction(recognised=False)
    credentials = (*written_in_bicep(document, found, claim), *shown_in_bicep(document, found, claim))
    lends = "@export" in document.value
    if not lends and not any(declared.keyword in ("resource", "module", "using") for declared in found):
        return Extraction(credentials, recognised=bool(credentials))
    at = Place(document.path)
    facts = Identity(at=at, name=Known(document.path, at))
    file = BicepFile("identity", document.path, claim.format, facts, declarations=found)
    return Extraction((file, *credentials))
