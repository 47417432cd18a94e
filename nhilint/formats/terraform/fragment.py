"""One file of a Terraform module, kept as it was read until the module can be put together.

Extraction sees one file; what a role may do often stands in another file of its folder. So extraction hands on
fragments, and `nhilint.link.terraform` turns those of a folder into identities and policies before any other join.
Credentials in clear need no other file and are found at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.terraform.terragrunt import is_terragrunt
from nhilint.formats.terraform.written import written_in
from nhilint.model.fact import Known
from nhilint.model.place import Place
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.identity import Identity
from nhilint.source.document import Syntax

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

LENDING = frozenset({"terraform-values", "terraform-secrets", "terraform-variables", "terraform-terragrunt"})
"""Formats of files that only lend values: these are kept as text, and parsed where their folder needs them."""
_OTHER_VALUES = "terraform-other-variables"


class Fragment(Resource, frozen=True):
    """A file of a module: its decoded value, or its text where the file only lends values to others.

    `is_unread`: the file could not be read, so that nobody can say what it declares; its text counts as empty.
    """

    content: object = None
    is_unread: bool = False


def extract(document: Document, claim: Claim) -> Extraction:
    """The fragment of a file, and the credentials in it."""
    at = Place(document.path)
    lends = document.syntax is Syntax.TEXT or claim.format in LENDING
    content = document.text if lends else document.value
    if not isinstance(content, dict | str):
        return Extraction(recognised=False)
    credentials = () if is_terragrunt(document.path) else tuple(written_in(document, claim))
    if claim.format == _OTHER_VALUES:
        return Extraction(credentials, recognised=bool(credentials))
    facts = Identity(at=at, name=Known(document.path, at))
    fragment = Fragment("identity", document.path, claim.format, facts, content=content)
    return Extraction((fragment, *credentials))


def unread(path: str, claim: Claim) -> Fragment:
    """The fragment of a file that could not be read: what its module leaves open, it may say."""
    at = Place(path)
    facts = Identity(at=at, name=Known(path, at))
    return Fragment("identity", path, claim.format, facts, content="", is_unread=True)
