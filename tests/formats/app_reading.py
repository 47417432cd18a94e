"""Reads one file the way a scan does: by the first claim of a family that fits its path and content."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from nhilint.formats.registry import Recogniser, reader_of
from nhilint.source.document import read

if TYPE_CHECKING:
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.app import App


def resources(family: str, path: str, text: str) -> tuple[Resource, ...]:
    """The resources of a file; empty when no claim of the family recognises it."""
    data = text.encode()
    for claim in Recogniser(import_module(f"nhilint.formats.{family}.claims").CLAIMS).recognise(path, data):
        extraction = reader_of(claim).extract(read(path, data, claim.syntax), claim)
        if extraction.recognised:
            return extraction.resources
    return ()


def app(family: str, path: str, text: str) -> App:
    """The one app of a file."""
    (resource,) = resources(family, path, text)
    assert resource.kind == "app"
    return resource.facts  # type: ignore[return-value]


def shown(facts: App) -> list[tuple[object, object]]:
    """Id and sensitivity of each scope."""
    return [(scope.id.value, getattr(scope.sensitivity, "value", None)) for scope in facts.scopes]
