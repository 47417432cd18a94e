"""The Bicep files of a repository become the resources that they deploy, modules taken in where they are called.

Source: learn.microsoft.com/azure/azure-resource-manager/bicep/modules, read 2026-11-22. A file that another one calls
is read with what its callers give, any other by itself with its defaults. Modules of a registry are not at hand.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.formats.aws.assembled import Assembled, mapping, sequence
from nhilint.formats.azure.own_keys import SERVICES, WORKSPACE
from nhilint.formats.azure.registry_modules import made_by_call, module_of_registry
from nhilint.formats.azure.stated import Default
from nhilint.formats.azure.template import TemplateResource
from nhilint.formats.azure.tree import Name, Text
from nhilint.formats.azure.values import Values
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.place import Place
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.azure.bicep import BicepFile
    from nhilint.formats.azure.stated import ScopeLevel
    from nhilint.formats.azure.tree import Declaration
    from nhilint.formats.node import Node

_DEEPEST = 6
_MOST_CALLS = 3_000
_LONGEST_MARK = 200
_MARK = Deferred(r"__\w+__|#\{[^{}]*\}#?|<[^<>]*>|\{\{[^{}]*\}\}")
_OF_INTEREST = (
    "microsoft.authorization/role",
    "microsoft.managedidentity/",
    "microsoft.graph/",
    "microsoft.keyvault/vaults",
)
"""Resources whose bodies are read; of others it is enough that they are there."""
_TARGETS: dict[str, ScopeLevel] = {
    "tenant": "tenant",
    "managementGroup": "management_group",
    "subscription": "subscription",
    "resourceGroup": "resource_group",
}


class Budget(Struct):
    """How many more module calls are followed in one repository."""

    calls: int = _MOST_CALLS


class BicepModule:
    """One file, read with what its caller gives it."""

    def __init__(
        self, file: BicepFile, files: dict[str, BicepFile], given: dict[str, Node], key: str, budget: Budget, depth: int
    ) -> None:
        self._file = file
        self._files = files
        self._given = given
        self._key = key
        self._budget = budget
        self._depth = depth
        self._declared: dict[str, Declaration] = {d.name: d for d in file.declarations if d.keyword != "output"}
        self._known: dict[str, Node | None] = {}
        self._called: dict[str, list[BicepModule]] = {}
        self._values = Values(self._lookup, self._place)

    def resources(self) -> Iterator[TemplateResource]:
        """The resources of the file and of the modules it calls."""
        level = self._level()
        for declared in self._file.declarations:
            if declared.keyword == "resource" and declared.value is not None:
                kind = declared.of.split("@", 1)[0].lower()
                yield from self._declared_resources(declared.name, kind, declared, level)
            elif declared.keyword == "module":
                for module in self._modules(declared):
                    yield from module.resources()
                yield from self._of_registry(declared)

    def _of_registry(self, declared: Declaration) -> Iterator[TemplateResource]:
        """What a module of the public registry makes, where it is one that is read."""
        if declared.value is None or not module_of_registry(declared.of):
            return
        at = self._place(declared.start, declared.start + len("module ") + len(declared.name))
        body = self._values.node(declared.value)
        for index, one in enumerate(list(body.items()) if body.is_list else [body]):
            key = f"{self._key}#{declared.name}" + (f"/{index}" if index else "")
            if one.is_mapping:
                yield from made_by_call(declared.of, one["params"], key, at)

    def stated_parameters(self) -> dict[str, Node]:
        """What a file of parameters hands over."""
        return {
            declared.name: self._values.node(declared.value)
            for declared in self._file.declarations
            if declared.keyword == "param" and declared.value is not None
        }

    def outputs(self) -> Node:
        """What the file hands back to its caller."""
        found = {
            declared.name: self._values.node(declared.value)
            for declared in self._file.declarations
            if declared.keyword == "output" and declared.value is not None
        }
        return mapping(found, Place(self._file.at.path))

    def _declared_resources(
        self, name: str, kind: str, declared: Declaration, level: Fact[ScopeLevel]
    ) -> Iterator[TemplateResource]:
        assert declared.value is not None
        at = self._place(declared.start, declared.start + len("resource ") + len(name))
        if kind not in SERVICES and kind != WORKSPACE and not kind.startswith(_OF_INTEREST):
            yield TemplateResource(kind, f"{self._key}#{name}", mapping({}, at), at, level, declared.existing)
            return
        body = self._values.node(declared.value)
        for index, one in enumerate(list(body.items()) if body.is_list else [body]):
            key = f"{self._key}#{name}" if index == 0 else f"{self._key}#{name}/{index}"
            yield TemplateResource(kind, key, one, at, level, declared.existing)
            for entry, inner in one.entries() if one.is_mapping else ():
                if entry.startswith("resource "):
                    _, inner_name, inner_type = (*entry.split(" ", 2), "")[:3]
                    whole = f"{kind}/{inner_type.split('@', 1)[0].lower()}"
                    child = self._with_parent(inner, key)
                    yield TemplateResource(whole, f"{self._key}#{inner_name}", child, inner.at, level)

    def _with_parent(self, body: Node, key: str) -> Node:
        if not body.is_mapping:
            return body
        return mapping({**dict(body.entries()), "parent": Assembled(f"${{@{key}}}", body.at)}, body.at)

    def _level(self) -> Fact[ScopeLevel]:
        target = next((d for d in self._file.declarations if d.keyword == "targetScope"), None)
        if target is None or target.value is None:
            return Known("resource_group", Place(self._file.at.path))
        at = self._place(target.value.start, target.value.end)
        level = _TARGETS.get(self._values.text(target.value))
        return Known(level, at) if level else Unknown("a scope of another form", at)

    def _lookup(self, name: str) -> Node | None:
        if name not in self._known:
            self._known[name] = None
            self._known[name] = self._meaning(name)
        return self._known[name]

    def _meaning(self, name: str) -> Node | None:
        declared = self._declared.get(name)
        if declared is None:
            return None
        if declared.keyword == "param":
            return self._parameter(declared)
        if declared.keyword == "import":
            return self._imported(declared)
        if declared.keyword == "var":
            return self._values.node(declared.value) if declared.value is not None else None
        at = self._place(declared.start, declared.end)
        if declared.keyword == "module":
            called = self._modules(declared)
            if len(called) == 1:
                return mapping({"outputs": called[0].outputs()}, at)
        return Assembled(f"${{@{self._key}#{name}}}", at)

    def _imported(self, declared: Declaration) -> Node | None:
        """What another file lends under a name, or all of its variables."""
        file = self._files.get(called_path(self._file.at.path, declared.of))
        self._budget.calls -= 1
        if file is None or self._depth >= _DEEPEST or self._budget.calls < 0:
            return None
        lender = BicepModule(file, self._files, {}, f"{self._key}>{declared.name}", self._budget, self._depth + 1)
        at = self._place(declared.start, declared.end)
        if isinstance(declared.value, Name):
            found = lender.lent(declared.value.name)
            return moved(found, at) if found is not None else None
        variables = [one.name for one in file.declarations if one.keyword == "var"]
        return mapping({name: moved(node, at) for name in variables if (node := lender.lent(name)) is not None}, at)

    def lent(self, name: str) -> Node | None:
        """The value of a variable of the file."""
        declared = self._declared.get(name)
        return self._lookup(name) if declared is not None and declared.keyword == "var" else None

    def _parameter(self, declared: Declaration) -> Node | None:
        if declared.name in self._given:
            return self._given[declared.name]
        empty = isinstance(declared.value, Text) and declared.value.parts in (("",), ())
        found = self._values.node(declared.value) if declared.value is not None and not empty else None
        return Default(found.value, found.at) if found is not None and isinstance(found.value, bool) else found

    def _modules(self, declared: Declaration) -> list[BicepModule]:
        """The files that a module declaration calls, once for each turn of its loop."""
        if declared.name not in self._called:
            self._called[declared.name] = []
            self._called[declared.name] = list(self._calls(declared))
        return self._called[declared.name]

    def _calls(self, declared: Declaration) -> Iterator[BicepModule]:
        file = self._files.get(called_path(self._file.at.path, declared.of))
        if file is None or self._depth >= _DEEPEST or declared.value is None:
            return
        body = self._values.node(declared.value)
        for index, one in enumerate(list(body.items()) if body.is_list else [body]):
            self._budget.calls -= 1
            if self._budget.calls < 0 or not one.is_mapping:
                return
            given = {name: node for name, node in one["params"].entries() if node.exists}
            key = f"{self._key}>{declared.name}{index or ''}"
            yield BicepModule(file, self._files, given, key, self._budget, self._depth + 1)

    def _place(self, start: int, end: int) -> Place:
        return Place(self._file.at.path, (), "value", (start, end))


def called_path(caller: str, module: str) -> str:
    """The path of a local module; a registry's reference gives a path that no file has."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(caller), module))


