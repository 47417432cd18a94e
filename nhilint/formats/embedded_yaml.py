"""YAML inside a text of another file becomes nodes whose places point into that text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.embedded_text import as_written, nodes_within
from nhilint.source.limits import DEFAULT_LIMITS
from nhilint.source.unreadable import Unreadable
from nhilint.source.yaml_reader import YAML

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhilint.formats.node import Node
    from nhilint.model.place import Place

_LONGEST = 200_000


def embedded_yaml(text: str, place: Place, offset: int = 0, fill: Callable[[str], str] = as_written) -> Node | None:
    """The root of the one YAML mapping in a text; None when it is none.

    `offset` is where the text begins at its place; `fill` gives a part of it back with its expressions resolved.
    """
    found = embedded_value(text, place, offset, fill)
    return found if found is not None and found.is_mapping else None


def embedded_value(text: str, place: Place, offset: int = 0, fill: Callable[[str], str] = as_written) -> Node | None:
    """The same for any value: several documents are a list of them; None for a text that is too long or unreadable."""
    if len(text) > _LONGEST:
        return None
    try:
        value = YAML.read(text, DEFAULT_LIMITS).value
        stands = YAML.places(text, DEFAULT_LIMITS)
    except (Unreadable, UnicodeError):
        return None
    return nodes_within(value, stands, place, offset, fill)
