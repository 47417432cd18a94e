"""Where something stands: a file and a route of keys into it, never a line number.

Lines and columns are looked up once, by the reports, from the document itself.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Pointer = tuple[str | int, ...]
Part = Literal["auto", "key", "value", "source"]


class Place(NamedTuple):
    """One place in one scanned file.

    `path` is relative to the root of the scan, with forward slashes. `pointer` is the route of keys and list indices
    from the document's root. `part` asks for the key or the value of a mapping entry; `auto` takes the value of a
    scalar and the key of anything larger. `within` narrows to a range of characters of the decoded scalar; with the
    part `source` it is a range of the file's own text, where something stands that has no key, such as a comment.
    """

    path: str
    pointer: Pointer = ()
    part: Part = "auto"
    within: tuple[int, int] | None = None

    def at_key(self) -> Place:
        """The same place, pointing at the key of the entry."""
        return self._replace(part="key", within=None)

    def at_value(self) -> Place:
        """The same place, pointing at the value of the entry."""
        return self._replace(part="value", within=None)

    def within_text(self, start: int, end: int) -> Place:
        """The same place, narrowed to characters `start` to `end` (exclusive) of its decoded text."""
        return self._replace(part="value", within=(start, end))
