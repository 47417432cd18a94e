"""Roles that are given to Amazon ECS alone, to start its tasks with, by their module or by those that call it.

What runs in a container gets the credentials of the task role; those of the execution role go to the agent, which pulls
images, sends logs and fills in the secrets that the task definition names, and containers have no way to them. A role
that no task definition here names is known by its name beside AWS's policy for such roles. Source:
docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html and registry.terraform.io/providers/
hashicorp/aws/latest/docs/resources/ecs_task_definition, read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.terraform.named_documents import texts_in
from nhilint.formats.terraform.referents import resource_named
from nhilint.model.fact import value_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.terraform.module import Called, Module
    from nhilint.model.vocabulary.identity import Identity

_TASK = "aws_ecs_task_definition"
_EXECUTION = "execution_role_arn"
_NAMED_SO = Deferred(r"(?:^|_)execution_role_arn$|(?:^|[-_])task[-_]execution(?:[-_]role)?[-_]arn$")
_CALLED_SO = Deferred(r"(?i)exec")
_OF_AWS = "AmazonECSTaskExecutionRolePolicy"


class ExecutionRoles(NamedTuple):
    """Labels of the roles of a module by what they are given to: to start tasks with, or to anything else."""

    started: frozenset[str]
    others: frozenset[str]

    def has(self, label: str, facts: Identity) -> bool:
        """Whether a role is for nothing but to start tasks with."""
        if label in self.others:
            return False
        managed = value_of(facts.managed) or ()
        by_name = _CALLED_SO.search(f"{label} {value_of(facts.name)}") is not None
        return label in self.started or (by_name and any(policy.endswith(_OF_AWS) for policy in managed))


def execution_roles(module: Module) -> ExecutionRoles:
    """The roles of a module that are given to something, followed through its outputs and arguments of calls."""
    uses: list[tuple[str, bool]] = []
    for block in module.resources.values():
        for name, value in block.body.items() if not block.kind.startswith("aws_iam_") else ():
            kind, label = resource_named(value) or ("", "")
            if kind == "aws_iam_role":
                uses.append((label, (block.kind, name) == (_TASK, _EXECUTION)))
    for name, value in module.outputs.items():
        kind, label = resource_named(value) or ("", "")
        if kind == "aws_iam_role":
            uses.extend((label, starts) for starts in _uses_of_output(name, module))
    return ExecutionRoles(
        frozenset(label for label, starts in uses if starts), frozenset(label for label, starts in uses if not starts)
    )


def _uses_of_output(name: str, module: Module) -> Iterator[bool]:
    """Whether each use of an output, in the modules that call its own, starts tasks."""
    for by, call in module.callers:
        named = _pattern(f"module.{call.name}.{name}")
        yield from _uses_in(by, named)
        for other in (*by.calls, *by.elsewhere):
            yield from _uses_by_call(other, by, named)


def _uses_by_call(call: Called, by: Module, named: re.Pattern[str]) -> Iterator[bool]:
    child = by.children.get(call.name)
    for argument, value in call.body.items():
        if not any(map(named.search, texts_in(value))):
            continue
        if child is None:
            yield _NAMED_SO.search(argument) is not None
        else:
            yield from _uses_in(child, _pattern(f"var.{argument}"))


def _uses_in(module: Module, named: re.Pattern[str]) -> Iterator[bool]:
    for block in module.resources.values():
        for name, value in block.body.items() if not block.kind.startswith("aws_iam_") else ():
            if any(map(named.search, texts_in(value))):
                yield (block.kind, name) == (_TASK, _EXECUTION)


def _pattern(reference: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.-]){re.escape(reference)}(?![\w-])")
