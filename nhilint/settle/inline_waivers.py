"""Comments that ask for an exception beside the line they speak about become waivers.

    # nhilint: ignore[unpinned-mcp-server] pinned by the image build (by @who, until 2027-01-31)

A comment on a line of its own speaks about the next line that is no comment; any other about its own line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.place import Place
from nhilint.settle.waiver import Waiver
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.source.document import Comment, Document

_MARK = Deferred(r"nhilint:\s{0,4}ignore\[([^\]\n]{1,200})\]([^\n]{0,1000})")
_SIGNED = Deferred(r"\((?P<inside>[^()]{1,300})\)\s*$")
_BY = Deferred(r"\bby\s+(@?[\w./@+-]{1,100}(?:\[bot\])?)")
_UNTIL = Deferred(r"\buntil\s+(\d{4}-\d{2}-\d{2})")
_TICKET = Deferred(r"\bticket\s+(\S{1,100})")


def inline_waivers(document: Document) -> tuple[Waiver, ...]:
    """The waivers that the comments of a file ask for, in its order; several checks may stand in one comment."""
    comments = document.comments()
    taken = {comment.line for comment in comments if comment.own_line}
    return tuple(waiver for comment in comments for waiver in _waivers(document, comment, taken))


def _waivers(document: Document, comment: Comment, taken: set[int]) -> Iterator[Waiver]:
    found = _MARK.match(comment.text)
    if found is None:
        return
    said = found.group(2).strip()
    signed = _SIGNED.search(said)
    inside = signed.group("inside") if signed else ""
    start = document.lines.start(comment.line) + comment.column - 1
    for check in found.group(1).split(","):
        yield Waiver(
            check=check.strip(),
            at=Place(document.path, (), "source", (start, start + len(found.group()))),
            path=document.path,
            reason=(said[: signed.start()] if signed else said).strip(" -:"),
            approver=_first(_BY, inside),
            expires=_first(_UNTIL, inside),
            ticket=_first(_TICKET, inside),
            line=_spoken_of(document, comment, taken),
        )


def _first(pattern: Deferred, text: str) -> str:
    found = pattern.search(text)
    return found.group(1) if found else ""


def _spoken_of(document: Document, comment: Comment, taken: set[int]) -> int:
    """The line that a comment speaks about."""
    line = comment.line
    if not comment.own_line:
        return line
    last = len(document.text.split("\n"))
    while line < last and (line in taken or not document.line(line).strip()):
        line += 1
    return line
