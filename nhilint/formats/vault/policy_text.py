"""A policy inside a text of another file becomes paths whose places point into that text.

Placeholders of the surrounding language arrive masked, so that offsets stay; `fill` gives back what they stand for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import Assembled, mapping, sequence
from nhilint.formats.vault.policy import path_rules
from nhilint.formats.vault.rules import PathRule
from nhilint.source.hcl_reader import HCL
from nhilint.source.limits import DEFAULT_LIMITS
from nhilint.source.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhilint.model.place import Place
    from nhilint.source.place import Place as TextPlace
    from nhilint.source.value import Value

_LONGEST = 200_000


def embedded_rules(text: str, place: Place, fill: Callable[[str], str], offset: int = 0) -> list[PathRule] | None:
    """The paths of a policy in a text; None when it is none. `offset` is where the text begins at its place."""
    if len(text) > _LONGEST or "path" not in text:
        return None
    try:
        value, stands = HCL.read(text, DEFAULT_LIMITS).value, HCL.places(text, DEFAULT_LIMITS)
    except (Unreadable, UnicodeError):
        return None
    if not isinstance(value, dict) or not isinstance(value.get("path"), dict):
        return None
    found = path_rules(_Reader(place, offset).node(value, stands))
    return [PathRule(fill(rule.path), rule.body, rule.at) for rule in found]


class _Reader:
    def __init__(self, place: Place, offset: int) -> None:
        self._place = place
        self._offset = offset

    def node(self, value: Value, stands: TextPlace) -> Assembled:
        at = self._at(stands, container=isinstance(value, dict | list))
        if isinstance(value, dict):
            return mapping({key: self.node(value[key], stands.child(key) or stands) for key in value}, at)
        if isinstance(value, list):
            items = [self.node(item, stands.child(index) or stands) for index, item in enumerate(value)]
            return sequence(items, at)
        return Assembled(value, at)

    def _at(self, stands: TextPlace, *, container: bool) -> Place:
        start, end = (stands.key or (stands.start, stands.start + 1)) if container else (stands.start, stands.end)
        return self._place.within_text(self._offset + start, self._offset + end)
