"""Where each part of a value stands in the text: a tree of offsets that mirrors the value.

Readers build it on demand, from the same walk as the value, so the two have the same shape. Offsets count code points
of the decoded text. Turning them into lines and columns, and choosing which of them to show, is the document's work.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhilint.source.comment import Comment
    from nhilint.source.limits import Limits
    from nhilint.source.unreadable import Remark
    from nhilint.source.value import Value

Offsets = tuple[int, int]
"""A stretch of the text, end exclusive."""


class Style(Enum):
    """How the source of a scalar relates to its decoded text."""

    RAW = auto()
    """Character by character."""
    PLAIN = auto()
    """As RAW, with folded lines (YAML)."""
    QUOTED = auto()
    """Within quotes, without escapes (TOML literal strings)."""
    DOUBLED = auto()
    """Within single quotes, where a quote is written twice, with folded lines (YAML)."""
    ESCAPED = auto()
    """Within double quotes, with backslash escapes (JSON, TOML)."""
    FOLDED = auto()
    """As ESCAPED, with folded lines (YAML)."""
    TEMPLATE = auto()
    """As ESCAPED, where `$${` and `%%{` stand for `${` and `%{` (HCL)."""
    BLOCK = auto()
    """Lines below a header, indented (YAML block scalars)."""
    HEREDOC = auto()
    """As BLOCK, where `$${` and `%%{` stand for `${` and `%{` (HCL)."""
    OPAQUE = auto()
    """Not related in place: a YAML alias."""


class Place:
    """One node: the offsets of its key, if it has one, and of its value, and the places inside it.

    `content` is where the text of a scalar begins, quotes included, if a tag or an anchor stands before it.
    """

    __slots__ = ("children", "content", "end", "key", "start", "style")

    def __init__(
        self,
        start: int,
        end: int,
        style: Style = Style.RAW,
        children: dict[str, Place] | list[Place] | None = None,
        key: Offsets | None = None,
        content: int | None = None,
    ) -> None:
        self.start = start
        self.end = end
        self.style = style
        self.children = children
        self.key = key
        self.content = start if content is None else content

    def child(self, step: str | int) -> Place | None:
        """The place one step further, or None; a list also takes its index as digits."""
        if isinstance(self.children, dict):
            return self.children.get(str(step))
        if self.children is None:
            return None
        index = as_index(step, len(self.children))
        return None if index is None else self.children[index]


class Reading(NamedTuple):
    """What a reader makes of a text: the value, and remarks on how it was won."""

    value: Value
    remarks: tuple[Remark, ...]


class Reader(NamedTuple):
    """The three looks one can take at a text of some syntax; each may raise Unreadable.

    `placed` is the first two in one, where that saves something.
    """

    read: Callable[[str, Limits], Reading]
    places: Callable[[str, Limits], Place]
    comments: Callable[[str], tuple[Comment, ...]]
    placed: Callable[[str, Limits], tuple[Reading, Place]] | None = None


def as_index(step: str | int, length: int) -> int | None:
    """A step as an index into a list of `length` items; None when it is no such index."""
    if isinstance(step, str):
        if not (step.isascii() and step.isdigit() and len(step) < 10):
            return None
        step = int(step)
    return step if 0 <= step < length else None
