"""Credentials of a known shape that are written into a pipeline.

A value without a shape does not count, whatever the name of its variable: test databases are given made-up passwords in
pipelines every day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.github.secrets import texts
from nhilint.formats.mcp.dialect import Expansion
from nhilint.formats.mcp.holding import Slot, read_slot
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
    if next(scan(document.text), None) is None:
        return
    count = 0
    for text, pointer in texts(root.value, root.pointer):
        for credential in _shaped(text, Place(root.path, pointer)):
            count += 1
            if count > _MOST:
                return
            yield credential


def _shaped(text: str, at: Place) -> Iterator[Credential]:
    name = str(at.pointer[-1]) if at.pointer else "text"
    for match in scan(text):
        location: CredentialLocation = "env" if "variables" in at.pointer[:-1] else "text"
        slot = Slot(name, at, location, sensitive=True, start=match.start)
        credentials, _ = read_slot(text[match.start : match.end], slot, _NONE)
        yield from (one for one in credentials if value_of(one.source) == "literal" and value_of(one.shaped))
