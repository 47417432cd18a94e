"""A script becomes the credentials in clear that it holds: those of a provider's shape, signed tokens, private keys.

Scripts speak of passwords, patterns and examples all the time, so a value without a shape counts for nothing here,
and neither does a script of tests, examples or a developer's machine, where such values are made up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.settings_files.written import has_real_values
from nhilint.formats.written_secrets.leaf import Leaf
from nhilint.formats.written_secrets.reading import written_credentials
from nhilint.knowledge.credentials import shape
from nhilint.model.fact import value_of
from nhilint.model.place import Place
from nhilint.model.resource import Extraction
from nhilint.model.vocabulary.credential import Credential
from nhilint.setting import setting_of

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.model.resource import Resource
    from nhilint.source.document import Document

_LONGEST = 200_000
_OF_ANYBODY = frozenset({"connection_string", "password", "basic_auth"})
"""Kinds whose shape is that of an address or a word: scripts are full of made-up ones."""


def extract(document: Document, claim: Claim) -> Extraction:
    """The credentials of a script that is run for something."""
    path = document.path
    if not has_real_values(path) or setting_of(path) != "production":
        return Extraction(recognised=False)
    text = document.text[:_LONGEST]
    name = path.rpartition("/")[2]
    leaf = Leaf("A text", text, Place(path), name)
    found = tuple(one for one in written_credentials((leaf,), text, claim.format) if _is_of_a_provider(one))
    return Extraction(found, recognised=bool(found))


def _is_of_a_provider(resource: Resource) -> bool:
    facts = resource.facts
    stated = value_of(facts.type) if isinstance(facts, Credential) and value_of(facts.shaped) else None
    return stated is not None and shape(stated).kind not in _OF_ANYBODY
