"""Tells credentials from references, placeholders and everything else, without knowing any file format.

A caller that has found a value at a named position asks `judge`; one that has free text asks `scan`; one that has an
address asks `find_in_url`. All work offline on the text alone: nothing is sent, resolved or stored, and no result holds
the credential. What shapes exist is data (`nhilint/knowledge/data/credentials.json`, described in
`docs/concepts/credentials.md`).
"""

from __future__ import annotations

from nhilint.knowledge.credentials.fingerprints import fingerprint, run_key
from nhilint.knowledge.credentials.judging import judge
from nhilint.knowledge.credentials.names import is_connection_name, is_credential_name
from nhilint.knowledge.credentials.records import Structure, Text, catalogue
from nhilint.knowledge.credentials.scanning import scan
from nhilint.knowledge.credentials.urls import find_in_url
from nhilint.knowledge.credentials.vocabulary import (
    Judgement,
    Match,
    Reading,
    Reference,
    Shape,
    UrlCredential,
)

__all__ = [
    "Judgement",
    "Match",
    "Reading",
    "Reference",
    "Shape",
    "UrlCredential",
    "alternative",
    "find_in_url",
    "fingerprint",
    "is_connection_name",
    "is_credential_name",
    "judge",
    "run_key",
    "scan",
    "shape",
    "shapes",
    "speaks_for_itself",
]


def alternative(id: str) -> str:  # noqa: A002 - the catalogue's own word
    """What to use instead of a credential, as a noun phrase. Raises KeyError for an id that is in no `Shape.better`."""
    return catalogue().alternatives[id]


def speaks_for_itself(id: str) -> bool:  # noqa: A002 - the catalogue's own word
    """Whether every value of this shape has some text or structure by which it is known; without one only the name
    beside it tells whose it is. Raises KeyError when there is no such shape."""
    return any(isinstance(part, Text | Structure) for part in catalogue().by_id[id].parts)


def shape(id: str) -> Shape:  # noqa: A002 - the catalogue's own word
    """The shape of this id. Raises KeyError when there is none."""
    return catalogue().by_id[id].shape


def shapes() -> tuple[Shape, ...]:
    """Every known shape, in the order of the data."""
    return tuple(record.shape for record in catalogue().records)
