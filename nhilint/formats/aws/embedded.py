"""A policy written as JSON inside a text of another file becomes nodes that point into that text.

Infrastructure code often carries a document as a string or heredoc. Its texts may hold placeholders of the surrounding
language, which `fill` resolves one text at a time, so that places stay those of the text as written. Last commas and
expressions outside of quotes, which JSON has not, are read as what is meant.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import Assembled, mapping, sequence
from nhilint.formats.node import Node
from nhilint.source.deferred import Deferred
from nhilint.source.json_places import find_places
from nhilint.source.json_text import STRING, strict_text
from nhilint.source.limits import DEFAULT_LIMITS

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhilint.model.place import Place
    from nhilint.source.place import Place as TextPlace
    from nhilint.source.value import Value

_LONGEST = 200_000
_STRING_OR_MARK = Deferred(rf"(?s:{STRING})|(([\ue000-\uf7ff])\2{{3,}})")
"""A mark is a run of one private character, as long as the expression it stands for: at least `${x}`."""
_DEEPEST = 40


def embedded(text: str, place: Place, fill: Callable[[str], Node | str], offset: int = 0) -> Assembled | None:
    """The nodes of a JSON object in a text; None when it is none. `offset` is where the text begins at its place."""
    if len(text) > _LONGEST or not text.lstrip().startswith("{"):
        return None
    try:
        value = json.loads(text, strict=False)
    except RecursionError:
        return None
    except ValueError:
        repaired = _without_bare_marks(strict_text(text))
        return embedded(repaired, place, fill, offset) if repaired != text else None
    return _Reader(place, fill, offset).node(value, find_places(text, DEFAULT_LIMITS), 0)


def _without_bare_marks(text: str) -> str:
    """The text with every mark of an expression that stands outside of strings put into quotes of its own."""
    return _STRING_OR_MARK.sub(lambda hit: f'"{hit[1][2:]}"' if hit[1] else hit[0], text)


class _Reader:
    def __init__(self, place: Place, fill: Callable[[str], Node | str], offset: int) -> None:
        self._place = place
        self._fill = fill
        self._offset = offset

    def node(self, value: Value, stands: TextPlace, depth: int) -> Assembled:
        at = self._at(stands, container=isinstance(value, dict | list))
        if depth > _DEEPEST:
            return Assembled("${too deep}", at)
        if isinstance(value, dict):
            inner = {str(self._text(key)): self._child(value[key], stands, key, depth) for key in value}
            return mapping(inner, at)
        if isinstance(value, list):
            return sequence([self._child(item, stands, index, depth) for index, item in enumerate(value)], at)
        return placed(self._fill(value) if isinstance(value, str) else value, at)

    def _child(self, value: Value, stands: TextPlace, key: str | int, depth: int) -> Assembled:
        return self.node(value, stands.child(key) or stands, depth + 1)

    def _text(self, key: str) -> object:
        filled = self._fill(key)
        return filled if isinstance(filled, str) else filled.value

    def _at(self, stands: TextPlace, *, container: bool) -> Place:
        start, end = stands.start, stands.end
        if container:
            start, end = stands.key or (start, start + 1)
        return self._place.within_text(self._offset + start, self._offset + end)


def placed(value: object, at: Place) -> Assembled:
    """A filled-in value, all of it placed where its placeholder stands."""
    if isinstance(value, Node) and value.is_mapping:
        return mapping({key: placed(inner, at) for key, inner in value.entries()}, at)
    if not isinstance(value, Node):
        return Assembled(value, at)
    if value.is_list:
        return sequence([placed(item, at) for item in value.items()], at)
    return Assembled(value.value, at)
