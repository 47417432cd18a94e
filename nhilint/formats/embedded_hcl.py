"""HCL inside a text of another file becomes nodes whose places point into that text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.embedded_text import nodes_within
from nhilint.source.hcl_reader import HCL
from nhilint.source.limits import DEFAULT_LIMITS
from nhilint.source.unreadable import Unreadable

if TYPE_CHECKING:
    from nhilint.formats.node import Node
    from nhilint.model.place import Place

_LONGEST = 200_000


def embedded_hcl(text: str, place: Place, offset: int = 0) -> Node | None:
    """The root of the HCL in a text; None when it is none. `offset` is where the text begins at its place."""
    if len(text) > _LONGEST:
        return None
    try:
        value, stands = HCL.read(text, DEFAULT_LIMITS).value, HCL.places(text, DEFAULT_LIMITS)
    except (Unreadable, UnicodeError):
        return None
    return nodes_within(value, stands, place, offset) if isinstance(value, dict) else None
