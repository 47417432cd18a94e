"""A YAML file that people write for nhilint, and a JSON Schema, become a value that fits or errors with places.

Checks, frameworks, configuration, waivers and the register are all read here, so that every mistake in any of them is
told alike: `checks/mcp/x.yaml:12:3: unknown key 'severty'; did you mean 'severity'?`. Files under inspection are not
read here; those are never required to fit anything.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from nhilint.errors import CatalogueError
from nhilint.source.document import Document, Syntax, Unreadable, Value, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from nhilint.catalogue.schema_fault import Fault

_MOST_ERRORS = 50
"""Errors of the validator that are looked at; whoever wrote more has read enough by then."""


def read_strict(path: Path, schema: Mapping[str, object], display: str) -> tuple[Document, Value]:
    """The file at `path` and its value, which fits `schema`; `display` is how errors call the file.

    Raises CatalogueError at the first thing wrong, in the order of the file; its message counts the rest.
    """
    document = read_yaml(path, display)
    refuse_problems(problems(document, document.value, schema))
    return document, document.value


def read_yaml(path: Path, display: str) -> Document:
    """The file at `path` as a document, not yet held to a schema; CatalogueError where it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CatalogueError(display, 1, 1, f"cannot be read: {error.strerror or error}") from None
    return yaml_of(data, display)


def yaml_of(data: bytes, display: str) -> Document:
    """The same from the bytes of a file, wherever they come from."""
    try:
        document = read(display, data, Syntax.YAML)
    except Unreadable as error:
        raise CatalogueError(display, error.line or 1, error.column or 1, error.message) from None
    refuse_problems([CatalogueError(display, w.line, w.column, w.message) for w in document.warnings])
    return document


def problems(document: Document, value: Value, schema: Mapping[str, object]) -> list[CatalogueError]:
    """Everything in `value` that does not fit `schema`, in the order of the file, the most telling one per place.

    `value` is the document's own or one made from it without moving anything; its routes are looked up in `document`.
    """
    from jsonschema import Draft202012Validator

    from nhilint.catalogue.schema_fault import faults_of

    errors = islice(Draft202012Validator(schema).iter_errors(value), _MOST_ERRORS)
    placed: dict[tuple[int, int], Fault] = {}
    for fault in _without_echoes([fault for error in errors for fault in faults_of(error)]):
        start = document.span(fault.pointer, "key" if fault.at_key else "auto").start
        rival = placed.get(start)
        if rival is None or (fault.weight, len(fault.pointer)) > (rival.weight, len(rival.pointer)):
            placed[start] = fault
    return [CatalogueError(document.path, *start, fault.message) for start, fault in sorted(placed.items(), key=_place)]


def refuse_problems(found: Sequence[CatalogueError]) -> None:
    """Raise the first of `found`, if there is any, with a count of the others."""
    if not found:
        return
    first, more = found[0], len(found) - 1
    count = f" (and {more} more in this file)" if more else ""
    raise CatalogueError(first.path, first.line, first.column, first.message + count)


def _place(entry: tuple[tuple[int, int], Fault]) -> tuple[int, int]:
    return entry[0]


def _without_echoes(faults: list[Fault]) -> Iterator[Fault]:
    """Leave out keys reported missing that an unknown key beside them was meant to be."""
    from nhilint.catalogue.schema_fault import missing_keys

    meant = {(fault.pointer[:-1], fault.meant) for fault in faults if fault.meant}
    for fault in faults:
        missing = [key for key in fault.missing if (fault.pointer, key) not in meant]
        if len(missing) == len(fault.missing):
            yield fault
        elif missing:
            yield missing_keys(fault.pointer, missing)
