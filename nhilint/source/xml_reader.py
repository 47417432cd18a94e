"""XML text becomes a value of names and texts, and, when asked, places and comments.

An element that holds elements becomes a mapping by name, several of one name a list; one that holds text, its text
without the white space around it; an empty one, the empty text. Attributes and namespaces are left out: no format here
needs them. Expat from the standard library reads. A document type declaration is refused before it is looked into, so
there are no entities but the five of XML itself, and nothing outside the file is ever fetched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.source.comment import comment_at
from nhilint.source.limits import too_deep, too_many_nodes
from nhilint.source.lines import Lines
from nhilint.source.place import Place, Reader, Reading, Style
from nhilint.source.unreadable import Unreadable, UnreadableKind

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

    from nhilint.source.comment import Comment
    from nhilint.source.limits import Limits
    from nhilint.source.value import Value


class _Element:
    """An element that is being read."""

    __slots__ = ("children", "name", "places", "start", "text", "text_start")

    def __init__(self, name: str, start: int) -> None:
        self.name = name
        self.start = start
        self.text: list[str] = []
        self.text_start = -1
        self.children: dict[str, Value] = {}
        self.places: dict[str, Place] = {}


class _Builder:
    """Builds value and places from the parser's events. Offsets are bytes until they are turned into characters."""

    def __init__(self, text: str, limits: Limits) -> None:
        self.data = text.encode("utf-8", "surrogatepass")
        self._text = text
        self._limits = limits
        self._open = [_Element("", 0)]
        self._nodes = 0
        self._parser = self._new_parser()

    def build(self) -> _Element:
        """The element around the root. Raises Unreadable."""
        from xml.parsers.expat import ExpatError

        try:
            self._parser.Parse(self.data, True)  # noqa: FBT003 - a C function without keywords
        except ExpatError as error:
            raise Unreadable(str(error).partition(":")[0], error.lineno, error.offset + 1) from None
        return self._open[0]

    def _new_parser(self) -> XMLParserType:
        from xml.parsers.expat import ParserCreate

        parser = ParserCreate("utf-8")
        parser.buffer_text = False
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        return parser

    def _doctype(self, *_details: object) -> None:
        line = self._parser.CurrentLineNumber
        message = "a document type declaration could define entities, so the file is not read"
        raise Unreadable(message, line, self._parser.CurrentColumnNumber + 1)

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        self._nodes += 1
        if len(self._open) > self._limits.depth:
            raise too_deep(self._limits)
        if self._nodes > self._limits.nodes:
            raise too_many_nodes(self._limits)
        self._open.append(_Element(name, self._parser.CurrentByteIndex))

    def _characters(self, text: str) -> None:
        element = self._open[-1]
        if element.text_start < 0:
            element.text_start = self._parser.CurrentByteIndex
        element.text.append(text)

    def _end(self, _name: str) -> None:
        element = self._open.pop()
        value: Value = element.children or "".join(element.text).strip()
        parent = self._open[-1]
        place = self._place(element, self._parser.CurrentByteIndex)
        if element.name not in parent.children:
            parent.children[element.name], parent.places[element.name] = value, place
            return
        first, places = parent.children[element.name], parent.places[element.name]
        if not (isinstance(first, list) and isinstance(places.children, list)):
            first = parent.children[element.name] = [first]
            places = Place(places.start, places.end, Style.RAW, [places], places.key)
            parent.places[element.name] = places
        first.append(value)
        if isinstance(places.children, list):
            places.children.append(place)

    def _place(self, element: _Element, end: int) -> Place:
        key = (element.start + 1, element.start + 1 + len(element.name.encode()))
        if element.children:
            return Place(element.start, end, Style.RAW, element.places, key)
        raw = self.data[element.text_start : end] if element.text_start >= 0 else b""
        start = element.text_start + len(raw) - len(raw.lstrip()) if raw.strip() else key[0]
        stop = start + len(raw.strip()) if raw.strip() else key[1]
        return Place(start, stop, Style.OPAQUE if b"&" in raw or b"<" in raw else Style.RAW, None, key)


def read_xml(text: str, limits: Limits) -> Reading:
    """The value of an XML text: a mapping from the root's name to what it holds."""
    if not text.strip():
        raise Unreadable("the file is empty", kind=UnreadableKind.EMPTY)
    return Reading(_Builder(text, limits).build().children, ())


def find_places(text: str, limits: Limits) -> Place:
    """The places of a text that `read_xml` has read."""
    root = Place(0, len(text), Style.RAW, _Builder(text, limits).build().places)
    if not text.isascii():
        _count_characters(root, text)
    return root


def find_comments(text: str) -> tuple[Comment, ...]:
    """Every comment; text inside CDATA sections that looks like one counts as well."""
    found: list[Comment] = []
    lines = Lines(text)
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            break
        found.append(comment_at(text, lines, start, end + 3))
        start = text.find("<!--", end + 3)
    return tuple(found)


def _count_characters(root: Place, text: str) -> None:
    """Turn offsets in bytes into offsets in characters, in place and without recursion."""
    offsets: list[int] = []
    for index, character in enumerate(text):
        offsets.extend([index] * len(character.encode("utf-8", "surrogatepass")))
    offsets.append(len(text))
    waiting, seen = list(_inside(root)), set[int]()
    while waiting:
        place = waiting.pop()
        if id(place) in seen:
            continue
        seen.add(id(place))
        place.start, place.end = offsets[place.start], offsets[place.end]
        place.content = offsets[place.content]
        if place.key is not None:
            place.key = (offsets[place.key[0]], offsets[place.key[1]])
        waiting.extend(_inside(place))


def _inside(place: Place) -> list[Place]:
    if isinstance(place.children, dict):
        return list(place.children.values())
    return place.children or []


XML = Reader(read_xml, find_places, find_comments)
