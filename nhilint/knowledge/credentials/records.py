"""Reads the catalogue of shapes from `knowledge/data/credentials.json`, once, when first asked.

A record joins the public `Shape` with what recognition needs: its parts, anchor, checksum and companions. The words are
explained in `docs/concepts/credentials.md`; the file is made by `tools/refresh/credentials.py`.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from nhilint.knowledge.credentials.vocabulary import Shape

if TYPE_CHECKING:
    from collections.abc import Mapping

Anchor = Literal["self", "context", "position", "structure"]
DATA = Path(__file__).parent.parent / "data" / "credentials.json"


class Text(Struct, frozen=True):
    """A part that is one of these texts, case kept."""

    options: tuple[str, ...]


class Run(Struct, frozen=True):
    """A part made of characters of one set. `lengths` are the only ones allowed; empty when any of least … most is."""

    set: str
    least: int
    most: int
    lengths: tuple[int, ...] = ()


class Structure(Struct, frozen=True):
    """A part recognised by parsing: jwt, pem, json or file, with the fields that must be there."""

    form: str
    detail: str


Part = Text | Run | Structure


class Record(Struct, frozen=True):
    """A shape and the grammar that recognises it."""

    shape: Shape
    anchor: Anchor
    parts: tuple[Part, ...]
    checksum: str | None
    companions: tuple[str, ...]


class Catalogue(Struct, frozen=True):
    """All records in file order, the wording of alternatives, and the lists that tell examples and placeholders.

    `examples` are lengths and SHA-256 digests of documented credentials; `words` are those of made-up values
    (changeme, example); `glue` are words that join them and prove nothing alone; `letter_pairs` are the pairs of
    letters usual in words.
    """

    records: tuple[Record, ...]
    by_id: Mapping[str, Record]
    alternatives: Mapping[str, str]
    examples: frozenset[tuple[int, str]]
    words: frozenset[str]
    glue: frozenset[str]
    letter_pairs: frozenset[str]
    local_pairs: frozenset[tuple[str, str]]


@cache
def catalogue() -> Catalogue:
    """The catalogue this release was built with. Raises OSError when the installation is incomplete."""
    content: dict[str, Any] = json.loads(DATA.read_bytes())
    records = tuple(_record(line) for line in content["shapes"])
    return Catalogue(
        records=records,
        by_id={record.shape.id: record for record in records},
        alternatives={line["id"]: line["text"] for line in content["alternatives"]},
        examples=frozenset((line["length"], line["sha256"]) for line in content["examples"]),
        words=frozenset(content["words"]),
        glue=frozenset(content["glue"]),
        letter_pairs=frozenset(entry[0] + second for entry in content["letter_pairs"] for second in entry[2:]),
        local_pairs=frozenset((user, password) for user, password in content["local_pairs"]),
    )


def _record(line: dict[str, Any]) -> Record:
    marks = line.get("marks", ())
    shape = Shape(
        line["id"],
        line["provider"],
        line["kind"],
        line["principal"],
        line["days"],
        line["never"],
        line["severity"],
        tuple(line["better"]),
        line["url"],
        line["verified"],
        "admin" in marks,
        "test" in marks,
        "publishable" in marks,
        tuple(line["names"]),
    )
    parts = tuple(_part(item) for item in line["parts"])
    return Record(shape, line["anchor"], parts, line.get("checksum"), tuple(line.get("companions", ())))


def _part(item: str | list[Any] | dict[str, Any]) -> Part:
    if isinstance(item, str):
        return Text((item,))
    if isinstance(item, dict):
        return Text(tuple(item["any"])) if "any" in item else Structure(item["structure"], item["detail"])
    if isinstance(item[1], list):
        return Run(item[0], min(item[1]), max(item[1]), tuple(item[1]))
    return Run(item[0], item[1], item[2])
