"""Blocks whose `count` or `for_each` is known to make nothing are taken out of their module.

What a committed `terraform.tfvars` or `*.auto.tfvars` says, and a local, is followed through conditions and functions.
The default of a variable counts only in a folder that has such a file, and so do the arguments of a module in the calls
that start there: elsewhere a module waits for somebody to switch it on. Source:
developer.hashicorp.com/terraform/language/meta-arguments/count and …/for_each, partly re-read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from nhilint.formats.terraform.resolver import Resolver

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.formats.terraform.module import Block, Called, Module, Spot
    from nhilint.source.value import Value

_Key = TypeVar("_Key")


def leave_out_what_is_switched_off(modules: Iterable[Module]) -> None:
    """Take such resources, data sources and calls of modules from elsewhere out; after all arguments are known."""
    held = list(modules)
    settled = _settled(held)
    for module in held:
        bodies = (b.body for blocks in (module.resources, module.data) for b in blocks.values())
        if any(map(_switches, (*bodies, *(called.body for called in module.fetched)))):
            _leave_out(module, known=id(module) in settled)


def _settled(modules: list[Module]) -> set[int]:
    """The modules whose values the repository itself settles: those with a file of values, and all that they call."""
    settled: set[int] = set()
    waiting = [module for module in modules if module.given]
    while waiting:
        module = waiting.pop()
        if id(module) not in settled:
            settled.add(id(module))
            waiting.extend(module.children.values())
    return settled


def _leave_out(module: Module, *, known: bool) -> None:
    before = module.variables, module.arguments
    if not known:
        module.variables, module.arguments = {}, {}
    resolver = Resolver(module)
    resources, data = _made(module.resources, resolver), _made(module.data, resolver)
    fetched = [called for called in module.fetched if not _is_off(called, resolver)]
    module.variables, module.arguments = before
    module.resources, module.data, module.fetched = resources, data, fetched


def _made(blocks: dict[_Key, Block], resolver: Resolver) -> dict[_Key, Block]:
    return {key: block for key, block in blocks.items() if not _is_off(block, resolver)}


def _switches(body: dict[str, Value]) -> bool:
    return "count" in body or "for_each" in body


def _is_off(block: Block | Called, resolver: Resolver) -> bool:
    if "count" in block.body:
        return _counts_none(block.body["count"], block.spot.to("count"), resolver)
    if "for_each" not in block.body:
        return False
    each = resolver.node(block.body["for_each"], block.spot.to("for_each"))
    return (each.is_list or each.is_mapping) and not list(each.entries() if each.is_mapping else each.items())


def _counts_none(value: Value, spot: Spot, resolver: Resolver) -> bool:
    told = resolver.node(value, spot).value
    return (isinstance(told, int | float) and not told) or told in ("0", "false")
