"""YAML text becomes a value, and, when asked, places and comments.

The value is plain data by the core schema (`yaml_scalars`); a file of several documents becomes a `Stream`. Both the
value and the places come from the walk in `yaml_walk`. Comments are found between the scalars, since the C parser
drops them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import AliasEvent, ScalarEvent

from nhilint.source.comment import Comment, comment_at
from nhilint.source.deferred import Deferred
from nhilint.source.lines import Lines
from nhilint.source.place import Place, Reader, Reading, Style
from nhilint.source.unreadable import Remark
from nhilint.source.value import Stream, Tagged, Value
from nhilint.source.yaml_scalars import plain_value, short_tag, tagged_value
from nhilint.source.yaml_shield import needs_shield
from nhilint.source.yaml_walk import Build, Event, Oddity, open_parser, paired, walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhilint.source.limits import Limits

_COMMENT = Deferred(r"(?:(?<=[ \t\r\n])|\A)#[^\r\n]*")
_OWN_LINE = Deferred(r"^[ \t]*(#[^\r\n]*)", flags=re.MULTILINE)
_PROPERTY = Deferred(r"[!&]\S*\s*")
_LINE_END = Deferred(r"[\r\n]")
_STYLES = {"": Style.PLAIN, "'": Style.DOUBLED, '"': Style.FOLDED, "|": Style.BLOCK, ">": Style.BLOCK}


def read_yaml(text: str, limits: Limits) -> Reading:
    """The value of a YAML text; duplicate keys and merge keys that merge nothing are remarked on."""
    documents, oddities = walk(text, VALUES, limits)
    value = documents[0] if len(documents) == 1 else Stream(documents) if documents else None
    return Reading(value, remarks(text, oddities))


def find_places(text: str, limits: Limits) -> Place:
    """The places of a YAML text; the root of a stream has one child for each document."""
    documents = walk(text, places_in(text), limits).documents
    if len(documents) == 1:
        return documents[0]
    return Place(0, len(text), children=documents)


def read_placed(text: str, limits: Limits) -> tuple[Reading, Place]:
    """What `read_yaml` and `find_places` yield, in one walk."""
    documents, oddities = walk(text, paired(VALUES, places_in(text)), limits)
    noted = remarks(text, oddities)
    if len(documents) == 1:
        value, place = documents[0]
        return Reading(value, noted), place
    values, places = [value for value, _ in documents], [place for _, place in documents]
    return Reading(Stream(values) if values else None, noted), Place(0, len(text), children=places)


def find_comments(text: str) -> tuple[Comment, ...]:
    """Every `#` comment; in text that is malformed (front matter read line by line) those with a line to themselves."""
    if "#" not in text:
        return ()
    lines, scalars = Lines(text), _scalars(text)
    if scalars is None:
        return tuple(comment_at(text, lines, *hit.span(1)) for hit in _OWN_LINE.finditer(text))
    gap_start = 0
    found: list[Comment] = []
    for start, end in [*scalars, (len(text), len(text))]:
        found.extend(comment_at(text, lines, *hit.span()) for hit in _COMMENT.finditer(text, gap_start, start))
        gap_start = end
    return tuple(found)


def remarks(text: str, oddities: list[Oddity]) -> tuple[Remark, ...]:
    """The walk's oddities with their lines and columns."""
    if not oddities:
        return ()
    lines = Lines(text)
    return tuple(Remark(odd.message, *lines.position(odd.offset), odd.kind) for odd in oddities)


def places_in(text: str, base: int = 0) -> Build[Place]:
    """Build the places of `text`, with offsets counted from `base` characters before it."""

    def scalar(event: Event) -> Place:
        start, end, style = event.start_mark.index, event.end_mark.index, _STYLES[event.style or ""]
        if style is Style.BLOCK:
            end = _end_of_content(text, end)
        return Place(start + base, end + base, style, content=_after_properties(text, start, end) + base)

    def mapping(start: Event, end: Event, entries: dict[str, Place]) -> Place:
        return Place(start.start_mark.index + base, end.end_mark.index + base, children=entries)

    def sequence(start: Event, end: Event, items: list[Place]) -> Place:
        return Place(start.start_mark.index + base, end.end_mark.index + base, children=items)

    def keyed(place: Place, key: Event, value: Event) -> Place:
        place = aliased(place, value) if value.__class__ is AliasEvent else place
        place.key = (key.start_mark.index + base, key.end_mark.index + base)
        return place

    def aliased(place: Place, event: Event) -> Place:
        start, end = event.start_mark.index + base, event.end_mark.index + base
        return Place(start, end, Style.OPAQUE, place.children)

    return Build(scalar, mapping, sequence, _entries_of, _items_of, keyed, aliased)


def _end_of_content(text: str, end: int) -> int:
    """The end of the last line of a block that is not blank."""
    while text[end - 1] in " \t\r\n":
        end -= 1
    line_end = _LINE_END.search(text, end)
    return line_end.start() if line_end else len(text)


def _after_properties(text: str, start: int, end: int) -> int:
    """Where the content of a scalar begins, behind its tag and anchor."""
    while text[start : start + 1] in ("!", "&") and (properties := _PROPERTY.match(text, start, end)):
        start = properties.end()
    return start


def _entries_of(place: Place) -> dict[str, Place] | None:
    return place.children if isinstance(place.children, dict) else None


def _items_of(place: Place) -> list[Place] | None:
    return place.children if isinstance(place.children, list) else None


def _scalar_value(event: Event) -> Value:
    plain, quoted = event.implicit
    if plain:
        return plain_value(event.value)
    text: str = event.value
    return text if quoted else tagged_value(event.tag, text)


def _collection_value(start: Event, _end: Event, content: dict[str, Value] | list[Value]) -> Value:
    if start.implicit or start.tag in _PLAIN_COLLECTIONS:
        return content
    return Tagged(short_tag(start.tag), content)


def _scalars(text: str) -> list[tuple[int, int]] | None:
    """The offsets of every scalar; of a block scalar without its header line, which may end in a comment."""
    try:
        return _scalars_of(text, open_parser(text, shield=needs_shield(text)))
    except YAMLError:
        pass
    try:
        return _scalars_of(text, open_parser(text, shield=True))
    except YAMLError:
        return None


def _scalars_of(text: str, next_event: Callable[[], Event]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    while (event := next_event()) is not None:
        if event.__class__ is ScalarEvent:
            found.append(_protected(text, event))
    return found


def _protected(text: str, event: Event) -> tuple[int, int]:
    start, end = event.start_mark.index, event.end_mark.index
    if event.style and event.style in "|>":
        header_end = text.find("\n", start, end)
        start = end if header_end < 0 else header_end
    return start, end


_PLAIN_COLLECTIONS = frozenset(("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq", "!"))

VALUES: Build[Value] = Build(
    _scalar_value,
    _collection_value,
    _collection_value,
    lambda value: value if isinstance(value, dict) else None,
    lambda value: value if isinstance(value, list) else None,
)
YAML = Reader(read_yaml, find_places, find_comments, read_placed)
