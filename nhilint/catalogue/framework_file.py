"""The shape of a file under `frameworks/`, and the JSON Schema that follows from it.

The types below are the only statement of that shape: files are converted to them, which is fast and refuses anything
they do not allow, and the published schema is made from them. What the types cannot say (that ids are unique, that a
group exists) is for the loader to check.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct, field

Line = Annotated[str, Meta(min_length=1, max_length=120)]
Note = Annotated[str, Meta(min_length=1, max_length=400)]
Address = Annotated[str, Meta(pattern=r"^https://[^\s]{4,200}$", description="an address that starts with https://")]
FrameworkId = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9][a-z0-9.-]{1,39}$",
        description="the file's own name: lower-case letters, digits, dots and hyphens",
    ),
]
ControlId = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z][A-Za-z0-9 .:-]{0,39}$",
        description="an id of letters, digits, spaces, dots, colons and hyphens that starts with a letter",
    ),
]
Template = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9 .:{}-]{1,40}$",
        description="an id in which {n} and {m} stand for numbers, {a} and {b} for letters, a space for any separator",
    ),
]
Target = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9 .:{}/-]{1,60}$",
        description="an id with the placeholders of the template ({nn}: two digits), or framework/id for another list",
    ),
]
Summary = Annotated[
    str,
    Meta(
        pattern=r"^[A-Z][^\n]{9,158}[.]$",
        description="one sentence in our own words, with a full stop, at most 160 characters",
    ),
]
Date = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", description='a date in quotes, like "2026-11-22"')]


class ControlEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A control: the publisher's exact id and title, a summary in our own words, the id of the one it is part of."""

    id: ControlId
    title: Line
    summary: Summary
    url: Address = ""
    group: ControlId = ""


class AcceptEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """Spellings that are read as one control; with `only_after_framework` (a reason) not as a bare id."""

    ids: Annotated[list[Template], Meta(min_length=1)]
    becomes: Target = field(name="as")
    only_after_framework: Line = ""


class RefuseEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """Spellings that mean too many things: what to offer instead, and why."""

    ids: Annotated[list[Template], Meta(min_length=1)]
    offer: list[Target]
    because: Line


class NormaliseEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """How loosely written ids are read. Refusals are tried first; in each list the first entry that fits wins."""

    refuse: list[RefuseEntry] = []
    accept: list[AcceptEntry] = []


class VerifiedEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """When ids and titles were last compared, and with which primary source."""

    date: Date
    source: Note
    note: Note = ""


class FrameworkEntry(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One edition of a control framework. It never names a check.

    `rank` orders the frameworks, lowest first. `aliases` are other names of the framework that are understood on input.
    `withdrawn` holds ids of earlier editions and the controls that took their place.
    """

    id: FrameworkId
    title: Line
    short: Annotated[str, Meta(min_length=2, max_length=24)]
    edition: Annotated[str, Meta(min_length=1, max_length=24)]
    year: Annotated[int, Meta(ge=1990, le=2100)]
    rank: Annotated[int, Meta(ge=1, le=1000)] = 100
    publisher: Line
    url: Address
    license: Line
    license_note: Note = ""
    aliases: list[Line] = []
    verified: VerifiedEntry
    normalise: NormaliseEntry = NormaliseEntry()
    withdrawn: dict[ControlId, list[ControlId]] = {}
    controls: Annotated[list[ControlEntry], Meta(min_length=1)]


def framework_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a framework file, as published under schemas/."""
    schema = msgspec.json.schema(FrameworkEntry)
    for definition in schema["$defs"].values():
        definition["description"] = " ".join(definition["description"].split())
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "nhilint framework", **schema}
