"""What the tests of readers share: read a text, cut it at a span, walk its scalars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.source.document import Document, Syntax, Tagged, Value, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.source.pointer import Pointer
    from nhilint.source.span import Span


def document(text: str, syntax: Syntax) -> Document:
    return read("a/file", text.encode(), syntax)


def value(text: str, syntax: Syntax) -> Value:
    return document(text, syntax).value


def cut(doc: Document, span: Span) -> str:
    """The text between the two ends of a span."""
    start, end = (doc.lines.start(place.line) + place.column - 1 for place in span)
    return doc.text[start:end]


def leaves(tree: Value, route: Pointer = ()) -> Iterator[tuple[Pointer, Value]]:
    """Every scalar with its route, and empty collections."""
    inner = tree.value if isinstance(tree, Tagged) else tree
    if isinstance(inner, dict) and inner:
        for key, item in inner.items():
            yield from leaves(item, (*route, key))
    elif isinstance(inner, list) and inner:
        for index, item in enumerate(inner):
            yield from leaves(item, (*route, index))
    else:
        yield route, tree
