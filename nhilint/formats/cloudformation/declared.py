"""The resources of a template, each with its type and its resolved properties."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.formats.aws.assembled import mapping
from nhilint.formats.cloudformation.loops import stated_resources
from nhilint.formats.cloudformation.scope import section
from nhilint.source.value import Tagged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.cloudformation.resolver import Resolver
    from nhilint.formats.node import Node
    from nhilint.model.place import Place, Pointer
    from nhilint.source.value import Value

_MOST = 2_000


class Declared(Struct, frozen=True):
    """One resource: its logical id, type and place. Properties are resolved when they are asked for."""

    logical_id: str
    kind: str
    at: Place
    route: Pointer
    """The keys that lead to it in its template, from where its resolver counts."""
    raw: dict[str, Value]
    resolver: Resolver
    fills_in_account: bool = False
    """Whether its template has its own account filled in somewhere."""

    def __getitem__(self, name: str) -> Node:
        """A property; absent where the template does not state it."""
        if name not in self.raw:
            return mapping({}, self.at)[name]
        return self.resolver.property(name, self.raw[name], (*self.route, "Properties", name))

    def name(self, *properties: str) -> str:
        """The name that it will have, where the template fixes one; else its logical id."""
        stated = self._fixed(properties)
        return self.logical_id if stated is None else str(stated.value)

    def named_at(self, *properties: str) -> Place | None:
        """Where the template fixes its name; None where the name is left to CloudFormation or to a parameter."""
        stated = self._fixed(properties)
        return None if stated is None else stated.at

    def _fixed(self, properties: tuple[str, ...]) -> Node | None:
        for name in properties:
            stated = self[name]
            if stated.is_text and "${" not in str(stated.value):
                return stated
        return None

    def mentions(self, name: str) -> Iterator[tuple[str, Node]]:
        """The entries of a list property: the logical id that each refers to (empty for none), and the entry."""
        raw = self.raw.get(name)
        for index, item in enumerate(raw if isinstance(raw, list) else [raw]):
            pointer = (*self.route, "Properties", name, *((index,) if isinstance(raw, list) else ()))
            node = self.resolver.node(item, pointer)
            for entry in node.items():
                yield referred(item) or referred_branch(item), entry


def declared(
    template: dict[str, Value], resolver: Resolver, within: Pointer = (), *, fills_in: bool = False
) -> Iterator[Declared]:
    """The resources of a template in file order. `within` leads to the template, where it is a part of the file;
    `fills_in` says that its own account is filled in somewhere."""
    for logical_id, body, pointer in islice(stated_resources(template), _MOST):
        if isinstance(body.get("Type"), str):
            kind, route, raw = str(body["Type"]), (*within, *pointer), section(body, "Properties")
            yield Declared(logical_id, kind, resolver.place(route), route, raw, resolver, fills_in)


def referred(value: Value) -> str:
    """The logical id that a value refers to by `Ref`, `Fn::GetAtt` or a `Fn::Sub` of nothing else; else empty."""
    function, argument = "", value
    if isinstance(value, Tagged):
        function, argument = value.tag.lstrip("!"), value.value
    elif isinstance(value, dict) and len(value) == 1:
        function = next(iter(value)).removeprefix("Fn::")
        argument = next(iter(value.values()))
    if function == "GetAtt" and isinstance(argument, list) and argument:
        return str(argument[0])
    if not isinstance(argument, str):
        return ""
    if function == "Sub" and argument.startswith("${") and argument.find("}") == len(argument) - 1:
        return argument[2:-1].partition(".")[0]
    return argument.partition(".")[0] if function in ("Ref", "GetAtt") else ""


def referred_branch(value: Value) -> str:
    """The logical id in the one branch of a `Fn::If` that has one; else empty."""
    argument: Value = None
    if isinstance(value, Tagged) and value.tag == "!If":
        argument = value.value
    elif isinstance(value, dict) and list(value) == ["Fn::If"]:
        argument = value["Fn::If"]
    if not isinstance(argument, list):
        return ""
    found = [name for name in map(referred, argument[1:]) if name and name != "AWS::NoValue"]
    return found[0] if len(found) == 1 else ""
