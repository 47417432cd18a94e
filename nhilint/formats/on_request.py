"""What a file states and is made only once somebody sets a switch: a variable of Terraform, a parameter of a template.

Each format says which of its blocks wait so; what is found in them is told one step less gravely, with the switch.
"""

from __future__ import annotations

from msgspec import Struct

from nhilint.model.fact import Known
from nhilint.model.place import Place
from nhilint.model.resource import Resource
from nhilint.model.vocabulary.identity import Identity

FORMAT = "on-request"
SET, FALSE, EMPTY, OTHERWISE = "set", "false", "empty", "set otherwise"
"""What a switch has to be, where it is no word; the last where it is the only one that a condition names."""
LIST_WITH = "a list with "
"""How a switch begins that has to list a word, which comes behind."""


class Switch(Struct, frozen=True):
    """A variable of the outermost module, or a part of one that is an object, with what it has to be: `set`, `false`,
    `empty`, `set otherwise`, a word, a word behind `not `, or a list with a word."""

    name: str
    part: str = ""
    wanted: str = SET

    @property
    def said(self) -> str:
        """As a condition: `agent.on is set`."""
        return f"{self.name}.{self.part} is {self.wanted}" if self.part else f"{self.name} is {self.wanted}"


class Parameter(Switch, frozen=True):
    """A parameter of a template, with the word that it has to be."""


class OnRequest(Struct, frozen=True):
    """A block, or the whole file of a policy, that is made only where a switch is what it is not by default."""

    at: Place
    switch: Switch


class BlocksOnRequest(Resource, frozen=True):
    """All such blocks of a tree. It stands among the resources until what they declare is judged."""

    blocks: tuple[OnRequest, ...] = ()


def standing_for(blocks: tuple[OnRequest, ...]) -> BlocksOnRequest:
    """The one resource that names the blocks; there is at least one."""
    at = Place(blocks[0].at.path)
    return BlocksOnRequest("identity", at.path, FORMAT, Identity(at=at, name=Known("", at)), blocks=blocks)
