"""Places become lines and columns, once, for the reports; credential values in the shown lines become dots."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from nhilint.model.fact import value_of
from nhilint.model.run import Located
from nhilint.model.vocabulary import Credential
from nhilint.source.pointer import render_pointer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nhilint.model.place import Place
    from nhilint.model.resource import Resource
    from nhilint.source.document import Document
    from nhilint.source.span import Span

_IN_CLEAR = frozenset({"literal", "default_literal"})
_SHOWN_OF_SECRET = 4


def locate_all(
    places: Iterable[Place], resources: Iterable[Resource], open_document: Callable[[str], Document | None]
) -> dict[Place, Located]:
    """Every place with its lines and columns. Files that cannot be opened again leave their places out."""
    by_path: dict[str, dict[Place, None]] = defaultdict(dict)
    for place in places:
        by_path[place.path][place] = None
    secrets: dict[str, list[Place]] = defaultdict(list)
    for resource in resources:
        facts = resource.facts
        if isinstance(facts, Credential) and value_of(facts.source) in _IN_CLEAR:
            secrets[facts.at.path].append(facts.at)
    located: dict[Place, Located] = {}
    for path, wanted in by_path.items():
        document = open_document(path)
        if document is not None:
            hidden = [_span(document, place._replace(part="value")) for place in secrets.get(path, ())]
            for place in wanted:
                located[place] = _locate(document, place, hidden)
    return located


def _span(document: Document, place: Place) -> Span:
    return document.span(place.pointer, place.part, place.within)


def _locate(document: Document, place: Place, hidden: list[Span]) -> Located:
    span = _span(document, place)
    text = document.line(span.start.line)
    for secret in hidden:
        text = _masked(text, span.start.line, secret)
    pointer = render_pointer(place.pointer)
    return Located(span.start.line, span.start.column, span.end.line, span.end.column, text, pointer)


def _masked(text: str, line: int, secret: Span) -> str:
    """The line with what belongs to a secret replaced by dots, its length kept so that a caret still fits."""
    if not secret.start.line <= line <= secret.end.line:
        return text
    start = secret.start.column - 1 if line == secret.start.line else 0
    end = secret.end.column - 1 if line == secret.end.line else len(text)
    if line == secret.start.line:
        start = min(end, start + _SHOWN_OF_SECRET)
    return text[:start] + "•" * max(0, min(end, len(text)) - start) + text[end:]
