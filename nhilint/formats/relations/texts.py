"""Where the text of a model stands: a file of its own, or a value of a YAML file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.node import Node
from nhilint.model.place import Place
from nhilint.source.document import Syntax

if TYPE_CHECKING:
    from nhilint.source.document import Document

_LONGEST = 500_000


class Written(NamedTuple):
    """A model's text, and the place that holds it."""

    text: str
    at: Place
    is_file: bool

    def place(self, start: int, end: int) -> Place:
        """The place of a stretch of the text."""
        if self.is_file:
            return Place(self.at.path, (), "source", (start, end))
        return self.at.within_text(start, end)


def written(document: Document, key: str) -> Written | None:
    """The text of a model; `key` names the value that holds it in YAML. None where there is none."""
    if document.syntax is Syntax.TEXT:
        return Written(document.text[:_LONGEST], Place(document.path), is_file=True)
    node = Node.root(document)[key]
    return Written(node.value[:_LONGEST], node.at, is_file=False) if isinstance(node.value, str) else None


def name_of(document: Document) -> str:
    """What a model is called: its file."""
    return document.path.rpartition("/")[2].partition(".")[0]
