"""Who gets a policy that a module only hands on, by an argument of a call, and who takes a role that it is handed.

A module of the repository whose roles are all taken by people makes it theirs. A document that a call of a module from
elsewhere gets beside the policy of an administrator says nothing more: who holds both is one already. What a local or
an output uses besides stays as it is. Source: developer.hashicorp.com/terraform/language/modules/syntax and
docs.aws.amazon.com/aws-managed-policy/latest/reference/AdministratorAccess.html, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.aws.identity import Holding, identity
from nhilint.formats.terraform.handed_back import role_made
from nhilint.formats.terraform.handed_to_groups import of_groups_of_people
from nhilint.formats.terraform.left_over import names_of_leftover
from nhilint.formats.terraform.named_documents import documents_named, texts_in
from nhilint.formats.terraform.referents import resource_named
from nhilint.formats.terraform.resolver import Resolver
from nhilint.knowledge import aws
from nhilint.model.fact import Known, value_of
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.terraform.module import Block, Called, Module
    from nhilint.model.vocabulary.identity import Identity
    from nhilint.source.value import Value

_POLICY = Deferred(r"\baws_iam_policy\.([\w-]+)")
_ATTACHED = Deferred(r"^(?:\w*_)?polic(?:y|ies)(?:_arns?)?$")
_OF_SOME = Deferred(r"admin|power|read")
"""Words of an argument that is for one of several roles that a call makes."""
_ARGUMENT = Deferred(r"^var\.([\w-]+)$")


def with_receivers(found: Iterable[tuple[str, Identity]], module: Module) -> Iterator[tuple[str, Identity]]:
    """The policies of a module that stand alone, as people's where only their roles get them, and whether it names one
    with slips elsewhere."""
    theirs: frozenset[str] | None = None
    for name, facts in found:
        kind, label = (str(step) for step in (*facts.at.pointer, "", "", "")[1:3])
        if kind == "aws_iam_policy" and theirs is None:
            theirs = _of_people(module) | of_groups_of_people(module)
        told = facts
        if kind == "aws_iam_policy" and theirs and label in theirs:
            told = replace(told, taken_by=Known("people", facts.at))
        if kind == "aws_iam_policy" and facts.slips:
            told = replace(told, unattached=Known(not _is_named_beside(kind, label, module), facts.at))
        names = names_of_leftover(label, module) if kind == "aws_iam_policy" else None
        yield name, told if names is None else replace(told, handed_out_as=Known(names, facts.at))


def is_idle(facts: Identity, module: Module, written: Iterable[object]) -> bool:
    """Whether a policy can be in force nowhere: its name is made up at random, and nothing written in the files of its
    module, which declare more than policies, refers to it.

    Source: registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_policy, `name`, read 2026-11-22.
    """
    kind, label = (str(step) for step in (*facts.at.pointer, "", "", "")[1:3])
    own = module.resources.get(("aws_iam_policy", label)) if kind == "aws_iam_policy" else None
    if own is None or own.body.get("name") is not None or all(kind == own.kind for kind, _ in module.resources):
        return False
    return not any(label in _named(_POLICY, content) for content in written)


def _is_named_beside(kind: str, label: str, module: Module) -> bool:
    """Whether something of a module refers to a policy, or has its name."""
    own = module.resources.get((kind, label))
    stated = own.body.get("name") if own is not None else None
    name = stated if isinstance(stated, str) else None
    bodies = [block.body for block in (*module.resources.values(), *module.data.values()) if block is not own]
    values = (*bodies, *(called.body for called in (*module.calls, *module.elsewhere)), *_used(module))
    return any(
        label in _POLICY.findall(text) or (name is not None and name in text)
        for value in values
        for text in texts_in(value)
    )


def of_administrators(module: Module) -> frozenset[str]:
    """The documents that only calls get that make an administrator besides."""
    makers = [called for called in module.elsewhere if _makes_administrator(called)]
    others = [called.body for called in (*module.calls, *module.elsewhere) if called not in makers] if makers else []
    used = {name for value in (*others, *_used(module)) for name in documents_named(value)} if makers else set()
    return frozenset(name for called in makers for name in documents_named(called.body)) - used


def _of_people(module: Module) -> frozenset[str]:
    got: set[str] = set()
    others: set[str] = set()
    for called in module.calls:
        named = _named(_POLICY, called.body)
        if named:
            (got if is_for_people(module.children.get(called.name)) else others).update(named)
    besides = (*(called.body for called in module.elsewhere), *_used(module)) if got else ()
    return frozenset(got - others - {name for value in besides for name in _named(_POLICY, value)})


def with_callers(text: str, facts: Identity, module: Module) -> Identity:
    """A role that a module knows by one of its arguments, as people's where all callers hand over roles of people."""
    argument = _ARGUMENT.match(text)
    if argument is None or not module.callers or value_of(facts.kind) != "role":
        return facts
    for caller, called in module.callers:
        maker, block = _role_handed_over(called.body.get(argument[1]), caller)
        if block is None or block.kind != "aws_iam_role" or not _is_of_people(block, Resolver(maker)):
            return facts
    return replace(facts, taken_by=Known("people", facts.at))


def _role_handed_over(value: Value, caller: Module) -> tuple[Module, Block | None]:
    """The role that an argument names, its caller's own or one that another call of it makes, and who declares it."""
    made = role_made(value.text, caller) if isinstance(value, Expression) else None
    return made or (caller, caller.resources.get(resource_named(value) or ("", "")))


def _is_of_people(block: Block, resolver: Resolver) -> bool:
    stated = block.body.get("name")
    name = f"{block.label} {stated}" if isinstance(stated, str) else block.label
    trust = resolver.document(block.body.get("assume_role_policy"), block.spot.to("assume_role_policy"))
    return value_of(identity(Holding(kind="role", name=name, at=block.at, trust=trust)).taken_by) == "people"


def is_for_people(child: Module | None) -> bool:
    """Whether a module makes roles and all of them are taken by people."""
    roles = list(child.of_kind("aws_iam_role")) if child is not None else []
    if child is None or not roles or any(kind == "aws_iam_user" for kind, _ in child.resources):
        return False
    resolver = Resolver(child)
    return all(_is_of_people(block, resolver) for block in roles)


def _makes_administrator(called: Called) -> bool:
    arguments = (value for key, value in called.body.items() if _ATTACHED.match(key) and not _OF_SOME.search(key))
    return any(aws.managed_policy_level(text) == "admin" for value in arguments for text in texts_in(value))


def _used(module: Module) -> Iterator[Value]:
    """What may use a policy besides calls."""
    yield from (local.value for local in module.locals.values())
    yield from module.outputs.values()


def _named(pattern: Deferred, value: object) -> set[str]:
    return {name for text in texts_in(value) for name in pattern.findall(text)}
