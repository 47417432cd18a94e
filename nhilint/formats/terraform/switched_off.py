"""Blocks whose `count` or `for_each` is known to make nothing are taken out of their module.

What a committed `terraform.tfvars` or `*.auto.tfvars` says, and a local, is followed through conditions and functions.
The default of a variable counts in a folder that has such a file, and so do the arguments of a module in the calls that
start there; it also counts in a module that the repository calls, where no call names the variable. Elsewhere a module
waits for somebody to switch it on. An argument that every caller writes out (`create = false`) counts everywhere, and a
module that is called only by blocks which make nothing holds nothing.
Source: developer.hashicorp.com/terraform/language/meta-arguments/count and …/for_each, partly re-read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.terraform.named_documents import documents_named
from nhilint.formats.terraform.resolver import Resolver

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.terraform.module import Block, Called, Module, Spot
    from nhilint.source.value import Value

_Key = tuple[str, str]
_DOCUMENT = "aws_iam_policy_document"


def leave_out_what_is_switched_off(modules: Iterable[Module]) -> None:
    """Take such resources, data sources and calls of modules from elsewhere out; after all arguments are known."""
    held = list(modules)
    known = settled(held)
    for module in held:
        bodies = (b.body for blocks in (module.resources, module.data) for b in blocks.values())
        calls = (called.body for called in (*module.fetched, *module.calls))
        if any(map(switches, (*bodies, *calls))):
            _leave_out(module, known=id(module) in known)
    for module in _never_made(held):
        module.resources, module.data, module.fetched, module.clusters = {}, {}, [], []


def settled(modules: list[Module]) -> set[int]:
    """The modules whose values the repository itself settles: those with a file of values, and all that they call."""
    found: set[int] = set()
    waiting = [module for module in modules if module.given]
    while waiting:
        module = waiting.pop()
        if id(module) not in found:
            found.add(id(module))
            waiting.extend(module.children.values())
    return found


def _leave_out(module: Module, *, known: bool) -> None:
    before = module.variables, module.arguments
    if not known:
        written = {name: node for name, node in module.arguments.items() if name in module.literal}
        module.variables, module.arguments = _left_at_default(module), written
    resolver = Resolver(module)
    resources, data = _made(module.resources, resolver), _made(module.data, resolver)
    fetched = [called for called in module.fetched if not is_off(called, resolver)]
    module.idle = [called for called in module.calls if is_off(called, resolver)]
    module.variables, module.arguments = before
    idle = _named_by_idle_alone(module, resources)
    module.resources, module.fetched = resources, fetched
    module.data = {key: block for key, block in data.items() if key not in idle}


def _named_by_idle_alone(module: Module, made: dict[_Key, Block]) -> set[_Key]:
    """The policy documents that no block names but those which make nothing."""
    left = [block.body for key, block in module.resources.items() if key not in made]
    named = {(_DOCUMENT, label) for body in left for label in documents_named(body)}
    if not named:
        return set()
    kept = (block.body for block in (*made.values(), *module.data.values()))
    others = (*kept, *(called.body for called in (*module.calls, *module.elsewhere)))
    values = (*others, *(local.value for local in module.locals.values()), *module.outputs.values())
    return named - {(_DOCUMENT, label) for value in values for label in documents_named(value)}


def _left_at_default(module: Module) -> dict[str, Value]:
    """The variables with a written default that no call of the repository names; a call of Terragrunt's may inherit."""
    bodies = [called.body for _, called in module.callers]
    if not bodies or any(called.spot.place.pointer[:1] != ("module",) for _, called in module.callers):
        return {}
    named = set[str]().union(*bodies)
    return {
        name: value
        for name, value in module.variables.items()
        if name not in named and isinstance(value, str | bool | int | float | list | dict)
    }


def _never_made(modules: list[Module]) -> Iterator[Module]:
    """The modules that are called, but only by blocks which make nothing or from modules that are never made."""
    gone: set[int] = set()
    found = True
    while found:
        found = False
        for module in modules:
            if id(module) not in gone and module.callers and all(_is_idle(call, gone) for call in module.callers):
                gone.add(id(module))
                found = True
                yield module


def _is_idle(call: tuple[Module, Called], gone: set[int]) -> bool:
    caller, called = call
    return id(caller) in gone or any(called is idle for idle in caller.idle)


def _made(blocks: dict[_Key, Block], resolver: Resolver) -> dict[_Key, Block]:
    return {key: block for key, block in blocks.items() if not is_off(block, resolver)}


def switches(body: dict[str, Value]) -> bool:
    """Whether a block says how often it is made."""
    return "count" in body or "for_each" in body


def is_off(block: Block | Called, resolver: Resolver) -> bool:
    """Whether a block makes nothing by the values that a resolver has."""
    if "count" in block.body:
        return _counts_none(block.body["count"], block.spot.to("count"), resolver)
    if "for_each" not in block.body:
        return False
    each = resolver.node(block.body["for_each"], block.spot.to("for_each"))
    return (each.is_list or each.is_mapping) and not list(each.entries() if each.is_mapping else each.items())


def _counts_none(value: Value, spot: Spot, resolver: Resolver) -> bool:
    told = resolver.node(value, spot).value
    return (isinstance(told, int | float) and not told) or told in ("0", "false")
