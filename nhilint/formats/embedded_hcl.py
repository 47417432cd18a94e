"""HCL inside a text of another file becomes nodes whose places point into that text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import Assembled, mapping, sequence
from nhilint.source.hcl_reader import HCL
from nhilint.source.limits import DEFAULT_LIMITS
from nhilint.source.unreadable import Unreadable

if TYPE_CHECKING:
    from nhilint.formats.node import Node
    from nhilint.model.place import Place
    from nhilint.source.place import Place as TextPlace
    from nhilint.source.value import Value

_LONGEST = 200_000


def embedded_hcl(text: str, place: Place, offset: int = 0) -> Node | None:
    """The root of the HCL in a text; None when it is none. `offset` is where the text begins at its place."""
    if len(text) > _LONGEST:
        return None
    try:
        value, stands = HCL.read(text, DEFAULT_LIMITS).value, HCL.places(text, DEFAULT_LIMITS)
    except (Unreadable, UnicodeError):
        return None
    return _node(value, stands, place, offset) if isinstance(value, dict) else None


def _node(value: Value, stands: TextPlace, place: Place, offset: int) -> Assembled:
    at = _at(stands, place, offset, container=isinstance(value, dict | list))
    if isinstance(value, dict):
        inner = {key: _node(value[key], stands.child(key) or stands, place, offset) for key in value}
        return mapping(inner, at)
    if isinstance(value, list):
        items = [_node(item, stands.child(index) or stands, place, offset) for index, item in enumerate(value)]
        return sequence(items, at)
    return Assembled(value, at)


def _at(stands: TextPlace, place: Place, offset: int, *, container: bool) -> Place:
    start, end = (stands.key or (stands.start, stands.start + 1)) if container else (stands.start, stands.end)
    return place.within_text(offset + start, offset + end)
