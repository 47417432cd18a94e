"""Credentials of a known shape that are written into a pipeline.

A value without a shape does not count, whatever the name of its variable: test databases are given made-up passwords in
pipelines every day.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from nhilint.formats.github.secrets import texts
from nhilint.formats.mcp.dialect import Expansion
from nhilint.formats.mcp.holding import Slot, read_slot
from nhilint.formats.written_secrets.in_pipelines import may_set_credentials, set_in_clear
from nhilint.knowledge.credentials import scan
from nhilint.model.fact import value_of
from nhilint.model.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.credential import Credential, CredentialLocation
    from nhilint.source.document import Document

_NONE = Expansion()
_MOST = 200


def literal_credentials(root: Node, document: Document) -> Iterator[Credential]:
    """The credentials in clear of a pipeline, in the order of the file."""
    shaped, may_set = next(scan(document.text), None) is not None, may_set_credentials(document.text)
    found: dict[Place, Credential] = {}
    for text, pointer in texts(root.value, root.pointer) if shaped or may_set else ():
        at = Place(root.path, pointer)
        found |= {one.at: one for one in (_shaped(text, at) if shaped else ())}
        found |= {one.at: one for one in (set_in_clear(text, at, ("variables",)) if may_set else ())}
        if len(found) >= _MOST:
            break
    yield from islice(found.values(), _MOST)


def _shaped(text: str, at: Place) -> Iterator[Credential]:
    name = str(at.pointer[-1]) if at.pointer else "text"
    for match in scan(text):
        location: CredentialLocation = "env" if "variables" in at.pointer[:-1] else "text"
        slot = Slot(name, at, location, sensitive=True, start=match.start)
        credentials, _ = read_slot(text[match.start : match.end], slot, _NONE)
        yield from (one for one in credentials if value_of(one.source) == "literal" and value_of(one.shaped))
