"""The texts below a decoded value, each with the name it goes by: its key, or the `name` beside a `value`.

Functions that only wrap a text (`jsonencode`, `Fn::Base64`, `!Sub`) are looked through, those that fetch one are not.
A text that is a JSON document is entered as well. Nothing is resolved.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.written_secrets.hosts_beside import HostsBeside
from nhilint.formats.written_secrets.leaf import Leaf
from nhilint.model.place import Place
from nhilint.source.value import Expression, Tagged

if TYPE_CHECKING:
    from nhilint.source.value import Value

Sensitive = Callable[[str, dict[str, "Value"]], bool]
"""Whether the schema marks a key of a mapping as a secret's."""
Branches = Callable[[Expression], "Iterable[Value]"]
"""What an expression may come to: the lists and mappings between which it chooses."""

_DEEPEST = 30
_MOST = 50_000
_LONGEST = 65_536
_NAMING = ("name", "Name", "key", "Key", "ParameterKey")
_VALUES = frozenset({"value", "Value", "plaintext_value", "ParameterValue"})
_SAME_NAME = frozenset(
    {*_VALUES, "default", "Default", "defaultValue", "Fn::Base64", "Fn::Sub", "Fn::If", "Fn::Join", "plaintext"}
)
"""Keys below which a text goes by the name of what holds them."""
_ELSEWHERE = frozenset(
    {"Ref", "Fn::GetAtt", "Fn::ImportValue", "Fn::FindInMap", "Fn::Select", "secure", "valueFrom", "ValueFrom"}
)
"""Keys below which only references and ciphertexts stand."""
_WRAPPING = frozenset(
    {"jsonencode", "yamlencode", "base64encode", "base64gzip", "concat", "sensitive", "merge", "tomap", "tostring"}
)
_TAGS = frozenset({"!Sub", "!Base64", "!Join", "!If"})


def not_marked(_key: str, _holder: dict[str, Value]) -> bool:
    """A schema that marks nothing."""
    return False


def not_entered(_stated: Expression) -> Iterable[Value]:
    """A syntax without conditionals."""
    return ()


class Texts:
    """Walks the values of one file."""

    def __init__(self, path: str, sensitive: Sensitive = not_marked, branches: Branches = not_entered) -> None:
        self._path = path
        self._sensitive = sensitive
        self._branches = branches
        self._left = _MOST

    def below(
        self, value: Value, pointer: tuple[str | int, ...], name: str, owner: str = "", *, sensitive: bool = False
    ) -> Iterator[Leaf]:
        """Every text at or below a value, in order."""
        self._left -= 1
        if self._left < 0 or len(pointer) > _DEEPEST:
            return
        if isinstance(value, str):
            yield from self._text(value, pointer, name, owner, sensitive=sensitive)
        elif isinstance(value, Tagged):
            if value.tag in _TAGS:
                yield from self.below(value.value, pointer, name, owner, sensitive=sensitive)
        elif isinstance(value, Expression):
            yield from self._expression(value, pointer, name, owner, sensitive=sensitive)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                yield from self.below(item, (*pointer, index), name, owner, sensitive=sensitive)
        elif isinstance(value, dict):
            yield from self._mapping(value, pointer, name, owner, sensitive=sensitive)

    def _mapping(
        self, value: dict[str, Value], pointer: tuple[str | int, ...], name: str, owner: str, *, sensitive: bool
    ) -> Iterator[Leaf]:
        beside = next((said for key in _NAMING if isinstance(said := value.get(key), str) and " " not in said), "")
        hosts = HostsBeside(value)
        for key, inner in value.items():
            if key in _ELSEWHERE or not isinstance(key, str):
                continue
            called = beside if key in _VALUES and beside else name if key in _SAME_NAME else key.strip('"')
            marked = self._sensitive(key, value) or (sensitive and key in _SAME_NAME)
            leaves = self.below(inner, (*pointer, key), called, owner, sensitive=marked)
            if isinstance(inner, str) and hosts.are_this_machine(key):
                leaves = (replace(leaf, reached_here=True) for leaf in leaves)
            yield from leaves

    def _text(
        self, text: str, pointer: tuple[str | int, ...], name: str, owner: str, *, sensitive: bool
    ) -> Iterator[Leaf]:
        at = Place(self._path, pointer)
        inner = _document(text)
        if inner is None:
            yield Leaf(name, text[:_LONGEST], at, owner, sensitive)
            return
        yield from self._within(text, Texts("").below(inner, (), name, owner), pointer)

    def _within(self, text: str, leaves: Iterable[Leaf], pointer: tuple[str | int, ...]) -> Iterator[Leaf]:
        """Leaves that were found in a text which stands at one place."""
        for leaf in leaves:
            start = text.find(leaf.text) if leaf.text else -1
            at = Place(self._path, pointer)
            yield replace(leaf, at=at, start=start if start >= 0 else None)

    def _expression(
        self, value: Expression, pointer: tuple[str | int, ...], name: str, owner: str, *, sensitive: bool
    ) -> Iterator[Leaf]:
        if value.function is None:
            if value.text.startswith(("<<", '"')):
                start = 0 if value.text.startswith("<<") else None
                yield Leaf(name, value.text[:_LONGEST], Place(self._path, pointer), owner, start=start)
                return
            for branch in self._branches(value) if len(pointer) < _DEEPEST else ():
                inner = Texts("", self._sensitive, self._branches).below(branch, (), name, owner, sensitive=sensitive)
                yield from self._within(value.text, inner, pointer)
        elif value.function in _WRAPPING:
            for index, argument in enumerate(value.arguments):
                yield from self.below(argument, (*pointer, index), name, owner, sensitive=sensitive)
        elif value.function == "templatefile" and len(value.arguments) > 1:
            yield from self.below(value.arguments[1], (*pointer, 1), name, owner)


def _document(text: str) -> Value:
    """The JSON document that a text is; None where it is another one."""
    stripped = text.strip()
    if stripped[:1] not in ("{", "[") or stripped[-1:] not in ("}", "]") or len(text) > _LONGEST:
        return None
    try:
        found = json.loads(stripped)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict | list) else None
