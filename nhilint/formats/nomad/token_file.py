"""A file whose whole content is the token that Nomad or Consul was bootstrapped with becomes that credential.

`nomad acl bootstrap root.token` and `consul acl bootstrap` take the first management token out of a file, a UUID and
nothing else. Source: https://developer.hashicorp.com/nomad/commands/acl/bootstrap, read 2026-11-23, whose own value is
none. A UUID says nothing of itself: only files that are called so are asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.knowledge.credentials import fingerprint, run_key
from nhilint.model.fact import Known
from nhilint.model.place import Place
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.credential import Credential
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_TOKEN = Deferred(r"\s{0,8}([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\s{0,8}")
_LONGEST = 64
_FEWEST_DIGITS = 6
"""What people type instead of a token repeats few digits."""
_OF_THE_MANUAL = "2b778dd9"


def extract(document: Document, claim: Claim) -> Extraction:
    """The token of a file; not this format's where anything else stands in it."""
    found = _TOKEN.fullmatch(document.text) if len(document.text) <= _LONGEST else None
    if found is None or len(set(found[1])) <= _FEWEST_DIGITS or found[1].startswith(_OF_THE_MANUAL):
        return Extraction(recognised=False)
    at = Place(document.path).within_text(*found.span(1))
    name = document.path.rpartition("/")[2]
    facts = Credential(
        at=at,
        name=Known(name, at),
        type=Known("nomad-management-token", at),
        type_title=Known("a management token of Nomad or Consul", at),
        shaped=Known(value=True, at=at),
        source=Known("literal", at),
        location=Known("file", at),
        principal=Known("unknown", at),
        fingerprint=Known(fingerprint(found[1], run_key()), at),
    )
    return Extraction((Resource("credential", name, claim.format, facts),))
