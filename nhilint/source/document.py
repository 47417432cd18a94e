"""Bytes become a document: a plain value, with the place of every part of it found when somebody asks.

The value is decoded at once and cheaply. Positions and comments need a second, slower look at the same text, which
happens on the first call of `span` or `comments` and never otherwise. A document judges nothing: what a key means is
for `formats/` to say.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Literal, assert_never

from nhilint.source.comment import Comment
from nhilint.source.decode import decode
from nhilint.source.limits import DEFAULT_LIMITS, Limits, check_size
from nhilint.source.lines import Lines
from nhilint.source.place import Offsets, Place, Reader, as_index
from nhilint.source.span import FILE_START, Span
from nhilint.source.unreadable import Remark, Unreadable, UnreadableKind
from nhilint.source.value import Expression, Stream, Tagged, Value

if TYPE_CHECKING:
    from nhilint.source.pointer import Pointer

__all__ = [
    "Comment",
    "Document",
    "Expression",
    "Limits",
    "Part",
    "Remark",
    "Stream",
    "Syntax",
    "Tagged",
    "Unreadable",
    "UnreadableKind",
    "Value",
    "read",
]

Part = Literal["auto", "key", "value", "source"]


class Syntax(StrEnum):
    """The notations that can be read. JSON turns to the JSONC rules, with a remark, when the strict ones refuse.

    TEMPLATED_YAML is YAML in which actions of Go's templates may stand, as charts are.
    """

    YAML = "yaml"
    TEMPLATED_YAML = "templated-yaml"
    JSON = "json"
    JSONC = "jsonc"
    TOML = "toml"
    HCL = "hcl"
    XML = "xml"
    MARKDOWN = "markdown"
    TEXT = "text"


class Document:
    """One file as read: `path`, `syntax`, `text` (decoded, without BOM), `value` and the `warnings` met on the way.

    Pointers pass through `Tagged` nodes as if the tag were not there, and lead from an `Expression` that is a function
    call to its arguments by index.
    """

    __slots__ = ("_comments", "_limits", "_lines", "_places", "path", "syntax", "text", "value", "warnings")

    def __init__(
        self,
        path: str,
        syntax: Syntax,
        text: str,
        value: Value,
        warnings: tuple[Remark, ...] = (),
        limits: Limits = DEFAULT_LIMITS,
        places: Place | None = None,
    ) -> None:
        self.path = path
        self.syntax = syntax
        self.text = text
        self.value = value
        self.warnings = warnings
        self._limits = limits
        self._lines: Lines | None = None
        self._places = places
        self._comments: tuple[Comment, ...] | None = None

    def span(self, pointer: Pointer, part: Part = "auto", within: Offsets | None = None) -> Span:
        """Where the value at `pointer` stands in the text.

        'auto' is the value of a scalar, and the key of anything larger (its first character if it has no key).
        'key' and 'value' ask for one or the other; 'value' may be many lines. `within` narrows 'auto' and 'value' of
        a text to a stretch of the decoded text, as far as the notation lets it be found. A pointer to nothing gives
        the key of its nearest existing ancestor; the root gives the start of the file. 'source' takes `within` as a
        stretch of the file's own text.
        """
        if part == "source" and within is not None:
            return self.lines.span(*within)
        route = self._route(pointer)
        place, value = route[-1]
        if len(route) <= len(pointer):
            return self._key(next((step for step, _ in reversed(route) if step.key), None))
        if part == "key":
            return self._key(place)
        if within is not None and (decoded := _text_of(value)) is not None:
            from nhilint.source.narrow import narrow

            narrowed = narrow(self.text, place, decoded, within)
            return self.lines.span(*(narrowed or (place.start, place.end)))
        if part == "value" or (place.start < place.end and self._is_small(place, value)):
            return self.lines.span(place.start, place.end)
        return FILE_START if not pointer else self._key(place)

    def line(self, number: int) -> str:
        """The text of a 1-based line without its line end; IndexError beyond the last line."""
        return self.lines.text(number)

    def comments(self) -> tuple[Comment, ...]:
        """Every comment of the file, in order; TEXT has none."""
        if self._comments is None:
            self._comments = _reader(self.syntax).comments(self.text)
        return self._comments

    def at(self, pointer: Pointer) -> Value:
        """The value at `pointer`; KeyError when there is none. Digits serve as index where the value is a list."""
        value = self.value
        for step in pointer:
            found, value = _step(value, step)
            if not found:
                raise KeyError(pointer)
        return value

    def resolve(self, pointer: Pointer) -> Pointer:
        """The same route with digits turned into indices wherever they lead into a list."""
        steps: list[str | int] = []
        value, found = self.value, True
        for step in pointer:
            inside = _inside(value)
            index = as_index(step, len(inside)) if found and isinstance(inside, list | tuple) else None
            steps.append(step if index is None else index)
            found, value = _step(value, step) if found else (False, None)
        return tuple(steps)

    @property
    def lines(self) -> Lines:
        """Where the lines of the text begin."""
        if self._lines is None:
            self._lines = Lines(self.text)
        return self._lines

    def _route(self, pointer: Pointer) -> list[tuple[Place, Value]]:
        """The places and values from the root as far along `pointer` as the document goes."""
        if self._places is None:
            self._places = _reader(self.syntax).places(self.text, self._limits)
        place, value = self._places, self.value
        route = [(place, value)]
        for step in pointer:
            found, value = _step(value, step)
            inner = place.child(step)
            if not found or inner is None:
                break
            place = inner
            route.append((place, value))
        return route

    def _key(self, place: Place | None) -> Span:
        """The key of a place, or its first character."""
        if place is None:
            return FILE_START
        if place.key is not None:
            return self.lines.span(*place.key)
        return self.lines.span(place.start, min(place.start + 1, place.end))

    def _is_small(self, place: Place, value: Value) -> bool:
        """Whether a value is worth showing whole: text and numbers are, collections and long expressions are not."""
        if isinstance(value, Tagged):
            value = value.value
        if isinstance(value, Expression):
            return "\n" not in self.text[place.start : place.end]
        return not isinstance(value, dict | list)


def read(path: str, data: bytes, syntax: Syntax, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Decode a file; `path` is only carried along. Raises Unreadable when the file has no value."""
    check_size(data, limits)
    text = decode(data)
    value, remarks = _reader(syntax).read(text, limits)
    return Document(path, syntax, text, value, remarks, limits)


