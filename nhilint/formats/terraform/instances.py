"""Names that stand for an element while a block or a `for` is read, and the instances that a block is made in.

Source: developer.hashicorp.com/terraform/language/meta-arguments/for_each, from a survey, page not re-read.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import contextmanager
from typing import TYPE_CHECKING

from nhilint.formats.terraform.comprehensions import NO_ELEMENTS, elements
from nhilint.formats.terraform.conditionals import conditions_of_being, expression
from nhilint.formats.terraform.functions import as_text
from nhilint.formats.terraform.module import NOWHERE
from nhilint.formats.terraform.referents import steps_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nhilint.formats.aws.assembled import Assembled
    from nhilint.formats.node import Node
    from nhilint.formats.terraform.comprehensions import Elements
    from nhilint.formats.terraform.module import Block, Called, Module, Spot
    from nhilint.model.place import Place
    from nhilint.source.value import Value

_MOST_INSTANCES = 40
_KEYED = Deferred(r"^(?:data\.)?\w+\.[\w-]+\[([^\[\]]{1,100})\]")


class Instances(ABC):
    """Keeps what names stand for within the instance of a block of one module that is read just now."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self._bound: dict[str, Node] = {}
        """Names that stand for an element of what is gone through just now."""
        self._gone_through: dict[Place, Elements] = {}
        self.given_that: frozenset[str] = frozenset()
        """Conditions that hold because the block that is read just now would not be made otherwise."""

    @abstractmethod
    def node(self, value: Value, spot: Spot) -> Assembled:
        """The node of a value."""

    @contextmanager
    def binding(self, names: Mapping[str, Node]) -> Iterator[None]:
        """Within it, the names stand for these values."""
        before = self._bound
        self._bound = before | dict(names)
        try:
            yield
        finally:
            self._bound = before

    @contextmanager
    def instance(self, block: Block | Called, key: str | None = None) -> Iterator[None]:
        """Within it, `each` stands for the element of that key, else for what the instances have in common."""
        before, given_that, self._bound = self._bound, self.given_that, {}
        self.given_that = conditions_of_being(block.body.get("count"), self.module)
        over = self._over(block)
        each = over.by_key.get(key, over.common) if key is not None else over.common
        self._bound = {name: node for name, node in before.items() if name != "each"}
        if each is not None:
            self._bound["each"] = each
        try:
            yield
        finally:
            self._bound, self.given_that = before, given_that

    def instance_keys(self, block: Block | Called) -> list[str | None]:
        """The keys of the instances of a block; one without a key where it is made once, or nobody can tell."""
        keys = self._over(block).by_key
        return list(keys) if 0 < len(keys) <= _MOST_INSTANCES else [None]

    def _over(self, block: Block | Called) -> Elements:
        """What the `for_each` of a block goes through, read once for all of its instances."""
        if "for_each" not in block.body:
            return NO_ELEMENTS
        at = block.spot.place
        if at not in self._gone_through:
            self._gone_through[at] = elements(self.node(block.body["for_each"], block.spot.to("for_each")))
        return self._gone_through[at]

    def stated(self, reference: str) -> Node | None:
        """The part of an element that a reference within its instance stands for, at the place that states it."""
        first, *steps = steps_of(reference)
        held = self._bound.get(first)
        for step in steps:
            held = held[step] if held is not None else None
        return held if held is not None and held.exists else None

    def key_of(self, reference: str) -> str | None:
        """The key of the one instance that a reference names; None where it names none, or nobody can tell which."""
        index = _KEYED.search(reference)
        value = expression(index[1]) if index else None
        told = as_text(self.node(value, NOWHERE)) if value is not None else ""
        return told if told and "${" not in told else None