def roots(files: dict[str, BicepFile]) -> Iterable[BicepFile]:
    """The files that no other one calls."""
    called = {
        called_path(file.at.path, declared.of)
        for file in files.values()
        for declared in file.declarations
        if declared.keyword == "module"
    }
    return (file for path, file in files.items() if path not in called and used_by(file) is None)


def used_by(file: BicepFile) -> str | None:
    """The path of the file that parameters are for; None for any other file."""
    using = next((declared.of for declared in file.declarations if declared.keyword == "using"), None)
    return called_path(file.at.path, using) if using is not None else None


def parameter_files(files: dict[str, BicepFile]) -> dict[str, list[BicepFile]]:
    """The files of parameters by the path of the file that they are for."""
    found: dict[str, list[BicepFile]] = defaultdict(list)
    for file in files.values():
        if (path := used_by(file)) is not None:
            found[path].append(file)
    return found


def parameters_in(stated: Iterable[BicepFile], files: dict[str, BicepFile], budget: Budget) -> dict[str, Node]:
    """What files of parameters for one file hand over; where several do, what they agree on."""
    given = [BicepModule(one, files, {}, one.at.path, budget, 0).stated_parameters() for one in stated]
    first, *others = given or [{}]
    same = {name: node for name, node in first.items() if all(_says(node) == _says(one.get(name)) for one in others)}
    return {name: node for name, node in same.items() if node.exists and not _is_filled_in_later(node)}


def _is_filled_in_later(node: Node) -> bool:
    """Whether a value is empty or a mark that a pipeline replaces: `__id__`, `#{id}#`, `<id>`, `{{ id }}`."""
    text = str(node.value) if node.is_text else "stated"
    return text == "" or _MARK.fullmatch(text[:_LONGEST_MARK]) is not None


def moved(node: Node, at: Place) -> Node:
    """A value of another file, told where it is taken in; so it counts where it is used."""
    if node.is_mapping:
        return mapping({key: moved(inner, at) for key, inner in node.entries()}, at)
    if node.is_list:
        return sequence([moved(item, at) for item in node.items()], at)
    return Assembled(node.value, at)


def _says(node: Node | None) -> object:
    """A node as data that compares by what it says."""
    if node is None or node.is_mapping:
        return node and [(key, _says(inner)) for key, inner in node.entries()]
    return [_says(item) for item in node.items()] if node.is_list else node.value