def read_placed(path: str, data: bytes, syntax: Syntax, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Decode a file that something points into: its places are found along with the value where that is cheaper."""
    reader = _reader(syntax)
    if reader.placed is None:
        return read(path, data, syntax, limits)
    check_size(data, limits)
    text = decode(data)
    (value, remarks), places = reader.placed(text, limits)
    return Document(path, syntax, text, value, remarks, limits, places)


def _reader(syntax: Syntax) -> Reader:
    """The reader of a syntax; its library is imported on first use only."""
    match syntax:
        case Syntax.YAML:
            from nhilint.source import yaml_reader

            reader = yaml_reader.YAML
        case Syntax.TEMPLATED_YAML:
            from nhilint.source import templated_yaml_reader

            reader = templated_yaml_reader.TEMPLATED_YAML
        case Syntax.JSON:
            from nhilint.source import json_reader

            reader = json_reader.JSON
        case Syntax.JSONC:
            from nhilint.source import json_reader

            reader = json_reader.JSONC
        case Syntax.TOML:
            from nhilint.source import toml_reader

            reader = toml_reader.TOML
        case Syntax.HCL:
            from nhilint.source import hcl_reader

            reader = hcl_reader.HCL
        case Syntax.XML:
            from nhilint.source import xml_reader

            reader = xml_reader.XML
        case Syntax.MARKDOWN:
            from nhilint.source import markdown_reader

            reader = markdown_reader.MARKDOWN
        case Syntax.TEXT:
            from nhilint.source import text_reader

            reader = text_reader.TEXT
        case _:
            assert_never(syntax)
    return reader


def _inside(value: Value) -> dict[str, Value] | list[Value] | tuple[Value, ...] | None:
    """What a pointer can step into."""
    if isinstance(value, Tagged):
        return _inside(value.value)
    if isinstance(value, Expression):
        return value.arguments
    return value if isinstance(value, dict | list) else None


def _step(value: Value, step: str | int) -> tuple[bool, Value]:
    """Whether there is something one step further, and what."""
    inside = _inside(value)
    if isinstance(inside, dict):
        key = str(step)
        return key in inside, inside.get(key)
    if inside is None:
        return False, None
    index = as_index(step, len(inside))
    return (False, None) if index is None else (True, inside[index])


def _text_of(value: Value) -> str | None:
    """The decoded text of a scalar, which `within` counts in."""
    if isinstance(value, Tagged):
        return _text_of(value.value)
    if isinstance(value, Expression):
        return value.text
    return value if isinstance(value, str) else None
