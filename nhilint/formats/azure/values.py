"""Expressions of a Bicep file or ARM template become nodes: parameters with defaults, variables, plain functions.

Source: learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions, read 2026-11-22. What only a deployment
can tell is a text with `${…}`; a part of a resource is `${@KEY.properties.principalId}`, which says whose it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import Assembled, mapping, sequence
from nhilint.formats.azure.stated import Default
from nhilint.formats.azure.tree import Array, Call, Literal, Loop, Member, Name, Object, Text, Unclear
from nhilint.formats.node import ABSENT

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhilint.formats.azure.tree import Expr
    from nhilint.formats.node import Node
    from nhilint.model.place import Place

_DEEPEST = 40
_MOST = 60_000
_MOST_LOOP = 60
_LONGEST_NUMBER = 6
_ROLES = "microsoft.authorization/roledefinitions"
_IDS = frozenset({"resourceid", "subscriptionresourceid", "tenantresourceid", "extensionresourceid"})
_SAME = frozenset({"string", "tolower", "trim", "any", "json"})
_SUBSCRIPTION = "/subscriptions/${subscription}"
_SAYING_NOTHING = frozenset({"${expression}", "${condition}", "${value}"})
"""What stands for a value that is not followed: the name under which it is used says more."""


class Values:
    """Evaluates expressions where names mean what `lookup` says and offsets stand where `place` says."""

    def __init__(self, lookup: Callable[[str], Node | None], place: Callable[[int, int], Place]) -> None:
        self._lookup = lookup
        self._place = place
        self._loops: list[tuple[str, Node]] = []
        self._left = _MOST
        self._depth = 0

    def node(self, expression: Expr) -> Node:
        """The node of an expression."""
        at = self._place(expression.start, expression.end)
        self._left -= 1
        if self._left < 0 or self._depth > _DEEPEST:
            return Assembled("${too much}", at)
        self._depth += 1
        try:
            return self._node(expression, at)
        finally:
            self._depth -= 1

    def text(self, expression: Expr) -> str:
        """The text of an expression, with `${…}` for what cannot be told."""
        return spelled(self.node(expression))

    def _node(self, expression: Expr, at: Place) -> Node:  # noqa: PLR0911 - one for each sort of expression
        match expression:
            case Literal():
                return Assembled(ABSENT if expression.value is None else expression.value, at)
            case Text():
                return Assembled("".join(p if isinstance(p, str) else self.text(p) for p in expression.parts), at)
            case Object():
                return mapping({key: self.node(value) for key, value in expression.entries}, at)
            case Array():
                return sequence([self.node(item) for item in expression.items], at)
            case Loop():
                return self._loop(expression, at)
            case Name():
                return self._name(expression.name, at)
            case Member():
                return self._member(expression, at)
            case Call():
                return self._call(expression, at)
            case Unclear():
                return Assembled("${expression}", at)

    def _name(self, name: str, at: Place) -> Node:
        for known, node in reversed(self._loops):
            if known == name:
                return node
        found = self._lookup(name)
        if found is None or (found.is_text and found.value in _SAYING_NOTHING):
            return Assembled(f"${{{name}}}", at)
        return _used(found, at)

    def _loop(self, loop: Loop, at: Place) -> Node:
        source = self.node(loop.source)
        items = list(source.items())[:_MOST_LOOP] if source.is_list else [Assembled(f"${{{loop.name}}}", at)]
        found: list[Node] = []
        for item in items:
            self._loops.append((loop.name, item))
            try:
                found.append(self.node(loop.body))
            finally:
                self._loops.pop()
        return sequence(found, at)

    def _member(self, member: Member, at: Place) -> Node:
        base = self.node(member.base)
        key = None if isinstance(member.name, str) else self.node(member.name)
        name = str(member.name) if key is None else spelled(key)
        if base.is_mapping:
            inner = next((node for entry, node in base.entries() if entry.lower() == name.lower()), None)
            if inner is None:
                return Assembled(f"${{{name}}}", at)
            if key is not None:
                return _used(inner, key.at)
            return inner if self._is_turn(member.base) else _used(inner, at)
        if base.is_list and key is not None:
            inner = _at_index(base, name)
            return inner if inner is not None else Assembled(f"${{{name}}}", at)
        if base.is_text and str(base.value).startswith("${@") and str(base.value).endswith("}"):
            return Assembled(_part(str(base.value)[:-1], name), at)
        return Assembled(f"${{{name}}}", at)

    def _is_turn(self, base: Expr) -> bool:
        """Whether something is what a loop goes through, whose elements each have a place that tells them apart."""
        return isinstance(base, Name) and any(known == base.name for known, _ in self._loops)

    def _call(self, call: Call, at: Place) -> Node:  # noqa: PLR0911 - one return for each function
        name = call.name.lower()
        if name in ("parameters", "variables") and call.arguments:
            found = self._lookup(f"{name}:{self.text(call.arguments[0])}")
            return found if found is not None else Assembled("${parameter}", at)
        if name in ("subscription", "resourcegroup", "managementgroup", "tenant") and not call.arguments:
            return Assembled(f"${{@{name}}}", at)
        if name == "resourcegroup":
            return Assembled("${@resourcegroup}", at)
        if name == "subscription":
            return Assembled("${@subscription}", at)
        if name == "managementgroup":
            return Assembled("${@managementgroup}", at)
        if name == "copyindex":
            return self._turn(call, at)
        if name == "reference" and call.arguments:
            return Assembled(f"${{@{self.text(call.arguments[0]).replace('${', '<').replace('}', '>')}}}", at)
        if name in _IDS and call.arguments:
            named = [self.node(part) for part in call.arguments]
            return Assembled(_resource_id(list(map(spelled, named))), named[-1].at)
        if name in _SAME and len(call.arguments) == 1:
            return self.node(call.arguments[0])
        return self._joined(name, call, at)

    def _turn(self, call: Call, at: Place) -> Node:
        """The number of the turn of an ARM loop, the one that is named or the one at hand, with what is added to it."""
        parts = [self.node(part) for part in call.arguments[:2]]
        named = next((str(part.value) for part in parts if part.is_text), "")
        turn = self._lookup(f"copyindex:{named}")
        added = next((part.value for part in parts if isinstance(part.value, int | float)), 0)
        known = turn is not None and isinstance(turn.value, int) and 0 <= added < _MOST
        return Assembled(int(turn.value + added), at) if turn is not None and known else Assembled("${copyIndex}", at)

    def _joined(self, name: str, call: Call, at: Place) -> Node:  # noqa: PLR0911 - one for each function
        parts = [self.node(part) for part in call.arguments[:100]]
        if name == "concat" and parts and all(part.is_list for part in parts):
            return sequence([item for part in parts for item in part.items()], at)
        if name == "concat":
            return Assembled("".join(map(spelled, parts)), at)
        if name == "format" and parts:
            text = spelled(parts[0])
            for index, part in enumerate(parts[1:]):
                text = text.replace(f"{{{index}}}", spelled(part))
            return Assembled(text, at)
        if name == "union" and parts and all(part.is_mapping for part in parts):
            return mapping({key: inner for part in parts for key, inner in part.entries()}, at)
        if name == "if" and len(parts) == 3:
            return _either(parts[1], parts[2], at)
        if name == "createarray":
            return sequence(parts, at)
        return _of_collection(name, parts, at) or Assembled(f"${{{name}}}", at)


def _of_collection(name: str, parts: list[Node], at: Place) -> Node | None:
    """How long a list is, its first or last, or an object as the list of its entries."""
    held = parts[0] if parts else None
    if held is None or not (held.is_list or held.is_mapping):
        return None
    if name == "length":
        return Assembled(len(list(held.items() if held.is_list else held.entries())), at)
    if name == "items" and held.is_mapping:
        entries = sorted(held.entries(), key=lambda entry: entry[0])
        return sequence([mapping({"key": Assembled(k, node.at), "value": node}, node.at) for k, node in entries], at)
    if name in ("first", "last") and held.is_list:
        return _at_index(held, "0" if name == "first" else str(len(list(held.items())) - 1))
    return None


def _at_index(held: Node, index: str) -> Node | None:
    """An element of a list; None where its number is not known, or there is none."""
    wanted = int(index) if index.isdecimal() and len(index) < _LONGEST_NUMBER else None
    items = list(held.items()) if wanted is not None else []
    return items[wanted] if wanted is not None and wanted < len(items) else None


def _used(found: Node, at: Place) -> Node:
    """A scalar that the same file names elsewhere counts where it is used; what a caller hands over, where it does."""
    here = not found.is_mapping and not found.is_list and found.at.path == at.path
    return type_of(found)(found.value, at) if here and found.exists else found


def type_of(found: Node) -> type[Assembled]:
    """The sort of node that says the same elsewhere: a default stays one."""
    return Default if isinstance(found, Default) else Assembled


def _either(one: Node, other: Node, at: Place) -> Node:
    """What both branches of a condition give, or the resource that just one of them leads to."""
    if spelled(one) == spelled(other):
        return one
    leading = [node for node in (one, other) if spelled(node).startswith("${@")]
    return leading[0] if len(leading) == 1 else Assembled("${condition}", at)


def spelled(node: Node) -> str:
    """The text of a node, with `${…}` where it has none."""
    if isinstance(node.value, bool):
        return "true" if node.value else "false"
    if isinstance(node.value, float) and node.value.is_integer():
        return str(int(node.value))
    return str(node.value) if isinstance(node.value, str | int | float) else "${value}"


def _part(base: str, name: str) -> str:
    """A part of something that the deployment knows; ids of scopes are spelled out as far as their level."""
    if base == "${@subscription" and name == "id":
        return _SUBSCRIPTION
    if base == "${@resourcegroup" and name == "id":
        return f"{_SUBSCRIPTION}/resourceGroups/${{group}}"
    if base == "${@managementgroup" and name == "id":
        return "/providers/Microsoft.Management/managementGroups/${group}"
    return f"{base}.{name}}}"


def _resource_id(parts: list[str]) -> str:
    """A resource id; the leading subscription and group of the longer forms are left open."""
    at = next((index for index, part in enumerate(parts) if "/" in part and "." in part.split("/", 1)[0]), None)
    if at is None:
        return "${resource}"
    provider, *types = parts[at].split("/")
    names = parts[at + 1 :]
    if parts[at].lower() == _ROLES:
        return f"/providers/Microsoft.Authorization/roleDefinitions/{names[-1] if names else '${role}'}"
    segments = [f"{kind}/{name}" for kind, name in zip(types, names, strict=False)]
    return f"{_SUBSCRIPTION}/resourceGroups/${{group}}/providers/{'/'.join([provider, *segments])}"
