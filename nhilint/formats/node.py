"""A cursor over a document's plain values that remembers where it stands and yields facts.

Extractors walk with it instead of indexing: a missing key is an absent node, a wrong type or a template is an Unknown
fact, and every fact knows its place. Nothing here knows a format; what counts as a template is the format's to say.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.place import Place

if TYPE_CHECKING:
    from nhilint.model.place import Pointer
    from nhilint.source.document import Document

Templates = Callable[[str], str | None]
"""Says why a text cannot be taken as it stands ("a template"), or None when it can."""


class _Absent:
    """The value of a node that is not there."""

    def __repr__(self) -> str:
        return "absent"


ABSENT: Final = _Absent()


def no_templates(_text: str) -> str | None:
    """Takes every text as it stands."""
    return None


class Node:
    """One value of a document with its place."""

    __slots__ = ("path", "pointer", "templates", "value")

    def __init__(self, value: Any, path: str, pointer: Pointer = (), templates: Templates = no_templates) -> None:
        self.value = value
        self.path = path
        self.pointer = pointer
        self.templates = templates

    @classmethod
    def root(cls, document: Document, templates: Templates = no_templates) -> Node:
        """The node of the whole document."""
        return cls(document.value, document.path, (), templates)

    # -- where ---------------------------------------------------------------------------------------------------

    @property
    def at(self) -> Place:
        """The place of this node."""
        return Place(self.path, self.pointer)

    @property
    def key(self) -> str:
        """The last key of the route, as text; empty at the root."""
        return str(self.pointer[-1]) if self.pointer else ""

    # -- what ----------------------------------------------------------------------------------------------------

    @property
    def exists(self) -> bool:
        """Whether the file states it, be it null."""
        return self.value is not ABSENT

    @property
    def is_mapping(self) -> bool:
        """Whether it is a mapping."""
        return isinstance(self.value, dict)

    @property
    def is_list(self) -> bool:
        """Whether it is a list."""
        return isinstance(self.value, list)

    @property
    def is_text(self) -> bool:
        """Whether it is a text."""
        return isinstance(self.value, str)

    def is_one_of(self, values: Container[str | int]) -> bool:
        """Whether it is one of some texts or numbers; never of a list or mapping, which no set could hold."""
        return isinstance(self.value, (str, int)) and self.value in values

    # -- walking -------------------------------------------------------------------------------------------------

    def __getitem__(self, key: str | int) -> Node:
        whole = self.value
        value: Any = ABSENT
        if isinstance(whole, dict):
            value = whole.get(key, ABSENT)
        elif isinstance(whole, list) and isinstance(key, int) and 0 <= key < len(whole):
            value = whole[key]
        return Node(value, self.path, (*self.pointer, key), self.templates)

    def value_under(self, key: str) -> Any:
        """The value under a key, or `ABSENT`: `node[key].value`, without a node of which nobody asks the place."""
        return self.value.get(key, ABSENT) if isinstance(self.value, dict) else ABSENT

    def values_under(self, key: str) -> Sequence[Any]:
        """The values of `node[key].items()`, without nodes of which nobody asks the place."""
        value = self.value_under(key)
        if isinstance(value, list):
            return value
        return () if value is ABSENT or value is None else (value,)

    def at_path(self, *keys: str | int) -> Node:
        """The node reached by several keys in turn."""
        node = self
        for key in keys:
            node = node[key]
        return node

    def first(self, *keys: str) -> Node:
        """The first of several spellings of one key that is there; else the absent node of the first."""
        for key in keys:
            node = self[key]
            if node.exists:
                return node
        return self[keys[0]]

    def entries(self) -> Iterator[tuple[str, Node]]:
        """The entries of a mapping in file order; nothing for anything else."""
        if isinstance(self.value, dict):
            for key in self.value:
                yield str(key), self[key]

    def items(self) -> Iterator[Node]:
        """The items of a list; a lone value counts as a list of one; nothing when absent or null."""
        if isinstance(self.value, list):
            for index in range(len(self.value)):
                yield self[index]
        elif self.exists and self.value is not None:
            yield self

    # -- facts ---------------------------------------------------------------------------------------------------

    def text(self) -> Fact[str]:
        """The text, numbers and booleans in their usual spelling; Unknown for a template or another type."""
        if not self.exists or self.value is None:
            return None
        value = self.value
        if isinstance(value, bool):
            value = "true" if value else "false"
        elif isinstance(value, int | float):
            value = str(value)
        if not isinstance(value, str):
            return Unknown(_describe(self.value), self.at)
        reason = self.templates(value)
        return Unknown(reason, self.at) if reason else Known(value, self.at)

    def boolean(self, default: bool | None = None) -> Fact[bool]:
        """The boolean; `default` is what the product assumes when the key is missing."""
        if not self.exists or self.value is None:
            return None if default is None else Known(default, self.at)
        if isinstance(self.value, bool):
            return Known(self.value, self.at)
        return Unknown(_describe(self.value), self.at)

    def number(self) -> Fact[float]:
        """The number."""
        if not self.exists or self.value is None:
            return None
        if isinstance(self.value, int | float) and not isinstance(self.value, bool):
            return Known(float(self.value), self.at)
        return Unknown(_describe(self.value), self.at)

    def texts(self) -> Fact[tuple[str, ...]]:
        """A list of texts, or one text; Unknown as a whole when one of them is."""
        if not self.exists or self.value is None:
            return None
        found: list[str] = []
        for item in self.items():
            fact = item.text()
            if isinstance(fact, Unknown):
                return fact
            if fact is not None:
                found.append(fact.value)
        return Known(tuple(found), self.at)

    def known(self, value: Any) -> Known[Any]:
        """A fact with a value of the caller's, placed here."""
        return Known(value, self.at)

    def unknown(self, reason: str) -> Unknown:
        """An unknown fact placed here."""
        return Unknown(reason, self.at)


def _describe(value: object) -> str:
    """Why a value of the wrong type is not known, in words."""
    tag = getattr(value, "tag", None)
    if isinstance(tag, str):
        return f"a value with the tag {tag}"
    if hasattr(value, "text"):
        return "an expression"
    if isinstance(value, Mapping):
        return "a mapping where a value was expected"
    if isinstance(value, list):
        return "a list where a value was expected"
    return "not of the expected type"


def first_texts(node: Node, most: int) -> Iterator[Node]:
    """The texts among the first `most` items of a list."""
    return (item for item in islice(node.items(), most) if item.is_text)
