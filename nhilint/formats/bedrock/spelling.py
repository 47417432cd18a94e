"""One resource in the four spellings of AWS: templates, Terraform, the toolkit's YAML and the CLI's JSON.

`AllowedAudience`, `allowed_audience` and `allowedAudience` are one key, and a Terraform block is a list of one mapping.
So a route is written once, in the spelling of CloudFormation, and found in any of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.formats.aws.words import OWN_ACCOUNT, OWN_REGION, unfilled
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.capability import RunsAs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact
    from nhilint.model.place import Place


class Hosted(Struct, frozen=True):
    """One declared resource: its type without `AWS::`, the name it goes by, its properties.

    `roles` are the places of roles of the same configuration, by the property that refers to them.
    """

    kind: str
    name: str
    node: Node
    at: Place
    roles: Mapping[str, Place] = {}

    def __getitem__(self, route: str) -> Node:
        """A property, by keys in turn with dots between them."""
        return part(self.node, *route.split("."))

    def runs_as(self, *properties: str) -> RunsAs | None:
        """The identity that the first of these properties that is there names."""
        for name in properties:
            node = self[name]
            if node.exists and node.value not in (None, ""):
                home = self.roles.get(plain(name))
                named = told(node) if home is None else Known(str(node.value).rsplit("/", 1)[-1], node.at)
                declared = Known(value=True, at=home) if home is not None else None
                return RunsAs(at=node.at, identity=named, declared=declared)
        return None


def part(node: Node, *route: str) -> Node:
    """The node at the end of a route; of a list of blocks the first is entered."""
    for name in route:
        if node.is_list and node.value:
            node = node[0]
        node = node[_spelt(node, name)]
    return node


def blocks(node: Node) -> Iterator[Node]:
    """The mappings of a list, or one mapping alone."""
    return (item for item in node.items() if item.is_mapping)


def told(node: Node) -> Fact[str]:
    """The text of a node; unknown where a part of it is filled in later."""
    fact = node.text()
    if isinstance(fact, Known) and (
        reason := unfilled(str(fact.value).replace(OWN_ACCOUNT, "").replace(OWN_REGION, ""))
    ):
        return Unknown(reason, fact.at)
    return fact


def is_stated(node: Node) -> bool:
    """Whether a list or value says something at all."""
    return node.exists and node.value not in (None, "", [], {})


def plain(name: str) -> str:
    """A key as every spelling of it reads."""
    return name.replace("_", "").lower()


def _spelt(node: Node, name: str) -> str:
    if isinstance(node.value, dict) and name not in node.value:
        wanted = plain(name)
        return next((key for key in node.value if isinstance(key, str) and plain(key) == wanted), name)
    return name
