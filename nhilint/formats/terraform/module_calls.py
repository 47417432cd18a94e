"""What the callers of a module hand to it, and what it is for each of them where they hand over different things.

A `module` block with a path as its source calls the folder of that path. Its arguments are resolved in the caller's own
terms and take the place of the variable's default. Where the callers of a module disagree, it is read for each of them;
for what is seen of it as a whole, the variable is unknown then, unless one of them keeps the default. Calls from
examples and tests do not count for a module that stands elsewhere. Sources that are fetched (registry, git) are not
here to be read. Source: developer.hashicorp.com/terraform/language/modules/syntax, read 2026-11-22.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.formats.terraform.calls_apart import plain, read_apart, turns
from nhilint.formats.terraform.files import FileText
from nhilint.formats.terraform.module import Spot, folder_of
from nhilint.formats.terraform.optional_parts import node_filled_by_type
from nhilint.formats.terraform.resolver import Resolver
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from nhilint.formats.node import Node
    from nhilint.formats.terraform.module import Called, Module
    from nhilint.source.value import Value

_DEEPEST = 12
_DOCUMENT = Deferred(r"^data\.aws_iam_policy_document\.([\w-]+)(?:\[[^\]]*\])?\.json$")
_PLAIN_KEY = Deferred(r'^"?[\w.:/@ -]*"?$')
_MOST_CALLS = 200
"""Calls of one module that are compared."""


class _Call(Struct, frozen=True):
    """One call, and the folder that it stands in."""

    folder: str
    called: Called


def give_arguments(modules: Mapping[str, Module], minor: Collection[str]) -> None:
    """Tell every module what its callers hand to it; `minor` are the folders of examples and tests."""
    calls: dict[str, list[_Call]] = defaultdict(list)
    for folder, module in modules.items():
        lent = {name: modules.get(folder_of(folder, one.folder)) for name, one in module.run.borrowed.items()}
        module.run.lenders.update((name, lender) for name, lender in lent.items() if lender is not None)
        for called in module.calls:
            target = folder_of(folder, called.source)
            if target in modules and target != folder:
                module.children.setdefault(called.name, modules[target])
            counts = folder not in minor or target in minor
            if target in modules and target != folder and counts:
                module.counted.add(called.name)
            if target in modules and target != folder and counts and len(calls[target]) < _MOST_CALLS:
                calls[target].append(_Call(folder, called))
                modules[target].callers.append((module, called))
    told: set[str] = set()
    for folder in modules:
        _tell(folder, modules, calls, told, 0)


def _tell(
    folder: str, modules: Mapping[str, Module], calls: Mapping[str, list[_Call]], told: set[str], depth: int
) -> None:
    """The arguments of one module, after those of its callers."""
    if folder in told or depth > _DEEPEST:
        return
    told.add(folder)
    here = calls.get(folder, [])
    for call in here:
        _tell(call.folder, modules, calls, told, depth + 1)
    if here:
        module = modules[folder]
        variables = dict(module.variables)
        module.left_empty = _left_empty(variables, here)

        def handed(called: Called, name: str, resolver: Resolver) -> Node | None:
            return _handed(called, name, module.types.get(name), resolver)

        ways = turns(module.callers, variables, handed)
        resolvers = {call.folder: Resolver(modules[call.folder]) for call in here}
        for name in variables:
            if not _settle(module, name, [handed(call.called, name, resolvers[call.folder]) for call in here]):
                continue
            for call in here:
                modules[call.folder].handed_on.update(_documents_in(call.called.body.get(name)))
            if all(_is_written_out(call.called.body.get(name), modules[call.folder]) for call in here):
                module.literal.add(name)
        read_apart(module, variables, ways)
        for one in module.apart:
            one.literal = {
                name for name in variables if all(_is_written_out(c.body.get(name), by) for by, c in one.callers)
            }


def _left_empty(variables: Mapping[str, Value], calls: Collection[_Call]) -> set[str]:
    """The variables with an empty default that no call names; one of Terragrunt's may inherit what it leaves out."""
    if any(call.called.spot.place.pointer[:1] != ("module",) for call in calls):
        return set()
    named = set[str]().union(*(call.called.body for call in calls))
    return {name for name, default in variables.items() if default == "" and name not in named}


def _documents_in(value: Value) -> list[str]:
    return _DOCUMENT.findall(value.text) if isinstance(value, Expression) else []


def _is_written_out(value: Value, caller: Module) -> bool:
    """Whether an argument is plain data, a local that is, or the caller's own that its callers write out."""
    if isinstance(value, Expression):
        local = caller.locals.get(value.text.removeprefix("local.")) if value.text.startswith("local.") else None
        own = value.text.startswith("var.") and value.text.removeprefix("var.") in caller.literal
        return own or (local is not None and _is_plain(local.value))
    return _is_plain(value)


def _is_plain(value: Value) -> bool:
    """Whether a value is written out with all its parts."""
    if isinstance(value, dict):
        return all(_PLAIN_KEY.match(key) and _is_plain(part) for key, part in value.items())
    return all(map(_is_plain, value)) if isinstance(value, list) else isinstance(value, str | bool | int | float)


def _handed(called: Called, name: str, kind: Value, resolver: Resolver) -> Node | None:
    """What a call hands over, with what the type of the variable adds to an object."""
    value, spot = called.body.get(name), called.spot.to(name)
    if value is None:
        return None
    document = resolver.document(value, spot)
    if isinstance(document, FileText):
        return document
    stated = document if document.is_mapping else resolver.node(value, spot)
    return node_filled_by_type(stated, kind, lambda part, at: resolver.node(part, Spot(at, fixed=True)))


def _settle(module: Module, name: str, given: list[Node | None]) -> bool:
    """Whether all callers hand over the same, which then counts."""
    stated = [node for node in given if node is not None]
    if not stated or len(stated) < len(given):
        return False
    if any(plain(node) != plain(stated[0]) for node in stated[1:]):
        module.variables[name] = None
        return False
    module.arguments[name] = stated[0]
    return True
