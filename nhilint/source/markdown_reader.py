"""Markdown with YAML front matter becomes {'frontmatter': mapping or None, 'body': text}.

Front matter stands between a first line `---` and the next line `---`. It is handed to the YAML reader together with
everything before it (`---` starts a YAML document), so its offsets hold for the whole file. What the body says is not
looked into, apart from its comments.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Generic, NamedTuple

from nhilint.source.comment import Comment, comment_at
from nhilint.source.deferred import Deferred
from nhilint.source.frontmatter import CONTENT, PLACES, VALUES, Made, recover
from nhilint.source.lines import Lines
from nhilint.source.place import Place, Reader, Reading
from nhilint.source.unreadable import Remark, Unreadable, UnreadableKind
from nhilint.source.yaml_reader import find_comments as find_yaml_comments
from nhilint.source.yaml_reader import remarks
from nhilint.source.yaml_walk import Node, Oddity, walk

if TYPE_CHECKING:
    from nhilint.source.limits import Limits
    from nhilint.source.value import Value

_OPENING = Deferred(r"(?:[ \t]*\r?\n)*---[ \t]*\r?\n")
_CLOSING = Deferred(r"^---[ \t]*(?:\r?\n|\Z)", flags=re.MULTILINE)
_COMMENT = Deferred(
    r"^ {0,3}(?P<ticks>`{3,})[^`\n]*\n(?s:.*?)(?:^ {0,3}(?P=ticks)|\Z)"
    r"|^ {0,3}(?P<tildes>~{3,})(?s:.*?)(?:^ {0,3}(?P=tildes)|\Z)"
    r"|(?<!`)(?P<code>`+)(?!`)[^`\n]*(?P=code)(?!`)"
    r"|(?P<comment><!--(?s:.*?)(?:-->|\Z))",
    flags=re.MULTILINE,
)
"""A fenced block, code within a line, or a comment; what is never closed runs to the end."""


class _Split(NamedTuple):
    """Where front matter, after its opening line, begins and ends, and where the body begins."""

    start: int
    end: int
    body: int


class _Front(NamedTuple, Generic[Node]):
    """What was made of the front matter; the fault is set when YAML refused it and it was read line by line."""

    node: Node | None
    body: int
    oddities: list[Oddity]
    fault: Unreadable | None = None


def read_markdown(text: str, limits: Limits) -> Reading:
    """The front matter and the body of a Markdown text.

    Front matter that is no YAML is read line by line, with the remark 'lenient-frontmatter'; Unreadable when that
    fails too. An opening line that is never closed leaves everything to the body, with a remark.
    """
    front = _front(text, VALUES, limits)
    found = list(remarks(text, front.oddities))
    if front.fault is not None:
        message = f"the front matter is no valid YAML ({front.fault.message}); it was read line by line"
        found.append(Remark(message, front.fault.line or 1, front.fault.column or 1, "lenient-frontmatter"))
    if front.body == 0 and _OPENING.match(text):
        found.append(Remark("what looks like front matter is no mapping, or is never closed", 1, 1, "no-frontmatter"))
    value: dict[str, Value] = {"frontmatter": front.node, "body": text[front.body :]}
    return Reading(value, tuple(found))


def find_places(text: str, limits: Limits) -> Place:
    """The places of both parts; front matter has no key, so it is shown by its first character."""
    front = _front(text, PLACES, limits)
    node = front.node or Place(0, 0)
    return Place(0, len(text), children={"frontmatter": node, "body": Place(front.body, len(text))})


def find_comments(text: str) -> tuple[Comment, ...]:
    """YAML comments of the front matter, and `<!-- -->` of the body outside code."""
    split = _split(text)
    start = split.body if split else 0
    found = list(find_yaml_comments(text[: split.end])) if split else []
    if "<!--" not in text:
        return tuple(found)
    lines = Lines(text)
    hits = (hit.span("comment") for hit in _COMMENT.finditer(text, start) if hit["comment"])
    found.extend(comment_at(text, lines, *span) for span in hits)
    return tuple(found)


def _split(text: str) -> _Split | None:
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    return _Split(opening.end(), closing.start(), closing.end()) if opening and closing else None


def _front(text: str, made: Made[Node], limits: Limits) -> _Front[Node]:
    split = _split(text)
    if split is None:
        return _Front(None, 0, [])
    try:
        documents, oddities = walk(text[: split.end], made.build(text, 0), limits)
    except Unreadable as fault:
        if fault.kind is not UnreadableKind.MALFORMED:
            raise
        recovered = recover(text, split.start, split.end, made, limits)
        if recovered is None:
            raise
        return _Front(recovered[0], split.body, recovered[1], fault)
    if not CONTENT.search(text, split.start, split.end):
        return _Front(None, split.body, [])
    node = documents[0]
    is_mapping = made.build(text, 0).keys_of(node) is not None
    return _Front(node, split.body, oddities) if is_mapping else _Front(None, 0, [])


MARKDOWN = Reader(read_markdown, find_places, find_comments)
