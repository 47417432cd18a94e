"""A name for a finding that survives moved lines, reordered keys and reordered lists.

It is made of the check, the subject and the structural place, with list positions replaced by what the element calls
itself. It holds no secret and no line number.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nhilint.model.place import Place

_CALLS_ITSELF = ("id", "name", "rule", "setting", "expression", "event", "target", "word", "category", "source")


def fingerprint_of(check: str, kind: str, name: str, place: Place, item: dict[str, Any] | None) -> str:
    """Thirty-two hexadecimal digits, equal for the same finding in a later revision of the file."""
    return _digest("v1", check, place.path, kind, name, *_inside_the_file(place, item))


def likeness_of(check: str, kind: str, place: Place, item: dict[str, Any] | None) -> str:
    """The same without the file and without the name, which is often made from the file's: equal after a move."""
    return _digest("likeness", check, kind, *_inside_the_file(place, item))


def _inside_the_file(place: Place, item: dict[str, Any] | None) -> tuple[str, ...]:
    route = "/".join("*" if isinstance(part, int) else part for part in place.pointer)
    called = [str(item[key]) for key in _CALLS_ITSELF if item and item.get(key)]
    within = "" if place.within is None or called else str(place.within)
    return (route, *called, within)


def _digest(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
