"""What skills, commands and subagents share: front matter, body, names, hooks, credentials in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.claude.templates import engine_template
from nhilint.formats.mcp.dialect import Expansion
from nhilint.formats.mcp.holding import Slot, read_slot
from nhilint.formats.node import Node
from nhilint.knowledge.credentials import scan
from nhilint.model.fact import Fact, Known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.model.vocabulary.credential import Credential
    from nhilint.source.document import Document

_LONGEST_TEXT = 1_000_000
_MOST_CREDENTIALS = 50


class Definition(NamedTuple):
    """The parts of one file: `fields` is the front matter, `body` the text under it."""

    fields: Node
    body: Node


def read_definition(document: Document) -> Definition:
    """The front matter and the body of a Markdown file."""
    root = Node.root(document, engine_template)
    return Definition(root["frontmatter"], root["body"])


def stem_of(path: str) -> str:
    """The name that a file has by its path: its folder for SKILL.md, else its own without the ending."""
    *folders, name = path.split("/")
    if name.lower() == "skill.md":
        return folders[-1] if folders else "skill"
    return name.rsplit(".", 1)[0]


def switch(node: Node) -> bool | None:
    """A boolean of front matter, in any of the spellings that Claude Code takes; None when it is not stated."""
    if isinstance(node.value, bool):
        return node.value
    word = str(node.value).strip().lower() if isinstance(node.value, str | int) else ""
    return {
        "true": True,
        "yes": True,
        "on": True,
        "1": True,
        "false": False,
        "no": False,
        "off": False,
        "0": False,
    }.get(word)


def count_of(node: Node) -> Fact[int]:
    """A number of steps or turns."""
    number = node.number()
    return Known(int(number.value), number.at) if isinstance(number, Known) and abs(number.value) < 1e9 else None


def credentials_in(body: Node) -> Iterator[Credential]:
    """Credentials of an unmistakable shape that stand in the text."""
    if not isinstance(body.value, str):
        return
    text = body.value[:_LONGEST_TEXT]
    for count, match in enumerate(scan(text)):
        if count >= _MOST_CREDENTIALS:
            return
        slot = Slot("text", body.at, "text", sensitive=False, start=match.start)
        yield from read_slot(text[match.start : match.end], slot, Expansion())[0]
