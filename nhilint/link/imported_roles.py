"""Roles that another template of the repository uses by `Fn::ImportValue` are told by that use.

One template has the roles, others the task definitions that run with them. What a role is used for says who holds it:
one that only starts the tasks of Amazon ECS is never held by their code. Any other use takes that back, be it in the
role's own template or in another one. Source: docs.aws.amazon.com/AmazonECS/latest/developerguide/
task_execution_IAM_role.html, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.cloudformation.exports import uses_of_exported_roles
from nhilint.model.fact import Known
from nhilint.model.vocabulary import Identity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.formats.cloudformation.exports import Role, Use
    from nhilint.formats.cloudformation.kept import KeptTemplate
    from nhilint.model.resource import Resource

_STARTS_TASKS = ("AWS::ECS::TaskDefinition", "ExecutionRoleArn")


def with_uses_elsewhere(resources: tuple[Resource, ...], kept: Iterable[KeptTemplate]) -> tuple[Resource, ...]:
    """The resources; exported roles as what all templates use them for makes them."""
    uses = uses_of_exported_roles(kept)
    return tuple(_used(one, uses) for one in resources) if uses else resources


def _used(resource: Resource, uses: dict[Role, frozenset[Use]]) -> Resource:
    facts, pointer = resource.facts, resource.at.pointer
    held = uses.get((resource.at.path, str(pointer[-1]))) if pointer[:1] == ("Resources",) else None
    if not isinstance(facts, Identity) or held is None or len(pointer) != 2:
        return resource
    starts = Known(value=True, at=facts.at) if held == {_STARTS_TASKS} else None
    return resource if starts == facts.starts_tasks else replace(resource, facts=replace(facts, starts_tasks=starts))
