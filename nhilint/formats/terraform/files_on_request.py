"""Policies in files of their own that a module names only in the branch of a condition that its defaults do not take:
`policy = var.to_s3 ? file("with-s3.json") : file("without.json")`.

Named anywhere else, in a branch that counts or under a condition that nobody can tell, a file is in force.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.terraform.conditionals import branches_of, expression, truth
from nhilint.formats.terraform.files import path_named
from nhilint.formats.terraform.resolver import Resolver
from nhilint.formats.terraform.waited_for import switch_of
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.on_request import Switch
    from nhilint.formats.terraform.module import Block, Called, Module, Spot
    from nhilint.source.value import Value

_FILES = frozenset({"file", "templatefile"})
_LONGEST = 2_000
_DEEPEST = 6
_Named = tuple[str, "Switch | None"]


def files_on_request(ways: Iterable[Module], settled: set[int]) -> dict[str, Switch]:
    """The paths of such files, each with what the first of the conditions waits for; `settled` are the modules whose
    values are those of a run."""
    found: dict[str, Switch] = {}
    made: set[str] = set()
    for way in ways:
        for path, switch in _named(way, is_settled=id(way) in settled):
            if switch is None:
                made.add(path)
            else:
                found.setdefault(path, switch)
    return {path: switch for path, switch in found.items() if path not in made}


def _named(module: Module, *, is_settled: bool) -> Iterator[_Named]:
    reader = _Reader(module, is_settled=is_settled)
    held: list[Block | Called] = [*module.resources.values(), *module.data.values(), *module.calls, *module.elsewhere]
    for block in held:
        yield from reader.within(block.body, block.spot, None, 0)
    for local in module.locals.values():
        yield from reader.within(local.value, local.spot, None, 0)


class _Reader:
    def __init__(self, module: Module, *, is_settled: bool) -> None:
        self._module, self._is_settled = module, is_settled
        self._resolver = Resolver(module)

    def within(self, value: Value, spot: Spot, switch: Switch | None, depth: int) -> Iterator[_Named]:
        """The files that a value names, each with what it waits for."""
        if depth > _DEEPEST:
            return
        if isinstance(value, Expression) and value.function is None:
            yield from self._chosen(value.text, spot, switch, depth)
            return
        inner: Iterable[Value] = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        if isinstance(value, Expression):
            inner = value.arguments
            path = self._path(value, spot)
            if path is not None:
                yield path, switch
        for each in inner:
            yield from self.within(each, spot, switch, depth + 1)

    def _path(self, call: Expression, spot: Spot) -> str | None:
        if call.function not in _FILES or not call.arguments:
            return None
        return path_named(self._resolver.text(call.arguments[0], spot.fix()), spot.place.path)

    def _chosen(self, text: str, spot: Spot, switch: Switch | None, depth: int) -> Iterator[_Named]:
        stated = branches_of(text) if "?" in text and "file(" in text and len(text) <= _LONGEST else None
        if stated is None:
            return
        held = None if self._is_settled else truth(stated[0], spot, self._resolver)
        for branch, taken_when in zip(stated[1:], (True, False), strict=True):
            waits = switch
            if held is not None and held is not taken_when:
                count = f"{stated[0]} ? 1 : 0" if taken_when else f"{stated[0]} ? 0 : 1"
                waits = switch_of(Expression(count), self._module)
            yield from self.within(expression(branch), spot, waits, depth + 1)
