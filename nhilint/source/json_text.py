"""JSON text with comments and trailing commas becomes strict JSON text of the same length.

What JSONC adds to JSON is overwritten with blanks, so that one decoder reads both and every offset stays true. The
rules are those of VS Code's `jsonc-parser`: `//` and `/* */` comments, and a comma before a closing bracket.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    import re

STRING = r'"[^"\\]*(?:\\.[^"\\]*)*+"?'
COMMENT = r"//[^\r\n]*|/\*(?:[^*]|\*(?!/))*+(?:\*/)?"
_STRING_OR_COMMENT = Deferred(f"(?s:{STRING})|({COMMENT})")
_STRING_OR_LAST_COMMA = Deferred(rf"(?s:{STRING})|(,)(?=\s*[}}\]])")
_CHARACTER = Deferred(r"[^\r\n]")


def strict_text(text: str) -> str:
    """The same text, character for character, with blanks for comments and trailing commas.

    Text that is strict JSON comes back unchanged. Linear in the length of the text, also when a string or a comment
    is never closed.
    """
    return _STRING_OR_LAST_COMMA.sub(_blank, _STRING_OR_COMMENT.sub(_blank, text))


def comment_offsets(text: str) -> list[tuple[int, int]]:
    """The stretches of the text that are comments, markers included."""
    return [hit.span() for hit in _STRING_OR_COMMENT.finditer(text) if hit[1]]


def _blank(hit: re.Match[str]) -> str:
    return _CHARACTER.sub(" ", hit[0]) if hit[1] else hit[0]
