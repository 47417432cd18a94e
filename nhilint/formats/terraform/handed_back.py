"""Policies and roles that a called module makes and hands back by an output, for who attaches one beside the call.

A module of the repository counts with the policy resource that its output names, a call of terraform-aws-modules'
`iam-policy` with the document it is given; indexed calls, and policies made for each of a list, could be several and
stay unknown. A role is known by its name, and by who takes it as its own module says. Source:
developer.hashicorp.com/terraform/language/values/outputs and outputs.tf of modules/iam-policy below
github.com/terraform-aws-modules/terraform-aws-iam (3.0 to 6.5), read 2026-11-22.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.aws.identity import Holding, identity
from nhilint.formats.terraform.known_in_part import known_part, tells_more, told_of_module
from nhilint.formats.terraform.referents import resource_named
from nhilint.model.fact import Known, value_of
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nhilint.formats.node import Node
    from nhilint.formats.terraform.module import Block, Called, Module
    from nhilint.formats.terraform.resolver import Resolver
    from nhilint.model.vocabulary.identity import Identity
    from nhilint.source.value import Value

_OUTPUT = Deferred(r'^"?(?:\$\{)?\s*module\.([\w-]+)\.([\w-]+)\s*\}?"?$')
_ARGUMENT = Deferred(r"^var\.([\w-]+)$")
_IAM_POLICY = Deferred(r"//modules/iam-policy(?:\?|$)")
_ITS_ARN = ("arn", "id")
_ROLE = Deferred(r"(?<![\w.])aws_iam_role\.([\w-]+)")
_LOCAL = Deferred(r"(?<![\w.])local\.([\w-]+)")
_LONGEST = 2_000
_DEEPEST = 4


def document_handed_back(value: Value, resolver: Resolver) -> Node | None:
    """The document of the policy that an output of a called module names; whoever asks for it carries the policy."""
    found = _OUTPUT.match(value.text) if isinstance(value, Expression) and len(value.text) < 300 else None
    if found is None:
        return None
    return _of_module(found[1], found[2], resolver.module) or _of_call(found[1], found[2], resolver)


def with_maker(text: str, facts: Identity, module: Module) -> Identity:
    """A role that a module knows by an output of a call, or by one that Terragrunt hands it, with the name and the
    takers that it has where it is made."""
    from nhilint.formats.terraform.resolver import Resolver

    child, block = role_made(text, module) or _role_lent(text, module) or (None, None)
    if child is None or block is None:
        return facts
    resolver = Resolver(child)
    name = _called(block, text, value_of(facts.name) or block.label, resolver)
    trust = resolver.document(block.body.get("assume_role_policy"), block.spot.to("assume_role_policy"))
    made = identity(Holding(kind="role", name=name, at=facts.at, trust=trust))
    return replace(facts, name=Known(name, facts.at), taken_by=made.taken_by, brings_secrets=made.brings_secrets)


def _called(block: Block, reference: str, other: str, resolver: Resolver) -> str:
    """The name of a role, or what is known of it, or which role of which call it is."""
    stated = "name_prefix" if "name_prefix" in block.body else "name"
    told = resolver.text(block.body.get(stated), block.spot.to(stated))
    if told and "${" not in told and stated == "name":
        return told
    part = known_part(told) + ("…" if told and stated == "name_prefix" else "")
    return part if tells_more(part, block.label) else told_of_module(block.label, reference, other)


def role_made(text: str, module: Module) -> tuple[Module, Block] | None:
    """The role that an output of a call hands back, with the module that declares it."""
    found = _OUTPUT.match(text) if len(text) < 300 else None
    child = module.children.get(found[1]) if found is not None else None
    return _role_of_output(child, found[2]) if found is not None and child is not None else None


def _role_lent(text: str, module: Module) -> tuple[Module, Block] | None:
    """The role that a variable names which Terragrunt fills in, with the module that declares it."""
    argument = _ARGUMENT.match(text) if len(text) < 300 else None
    lender = module.run.lenders.get(argument[1]) if argument is not None else None
    return _role_of_output(lender, module.run.borrowed[argument[1]].output) if argument and lender else None


def _role_of_output(maker: Module, output: str) -> tuple[Module, Block] | None:
    value = maker.outputs.get(output)
    key = resource_named(value)
    block = maker.resources.get(key) if key is not None else _only_role_in(value, maker)
    return (maker, block) if block is not None and block.kind == "aws_iam_role" else None


def _only_role_in(value: Value, maker: Module) -> Block | None:
    """The one role that an output names among other things, such as one that is looked up where none is made: it counts
    where it is known to be made."""
    from nhilint.formats.terraform.resolver import Resolver

    labels = _roles_in(value, maker, set())
    block = maker.resources.get(("aws_iam_role", labels.pop())) if len(labels) == 1 else None
    if block is None or "for_each" in block.body:
        return None
    count = Resolver(maker).node(block.body.get("count", 1), block.spot.to("count")).value
    return block if count == 1 else None


def _roles_in(value: Value, maker: Module, seen: set[str], depth: int = 0) -> set[str]:
    """The labels of the roles that a value names, also by locals, each of which is looked into once."""
    if isinstance(value, dict | list) and depth < _DEEPEST:
        parts: Iterable[Value] = value.values() if isinstance(value, dict) else value
        return set[str]().union(*(_roles_in(part, maker, seen, depth + 1) for part in parts))
    if not isinstance(value, Expression) or len(value.text) > _LONGEST or depth > _DEEPEST:
        return set()
    found = {*_ROLE.findall(value.text)}
    for name in _LOCAL.findall(value.text):
        if name in maker.locals and name not in seen:
            seen.add(name)
            found |= _roles_in(maker.locals[name].value, maker, seen, depth + 1)
    return found


def callers_first(folders: Iterable[str], modules: Mapping[str, Module]) -> list[str]:
    """The folders as given, but none before those that call it: by then its carried policies are known."""
    named = {id(one): folder for folder, module in modules.items() for one in (module, *module.apart)}
    callers: dict[str, list[str]] = defaultdict(list)
    for folder, module in modules.items():
        for child in module.children.values():
            callers[named[id(child)]].append(folder)
    wanted = dict.fromkeys(folders)
    order: dict[str, None] = {}
    seen: set[str] = set()
    for folder in wanted:
        waiting = [folder]
        while waiting:
            current = waiting[-1]
            ahead = [caller for caller in callers[current] if caller not in seen] if current not in seen else []
            seen.add(current)
            waiting.extend(ahead)
            if not ahead:
                order.setdefault(waiting.pop())
    return [folder for folder in order if folder in wanted]


def _of_module(name: str, output: str, module: Module) -> Node | None:
    from nhilint.formats.terraform.resolver import Resolver

    child = module.children.get(name) if name in module.counted else None
    key = resource_named(child.outputs.get(output)) if child is not None else None
    block = child.resources.get(key) if child is not None and key is not None else None
    if child is None or key is None or block is None or block.kind != "aws_iam_policy" or "for_each" in block.body:
        return None
    child.carried.add(key)
    return Resolver(child).block_document(block)


def _of_call(name: str, output: str, resolver: Resolver) -> Node | None:
    if output not in _ITS_ARN:
        return None
    calls = [called for called in resolver.module.fetched if called.name == name]
    if len(calls) != 1 or not _makes_one(calls[0]):
        return None
    resolver.carried_calls.add(name)
    return resolver.document(calls[0].body["policy"], calls[0].spot.to("policy"))


def _makes_one(called: Called) -> bool:
    left_out = any(called.body.get(switch) is False for switch in ("create", "create_policy"))
    several = "for_each" in called.body or "count" in called.body
    return bool(_IAM_POLICY.search(called.source)) and "policy" in called.body and not left_out and not several
