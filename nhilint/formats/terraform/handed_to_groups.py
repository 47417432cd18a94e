"""Policies of a module that reach groups of people alone: its callers hand its outputs to modules that attach them.

A caller names an output in the arguments of its calls and nowhere else; the module that it calls with it uses that
argument for nothing but to attach policies to a group whose name says that people are in it. Sources:
developer.hashicorp.com/terraform/language/values/outputs and registry.terraform.io/providers/hashicorp/aws/latest/docs/
resources/iam_group_policy_attachment, from a survey, pages not re-read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.aws.people import group_of
from nhilint.formats.terraform.named_documents import texts_in
from nhilint.formats.terraform.referents import resource_named
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.terraform.module import Block, Called, Module
    from nhilint.source.value import Value

_POLICY = Deferred(r"\baws_iam_policy\.([\w-]+)")
_ARGUMENT = Deferred(r"^\"?(?:\$\{)?\s*var\.([\w-]+)\s*\}?\"?$")
_ATTACHING = "aws_iam_group_policy_attachment"


def of_groups_of_people(module: Module) -> frozenset[str]:
    """The labels of such policies; none of a module that is also run by itself."""
    if not module.callers or module.run.is_seen:
        return frozenset()
    handed = {name: set(_labels(value)) for name, value in module.outputs.items()}
    called = (one.body for one in (*module.calls, *module.elsewhere))
    kept = {label for value in (*_within(module), *called) for label in _labels(value)}
    elsewhere = {label for name, labels in handed.items() for label in labels if not _reaches_people(name, module)}
    return frozenset({label for labels in handed.values() for label in labels} - kept - elsewhere)


def _reaches_people(output: str, module: Module) -> bool:
    """Whether every caller hands an output to groups of people, and to nothing else."""
    for by, call in module.callers:
        named = _reference(f"module.{call.name}.{output}")
        if any(_names(named, value) for value in (*_within(by), *by.outputs.values())):
            return False
        given = [(to, name) for to in by.calls for name, value in to.body.items() if _names(named, value)]
        besides = any(_names(named, to.body) for to in by.elsewhere)
        if besides or not given or not all(_attaches_to_people(to, name, by) for to, name in given):
            return False
    return True


def _attaches_to_people(call: Called, argument: str, by: Module) -> bool:
    """Whether a call hands an argument to a module that only attaches it to groups of people."""
    child = by.children.get(call.name)
    if child is None:
        return False
    named = _reference(f"var.{argument}")
    attaching = [block for block in child.of_kind(_ATTACHING) if _names(named, block.body)]
    others = (block.body for block in _blocks(child) if block.kind != _ATTACHING)
    values = (*others, *(one.body for one in (*child.calls, *child.elsewhere)), *_named_values(child))
    if not attaching or any(_names(named, value) for value in values):
        return False
    return all(group_of(_name_of_group(block, call, child)) is not None for block in attaching)


def _name_of_group(attaching: Block, call: Called, child: Module) -> str:
    """The name that a group is given, or the variable of the caller that has it; empty where that cannot be told."""
    group = child.resources.get(resource_named(attaching.body.get("group")) or ("", ""))
    stated = group.body.get("name") if group is not None and group.kind == "aws_iam_group" else None
    argument = _ARGUMENT.match(stated.text) if isinstance(stated, Expression) else None
    stated = call.body.get(argument[1]) if argument is not None else stated
    return stated.text if isinstance(stated, Expression) else stated if isinstance(stated, str) else ""


def _within(module: Module) -> Iterator[Value]:
    """All that a module states besides its outputs and the arguments of calls of modules of the repository."""
    yield from (block.body for block in _blocks(module))
    yield from (local.value for local in module.locals.values())


def _named_values(module: Module) -> Iterator[Value]:
    yield from (local.value for local in module.locals.values())
    yield from module.outputs.values()


def _blocks(module: Module) -> Iterator[Block]:
    yield from module.resources.values()
    yield from module.data.values()


def _labels(value: Value) -> Iterator[str]:
    return (label for text in texts_in(value) for label in _POLICY.findall(text))


def _names(named: re.Pattern[str], value: object) -> bool:
    return any(map(named.search, texts_in(value)))


def _reference(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.-]){re.escape(words)}(?![\w-])")
