"""Text without structure is its own value; it has no parts and no comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.source.place import Place, Reader, Reading

if TYPE_CHECKING:
    from nhilint.source.comment import Comment
    from nhilint.source.limits import Limits


def read_text(text: str, _limits: Limits) -> Reading:
    """The text itself."""
    return Reading(text, ())


def find_places(text: str, _limits: Limits) -> Place:
    """The whole text as one raw scalar."""
    return Place(0, len(text))


def find_comments(_text: str) -> tuple[Comment, ...]:
    """None: what marks a comment is not known."""
    return ()


TEXT = Reader(read_text, find_places, find_comments)
