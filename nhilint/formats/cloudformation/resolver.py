"""Values of a template become nodes: intrinsic functions are replaced by what they give, places stay the file's own.

Source: docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html, read
2026-11-22. Both spellings are read (`!Sub x`, `{"Fn::Sub": x}`). What cannot be told becomes a text `${name}`, which
the policy reader takes for unknown where it stands alone, and for a part of unknown content inside a longer text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import Assembled, mapping, sequence
from nhilint.formats.aws.embedded import embedded
from nhilint.formats.cloudformation.conditions import call_of, holds
from nhilint.formats.node import ABSENT
from nhilint.model.place import Place, Pointer
from nhilint.source.deferred import Deferred
from nhilint.source.value import Tagged

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from nhilint.formats.cloudformation.scope import Scope
    from nhilint.formats.node import Node
    from nhilint.source.value import Value

    Lender = Callable[[str], tuple[Value, Place] | None]

_DOCUMENTS = frozenset(
    {"PolicyDocument", "AssumeRolePolicyDocument", "KeyPolicy", "ResourcePolicy", "RepositoryPolicyText", "PolicyText"}
)
_MOST_NODES = 200_000
_MOST_LENT = 5
"""How often what is lent may lend again; a file may name itself."""
_PART = Deferred(r"\$\{([^{}]*)\}")
_ODD = Deferred(r"[^\w.-]+")


class Resolver:
    """Resolves the values of one template."""

    def __init__(
        self, scope: Scope, path: str, fill: Callable[[str], str] = str, lend: Lender = lambda _text: None
    ) -> None:
        """`fill` resolves what another tool would fill into texts before CloudFormation sees them; `lend` tells which
        list or object of this or another file that tool puts in the place of a text."""
        self._fill = fill
        self._lend = lend
        self._lent = 0
        self.scope = scope
        self.path = path
        self._left = _MOST_NODES
        self._functions: dict[str, Callable[[Value, Pointer], Assembled]] = {
            "Ref": self._ref,
            "Sub": self._sub,
            "GetAtt": self._get_attribute,
            "Join": self._join,
            "If": self._if,
            "FindInMap": self._find_in_map,
            "Select": self._select,
            "Split": self._split,
            "ToJsonString": self.node,
        }

    def node(self, value: Value, pointer: Pointer) -> Assembled:
        """The node of a value; absent for `AWS::NoValue`."""
        self._left -= 1
        if self._left < 0:
            return self._unknown("too much", pointer)
        if isinstance(value, Tagged):
            return self._call(value.tag.lstrip("!"), value.value, pointer)
        if isinstance(value, dict):
            name = next(iter(value)) if len(value) == 1 else ""
            if name == "Ref" or name.startswith("Fn::"):
                return self._call(name.removeprefix("Fn::"), value[name], (*pointer, name))
            inner = {key: self.property(key, value[key], (*pointer, key)) for key in value}
            return mapping(inner, self.place(pointer))
        if isinstance(value, list):
            items = [one for index, item in enumerate(value) for one in self._entries(item, (*pointer, index))]
            return sequence(items, self.place(pointer))
        return self._text_node(value, pointer) if isinstance(value, str) else Assembled(value, self.place(pointer))

    def _entries(self, item: Value, pointer: Pointer) -> list[Assembled]:
        """What an entry of a list gives: itself, or each of two records between which only a deployment decides."""
        function, argument = call_of(item)
        if function != "If" or not isinstance(argument, list) or len(argument) != 3:
            return [self.node(item, pointer)]
        at = pointer if isinstance(item, Tagged) else (*pointer, "Fn::If")
        branches = self._branches(argument, at)
        both = len(branches) == 2 and argument[1] != argument[2] and all(branch.is_mapping for branch in branches)
        return branches if both else [self._either(argument, branches, at)]

    def _text_node(self, text: str, pointer: Pointer) -> Assembled:
        lent = self._lend(text) if "{" in text and self._lent < _MOST_LENT else None
        if lent is None:
            return Assembled(self._fill(text), self.place(pointer))
        (value, at), here = lent, self.path
        self._lent, self.path = self._lent + 1, at.path
        try:
            return self.node(value, at.pointer)
        finally:
            self._lent, self.path = self._lent - 1, here

    def property(self, name: str, value: Value, pointer: Pointer) -> Assembled:
        """The node of a property; a policy document may also be written as JSON in a text."""
        if name in _DOCUMENTS and (read := self._document(value, pointer)) is not None:
            return read
        return self.node(value, pointer)

    def _document(self, value: Value, pointer: Pointer) -> Assembled | None:
        if isinstance(value, str):
            return embedded(value, self.place(pointer), self._fill)
        if isinstance(value, Tagged) and value.tag == "!Sub":
            value = value.value
        elif isinstance(value, dict) and list(value) == ["Fn::Sub"]:
            value, pointer = value["Fn::Sub"], (*pointer, "Fn::Sub")
        else:
            return None
        text, own = _template(value)
        at = pointer if text is value else (*pointer, 0)
        if text is None:
            return None
        return embedded(text, self.place(at), lambda part: self._filled(part, own, pointer))

    def text(self, value: Value, pointer: Pointer) -> str:
        """A value as text, with `${…}` for what cannot be told."""
        return _text(self.node(value, pointer))

    def _call(self, function: str, argument: Value, pointer: Pointer) -> Assembled:
        call = self._functions.get(function)
        return call(argument, pointer) if call else self._unknown(function, pointer)

    def _ref(self, argument: Value, pointer: Pointer) -> Assembled:
        if argument == "AWS::NoValue":
            return Assembled(ABSENT, self.place(pointer))
        found = self.scope.reference(str(argument))
        if found is None:
            return self._unknown(str(argument), pointer)
        if isinstance(found, list):
            return sequence([Assembled(item, self.place(pointer)) for item in found], self.place(pointer))
        return Assembled(found, self.place(pointer))

    def _get_attribute(self, argument: Value, pointer: Pointer) -> Assembled:
        if isinstance(argument, list) and len(argument) > 1:
            argument = f"{argument[0]}.{argument[1]}"
        return Assembled(self._named(str(argument)), self.place(pointer))

    def _named(self, name: str) -> str:
        """What `${name}` within a `Fn::Sub` gives: `Name`, or `Resource.Attribute`."""
        resource, dot, attribute = name.partition(".")
        found = self.scope.attribute(resource, attribute) if dot else self.scope.reference(name)
        return str(found) if isinstance(found, str | int | float) else f"${{{_ODD.sub('.', name)}}}"

    def _sub(self, argument: Value, pointer: Pointer) -> Assembled:
        text, own = _template(argument)
        if text is None:
            return self._unknown("Sub", pointer)
        return Assembled(self._filled(text, own, pointer), self.place(pointer))

    def _filled(self, text: str, own: Value, pointer: Pointer) -> str:
        """A text with every `${…}` replaced, by names of its own first."""
        names = own if isinstance(own, dict) else {}

        def filled(match: re.Match[str]) -> str:
            name = match.group(1).strip()
            if name.startswith("!"):
                return f"${{{name[1:]}}}"
            return self.text(names[name], pointer) if name in names else self._named(name)

        return _PART.sub(filled, self._fill(text))

    def _join(self, argument: Value, pointer: Pointer) -> Assembled:
        if not isinstance(argument, list) or len(argument) != 2:
            return self._unknown("Join", pointer)
        parts = self.node(argument[1], pointer)
        if not parts.is_list:
            return self._unknown("Join", pointer)
        return Assembled(str(argument[0]).join(_text(part) for part in parts.items()), self.place(pointer))

    def _if(self, argument: Value, pointer: Pointer) -> Assembled:
        """The branch of the defaults; else the only one that says something; else unknown."""
        if not isinstance(argument, list) or len(argument) != 3:
            return self._unknown("If", pointer)
        return self._either(argument, self._branches(argument, pointer), pointer)

    def _branches(self, argument: list[Value], pointer: Pointer) -> list[Assembled]:
        """The branch of the defaults, or both where the template cannot tell."""
        told = holds(str(argument[0]), self)
        taken = (1, 2) if told is None else (1 if told else 2,)
        return [self.node(argument[index], (*pointer, index)) for index in taken]

    def _either(self, argument: list[Value], branches: list[Assembled], pointer: Pointer) -> Assembled:
        stated = [branch for branch in branches if branch.exists]
        if len(stated) == 1 or len(branches) == 1 or argument[1] == argument[2]:
            return stated[0] if stated else branches[0]
        return self._unknown(str(argument[0]), pointer) if stated else branches[0]

    def _find_in_map(self, argument: Value, pointer: Pointer) -> Assembled:
        if not isinstance(argument, list) or len(argument) < 3:
            return self._unknown("FindInMap", pointer)
        keys = [self.text(key, pointer) for key in argument[:3]]
        found = self.scope.mapped(keys[0], keys[1], keys[2])
        if isinstance(found, str | int | float | list):
            return self.node(found, pointer) if not isinstance(found, list) else self._listed(found, pointer)
        return self._unknown("FindInMap", pointer)

    def _listed(self, values: list[Value], pointer: Pointer) -> Assembled:
        plain = [Assembled(v, self.place(pointer)) for v in values if isinstance(v, str | int | float)]
        return sequence(plain, self.place(pointer))

    def _select(self, argument: Value, pointer: Pointer) -> Assembled:
        if isinstance(argument, list) and len(argument) == 2 and str(argument[0]).isdigit():
            found = self.node(argument[1], pointer)[int(str(argument[0])[:6])]
            if isinstance(found, Assembled) and found.exists:
                return found
        return self._unknown("Select", pointer)

    def _split(self, argument: Value, pointer: Pointer) -> Assembled:
        if isinstance(argument, list) and len(argument) == 2 and argument[0]:
            text = self.text(argument[1], pointer)
            if "${" not in text:
                return self._listed(list(text.split(str(argument[0]))), pointer)
        return self._unknown("Split", pointer)

    def _unknown(self, name: str, pointer: Pointer) -> Assembled:
        return Assembled(f"${{{_ODD.sub('.', name)[:60]}}}", self.place(pointer))

    def place(self, pointer: Pointer) -> Place:
        """The place of what a route of the template leads to."""
        return Place(self.path, pointer)


def _template(argument: Value) -> tuple[str | None, Value]:
    """The text of a `Fn::Sub` and the names of its own."""
    if isinstance(argument, list) and len(argument) in (1, 2) and isinstance(argument[0], str):
        return argument[0], argument[1] if len(argument) == 2 else None
    return (argument, None) if isinstance(argument, str) else (None, None)


def _text(node: Node) -> str:
    if isinstance(node.value, bool):
        return "true" if node.value else "false"
    return str(node.value) if isinstance(node.value, str | int | float) else "${list}"
