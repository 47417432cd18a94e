"""A node put together by a reader whose file spells the policy language in its own way.

Statements and trusts are read from nodes whose keys are the policy language's own. Where a file states them through
functions, references or blocks, its reader resolves the values and gives each the place that states it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.node import ABSENT, Node

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nhilint.model.place import Place
    from nhilint.source.value import Value


class Assembled(Node):
    """A scalar, or a mapping or list of nodes, each with a place of its own."""

    __slots__ = ("_place",)

    def __init__(self, value: object, place: Place) -> None:
        super().__init__(value, place.path, place.pointer)
        self._place = place

    @property
    def at(self) -> Place:
        """The place that states the value."""
        return self._place

    def __getitem__(self, key: str | int) -> Node:
        value: object = ABSENT
        if isinstance(self.value, dict):
            value = self.value.get(key, ABSENT)
        elif isinstance(self.value, list) and isinstance(key, int) and 0 <= key < len(self.value):
            value = self.value[key]
        return value if isinstance(value, Node) else Assembled(ABSENT, self._place)

    def value_under(self, key: str) -> object:
        """The value under a key, or `ABSENT`."""
        return self[key].value


class KnownInPart(Assembled):
    """A mapping of which some entries are known, and others come from what only a run can tell.

    It is the text of a template to whoever does not ask for them, as any other value that cannot be told.
    """

    __slots__ = ("part",)

    def __init__(self, part: Assembled, said: str, place: Place) -> None:
        super().__init__(f"${{{said}}}", place)
        self.part = part


def mapping(entries: Mapping[str, Node], place: Place) -> Assembled:
    """A mapping of nodes; absent ones are left out."""
    return Assembled({key: node for key, node in entries.items() if node.exists}, place)


def sequence(items: Sequence[Node], place: Place) -> Assembled:
    """A list of nodes; absent ones are left out."""
    return Assembled([item for item in items if item.exists], place)


def literal(value: Value, place: Place) -> Assembled:
    """Plain data of the reader's own (what a product's shorthand stands for), all of it placed where that stands."""
    if isinstance(value, dict):
        return mapping({key: literal(inner, place) for key, inner in value.items()}, place)
    if isinstance(value, list):
        return sequence([literal(inner, place) for inner in value], place)
    return Assembled(value, place)


def texts_of(node: Node) -> Iterator[str]:
    """Every text of a node that is one or a list of them."""
    return (item.value for item in node.items() if isinstance(item.value, str))
