"""What a module leaves to whoever calls it: whether a block is made at all, and which of many modules it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from nhilint.formats.terraform.module import Block, Module
    from nhilint.source.value import Value

_VARIABLE = Deferred(r"\bvar\.([\w-]+)")


def others_decide(block: Block, module: Module) -> bool:
    """Whether a block is made only where a variable asks for it that neither a file of values nor a caller of the
    module settles: a module for others, who say whether they want it."""
    return any(_is_open(block.body.get(name), module) for name in ("count", "for_each"))


def _is_open(value: Value, module: Module) -> bool:
    asked = _VARIABLE.findall(value.text) if isinstance(value, Expression) and not module.given else ()
    if not module.arguments:
        return bool(asked)
    return any("${" in str(module.arguments[name].value) for name in asked if name in module.arguments)


def only_call(module: Module) -> str:
    """The one call of a module, in its caller's words and with the caller's folder; empty where there are several."""
    places = {called.spot.place for _, called in module.callers}
    names = [called.name for _, called in module.callers]
    folder = next(iter(places)).path.rpartition("/")[0] if len(places) == 1 else ""
    return (f"module.{names[0]}" + (f" in {folder}" if folder else "")) if len(places) == 1 else ""
