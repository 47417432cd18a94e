"""Places become lines and columns, once, for the reports; credential values in the shown lines become dots."""

from __future__ import annotations

from collections import defaultdict
from hashlib import sha256
from typing import TYPE_CHECKING, cast

from nhilint.model.fact import known_records, value_of
from nhilint.model.run import Located
from nhilint.model.vocabulary import Credential
from nhilint.shown_lines import ShownLines
from nhilint.source.pointer import render_pointer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nhilint.model.place import Place
    from nhilint.model.resource import Resource
    from nhilint.source.document import Document
    from nhilint.source.span import Span
    from nhilint.source.value import Value

_SCALARS = (str, int, float, bool)
_MOST_VALUES = 50
_IN_CLEAR = frozenset({"literal", "default_literal"})


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
            secrets[facts.at.path] += (facts.at, *(copy.at for copy in known_records(facts.copies)))
    located: dict[Place, Located] = {}
    for path, wanted in by_path.items():
        document = open_document(path)
        if document is not None:
            keys = frozenset(place.pointer[-1] for place in secrets[path] if place.part == "key")
            lines = ShownLines(document, [_span(document, _whole(place)) for place in secrets[path]])
            for place in wanted:
                located[place] = _locate(document, place, lines, keys)
    return located


def _whole(place: Place) -> Place:
    """Where a credential stands: in the value, unless its place says that it is in the key."""
    return place if place.part == "key" else place._replace(part="value")


def _content(document: Document, place: Place, shown: str) -> str:
    """A digest of what stands at a place, where that is a value or a short list of them and no secret, or a mapping of
    nothing but such lists, as the rule of a role is."""
    try:
        value = document.at(place.pointer) if place.pointer else None
    except KeyError:
        return ""
    plain = value if isinstance(value, list) else _entries(value) if isinstance(value, dict) else [value]
    if "•" in shown or not plain or len(plain) > _MOST_VALUES or not all(isinstance(v, _SCALARS) for v in plain):
        return ""
    text = "\x1f".join(" ".join(str(entry).split()) for entry in plain)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _entries(value: dict[str, Value]) -> list[Value]:
    """The keys of a mapping of lists, whatever their order, each before the entries of its list."""
    if not all(isinstance(entries, list) for entries in value.values()):
        return []
    return [one for key in sorted(value) for one in (key, *cast("list[Value]", value[key]))]


def _span(document: Document, place: Place) -> Span:
    return document.span(place.pointer, place.part, place.within)


def _locate(document: Document, place: Place, lines: ShownLines, keys: frozenset[str | int]) -> Located:
    """The lines of a place. Keys that hold a credential, as rules do that are keys, are dots in its pointer."""
    start, end = _span(document, place)
    pointer = render_pointer(tuple("•••" if step in keys else step for step in place.pointer))
    text = lines.line(start.line)
    return Located(start.line, start.column, end.line, end.column, text, pointer, _content(document, place, text))
