"""Blocks that are made only once somebody sets a variable: by the defaults of their module and of all that call it,
their `count` or `for_each` makes nothing, and no file of values that is loaded by itself says otherwise.

They stay, since whoever sets the variable gets them; what is said of them is less grave than of what runs anyway. A
policy that only such blocks name is one of them, and so is a module that only such calls make. Where Terragrunt calls,
what it leaves out may be inherited, and nothing is told.
Source: developer.hashicorp.com/terraform/language/values/variables (defaults), from a survey, page not re-read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.on_request import OnRequest, standing_for
from nhilint.formats.terraform.files_on_request import files_on_request
from nhilint.formats.terraform.named_documents import texts_in
from nhilint.formats.terraform.resolver import Resolver
from nhilint.formats.terraform.switched_off import is_off, settled, switches
from nhilint.formats.terraform.waited_for import switch_of
from nhilint.model.place import Place
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.on_request import Switch
    from nhilint.formats.terraform.module import Block, Called, Module
    from nhilint.model.resource import Resource
    from nhilint.source.value import Value

_POLICY = Deferred(r"(?<![\w-])(aws_iam_policy_document|aws_iam_policy)\.([\w-]+)")
_POLICIES = ("aws_iam_policy_document", "aws_iam_policy")


def on_request(modules: Iterable[Module]) -> Iterator[Resource]:
    """The one resource that names such blocks; none where there are none. After what is never made was left out."""
    held = list(modules)
    known = settled([one for module in held for one in (module, *module.apart)])
    ways = [way for module in held for way in module.apart or [module]]
    calls = {id(way): {} if id(way) in known else _waiting(way) for way in ways}
    whole = _only_on_request(ways, calls)
    found: dict[Place, Switch] = {}
    made: set[Place] = set()
    for way in ways:
        waiting = calls[id(way)]
        for at in (
            *(one.at for one in (*way.resources.values(), *way.data.values())),
            *(c.spot.place for c in way.fetched),
        ):
            switch = whole.get(id(way)) or waiting.get(at)
            if switch is None:
                made.add(at)
            else:
                found.setdefault(at, switch)
    files = {Place(path): switch for path, switch in files_on_request(ways, known).items()}
    blocks = tuple(OnRequest(at, switch) for at, switch in (found | files).items() if at not in made)
    if blocks:
        yield standing_for(blocks)


def _waiting(module: Module) -> dict[Place, Switch]:
    """The blocks and calls of a module that its values leave out as they are, each with the variable that decides."""
    resolver = Resolver(module)
    found: dict[Place, Switch] = {}
    held: list[Block | Called] = [*module.resources.values(), *module.data.values(), *module.fetched, *module.calls]
    for block in held:
        if switches(block.body) and is_off(block, resolver):
            switch = switch_of(block.body.get("count", block.body.get("for_each")), module)
            if switch is not None:
                found[block.spot.place] = switch
    return found | _carried_by(module, found) if found else found


def _carried_by(module: Module, waiting: dict[Place, Switch]) -> dict[Place, Switch]:
    """The policies that only waiting blocks name, and those that only such policies do."""
    bodies = [(block.spot.place, block.body) for block in _all(module)]
    users: dict[tuple[str, str], list[Place | None]] = {}
    for at, body in (*bodies, *((None, value) for value in _used_besides(module))):
        for key in {named for text in texts_in(body) for named in _POLICY.findall(text)}:
            users.setdefault(key, []).append(at)
    found: dict[Place, Switch] = {}
    for kind in reversed(_POLICIES):
        for (own, label), block in (*module.resources.items(), *module.data.items()):
            named = [at for at in users.get((kind, label), ()) if at != block.spot.place] if own == kind else []
            told = [found.get(at) or waiting.get(at) for at in named if at is not None]
            if named and len(told) == len(named) and None not in told and told[0] is not None:
                found[block.spot.place] = told[0]
    return found


def _all(module: Module) -> Iterator[Block | Called]:
    yield from module.resources.values()
    yield from module.data.values()
    yield from module.calls
    yield from module.elsewhere


def _used_besides(module: Module) -> Iterator[Value]:
    yield from (local.value for local in module.locals.values())
    yield from module.outputs.values()


def _only_on_request(modules: list[Module], calls: dict[int, dict[Place, Switch]]) -> dict[int, Switch]:
    """The modules that only such calls make, or modules that are made so, with the variable of the first."""
    found: dict[int, Switch] = {}
    more = True
    while more:
        more = False
        for module in modules:
            live = [(by, call) for by, call in module.callers if all(call is not idle for idle in by.idle)]
            told = [found.get(id(by)) or calls.get(id(by), {}).get(call.spot.place) for by, call in live]
            if id(module) not in found and told and None not in told and told[0] is not None:
                found[id(module)] = told[0]
                more = True
    return found
