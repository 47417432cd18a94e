"""A module that is called with different arguments is read once for every call, each with what that call hands over.

So a module of roles that one call makes an administrator's and another a reader's is neither for both. A call with
`for_each` counts once for every key. Source: developer.hashicorp.com/terraform/language/modules/syntax and
…/meta-arguments/for_each, read 2026-11-22.
"""

from __future__ import annotations

from copy import copy
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.formats.terraform.resolver import Resolver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from nhilint.formats.node import Node
    from nhilint.formats.terraform.module import Called, Module
    from nhilint.source.value import Value

_MOST = 24
"""A module that is called in more ways is read once, with what is different left unknown."""

Given = dict[str, "Node"]


class Turn(Struct, frozen=True):
    """One call of a module, or one instance of it, with what it hands over."""

    caller: Module
    called: Called
    key: str | None
    given: Given


def turns(
    callers: Iterable[tuple[Module, Called]], names: Iterable[str], read: Callable[[Called, str, Resolver], Node | None]
) -> list[Turn]:
    """Every way in which a module is called, in the order of its callers; empty where there are too many."""
    wanted = list(names)
    found = list(islice(_turns(callers, wanted, read), _MOST + 1))
    return found if len(found) <= _MOST else []


def _turns(
    callers: Iterable[tuple[Module, Called]], names: list[str], read: Callable[[Called, str, Resolver], Node | None]
) -> Iterator[Turn]:
    for base, called in callers:
        for caller in base.apart or [base]:
            resolver = Resolver(caller)
            for key in resolver.instance_keys(called):
                with resolver.instance(called, key):
                    given = {name: read(called, name, resolver) for name in names}
                yield Turn(caller, called, key, {name: node for name, node in given.items() if node is not None})


def read_apart(module: Module, variables: Mapping[str, Value], found: list[Turn]) -> None:
    """Keep with a module what it is in each of the ways in which it is called, where they differ."""
    ways: list[tuple[dict[str, object], list[Turn]]] = []
    for turn in found:
        said = {name: plain(node) for name, node in turn.given.items()}
        same = next((held for other, held in ways if other == said), None)
        if same is None:
            ways.append((said, [turn]))
        else:
            same.append(turn)
    if len(ways) > 1:
        module.apart = [_in_one_way(module, variables, held) for _, held in ways]
        for number, one in enumerate(module.apart[1:], 2):
            one.way = f"~{number}"


def _in_one_way(module: Module, variables: Mapping[str, Value], held: list[Turn]) -> Module:
    one = copy(module)
    one.variables, one.arguments = dict(variables), dict(held[0].given)
    one.callers = [(turn.caller, turn.called) for turn in held]
    one.children, one.idle, one.apart = dict(module.children), [], []
    of_callers = (version for caller, _ in module.callers for version in caller.provider_versions)
    one.provider_versions = [*module.provider_versions, *of_callers]  # it is written for all of them
    for turn in held:
        if turn.key is None:
            turn.caller.children[turn.called.name] = one
    return one


def plain(node: Node) -> object:
    """A node as data that compares by what it says."""
    if node.is_mapping:
        return {key: plain(inner) for key, inner in node.entries()}
    if node.is_list:
        return [plain(item) for item in node.items()]
    return node.value
