"""What was read from a text inside of another file becomes nodes whose places point into that text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import Assembled, mapping, sequence

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhilint.model.place import Place
    from nhilint.source.place import Place as TextPlace
    from nhilint.source.value import Value

_DEEPEST = 60


def as_written(text: str) -> str:
    """A text in which nothing is to be filled in."""
    return text


def nodes_within(
    value: Value,
    stands: TextPlace,
    place: Place,
    offset: int = 0,
    fill: Callable[[str], str] = as_written,
    depth: int = 0,
) -> Assembled:
    """The nodes of a value with its places in a text, which begins at an offset of what stands at `place`."""
    at = _at(stands, place, offset, container=isinstance(value, dict | list))
    if depth > _DEEPEST:
        return Assembled("${too deep}", at)
    if isinstance(value, dict):
        inner = {
            key: nodes_within(value[key], stands.child(key) or stands, place, offset, fill, depth + 1) for key in value
        }
        return mapping({fill(str(key)): node for key, node in inner.items()}, at)
    if isinstance(value, list):
        items = (
            nodes_within(item, stands.child(index) or stands, place, offset, fill, depth + 1)
            for index, item in enumerate(value)
        )
        return sequence(list(items), at)
    return Assembled(fill(value) if isinstance(value, str) else value, at)


def _at(stands: TextPlace, place: Place, offset: int, *, container: bool) -> Place:
    start, end = (stands.key or (stands.start, stands.start + 1)) if container else (stands.start, stands.end)
    return place.within_text(offset + start, offset + end)
