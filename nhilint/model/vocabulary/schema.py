"""The vocabulary described from its own annotations: for documentation, for editors and for the check of conditions.

Costs some milliseconds of reflection, so nothing on the path of an ordinary run imports it.
"""

from __future__ import annotations

import types
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import Struct
from msgspec.structs import fields

from nhilint.model.fact import Known, Record, Unknown
from nhilint.model.vocabulary import KINDS, Kind


class FactType(Struct, frozen=True):
    """One fact of a record: `shape` is scalar, texts, record or records; `record` its class for the last two."""

    name: str
    shape: Literal["scalar", "texts", "record", "records"]
    doc: str
    scalar: str = ""
    choices: tuple[str, ...] = ()
    record: type[Record] | None = None


@cache
def facts_of(record: type[Record]) -> dict[str, FactType]:
    """The facts of a record class by name, in the order of the class."""
    hints = get_type_hints(record, include_extras=True, localns=_all_records())
    return {f.name: _describe(f.name, hints[f.name]) for f in fields(record) if f.name != "at"}


def facts_of_kind(kind: Kind) -> dict[str, FactType]:
    """The facts of a subject kind."""
    return facts_of(KINDS[kind])


@cache
def single_records(record: type[Record]) -> dict[str, type[Record]]:
    """The facts of a record that hold one record, with its class."""
    return {f.name: f.record for f in facts_of(record).values() if f.shape == "record" and f.record is not None}


@cache
def _all_records() -> dict[str, Any]:
    """Every record class by name, so that annotations that look ahead resolve."""
    known: dict[str, Any] = {"Known": Known, "Unknown": Unknown}
    waiting: list[type] = [Record]
    while waiting:
        cls = waiting.pop()
        known[cls.__name__] = cls
        waiting.extend(cls.__subclasses__())
    return known


def _describe(name: str, hint: Any) -> FactType:
    doc = ""
    if get_origin(hint) is Annotated:
        hint, doc = get_args(hint)[:2]
    options = _options(hint)
    if tuple in (get_origin(option) for option in options):
        inner = [arg for o in options if get_origin(o) is tuple for arg in _options(get_args(o)[0])]
        record = next(arg for arg in inner if _is_record(arg))
        return FactType(name, "records", doc, record=record)
    for option in options:
        if _is_record(option):
            return FactType(name, "record", doc, record=option)
        if get_origin(option) is Known:
            return _describe_value(name, doc, get_args(option)[0])
    msg = f"{name}: no fact type in {hint}"
    raise TypeError(msg)


def _describe_value(name: str, doc: str, value: Any) -> FactType:
    if get_origin(value) is tuple:
        element = get_args(value)[0]
        return FactType(name, "texts", doc, "texts", _choices(element))
    choices = _choices(value)
    scalar = "text" if choices or value is str else {bool: "boolean", int: "number", float: "number"}[value]
    return FactType(name, "scalar", doc, scalar, choices)


def _choices(value: Any) -> tuple[str, ...]:
    return get_args(value) if get_origin(value) is Literal else ()


def _options(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)


def _is_record(option: Any) -> bool:
    return isinstance(option, type) and issubclass(option, Record)
