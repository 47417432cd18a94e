"""Records become plain values that conditions and messages can read.

A known fact becomes its value, an unstated one null, an unstated list empty, an unstated record a record of such. An
unknown fact becomes a missing key, and an unknown element of a list an empty record: that is what makes conditions
three-valued.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec.structs import astuple

from nhilint.model.fact import Known, Record, Unknown
from nhilint.model.vocabulary import SINGLE_RECORDS

if TYPE_CHECKING:
    from nhilint.model.place import Place

Plain = dict[str, Any]


def activate(record: Record) -> Plain:
    """A record as plain values. What is not stated is shared between them, and so is what stands in the record several
    times, so that nobody may change it."""
    return _plain(record, {})


def _plain(record: Record, done: dict[int, Any]) -> Plain:
    """A record as plain values; `done` has those of records and lists that were met before, by their identity."""
    plain: Plain = {}
    _, *values = astuple(record)
    for (name, unstated), value in zip(_facts_of(record.__class__), values, strict=True):
        if value is None:
            plain[name] = unstated
        elif value.__class__ is Known:
            stated = value.value
            plain[name] = list(map(encodable, stated)) if isinstance(stated, tuple) else encodable(stated)
        elif value.__class__ is tuple:
            plain[name] = _listed(value, done) if value else []
        elif isinstance(value, Record):
            plain[name] = _plain(value, done)
    return plain


def _listed(records: tuple[Record | Unknown, ...], done: dict[int, Any]) -> list[Plain]:
    found = done.get(id(records))
    if found is None:
        found = [{} if isinstance(one, Unknown) else _plain(one, done) for one in records]
        done[id(records)] = found
    return found


def encodable(value: object) -> object:
    """A text without lone surrogates, since the runtime of conditions takes UTF-8 only; other values as they are.

    A lone surrogate stands for a byte of a file name that is not UTF-8.
    """
    if not isinstance(value, str) or value.isascii():
        return value
    return value.encode("utf-8", "replace").decode()


def place_of(record: Record, route: str) -> Place:
    """The place of the fact reached by a dotted route, or the nearest record on the way that has one."""
    current: object = record
    place = record.at
    for name in route.split(".") if route else ():
        current = getattr(current, name, None)
        if isinstance(current, Known | Unknown | Record):
            place = current.at
        elif isinstance(current, tuple) and current:
            current = current[0]
            place = current.at if isinstance(current, Unknown | Record) else place
    return place


@cache
def _facts_of(record: type[Record]) -> tuple[tuple[str, object], ...]:
    """The name of each fact, and its plain value where it is not stated."""
    singles = SINGLE_RECORDS.get(record, {})
    at, *names = record.__struct_fields__
    assert at == "at", "every record states its place first"
    return tuple(
        (name, dict(_facts_of(singles[name])) if name in singles else [] if name in _lists(record) else None)
        for name in names
    )


@cache
def _lists(record: type[Record]) -> frozenset[str]:
    """Facts that hold a list, read off the annotations' text: resolving them costs more than a whole scan."""
    stated = {name: str(text) for name, text in record.__annotations__.items()}
    return frozenset(name for name, text in stated.items() if "Fact[tuple[" in text or "Many[" in text)
