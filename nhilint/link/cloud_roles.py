"""A workflow that becomes a cloud role meets the role's own declaration: what the pipeline may really do.

Joined only by the same full id (an ARN on both sides); a name alone is no evidence.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.link.agent_roles import power_of
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.vocabulary import Identity, Workflow

if TYPE_CHECKING:
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.workflow import CloudLogin, Step


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources with logins that know their role, and roles that know their workflows."""
    roles: dict[str, Identity] = {}
    for resource in resources:
        if isinstance(resource.facts, Identity):
            arn = value_of(resource.facts.arn)
            if arn:
                roles.setdefault(arn, resource.facts)
    if not roles:
        return resources
    entered: dict[str, dict[str, None]] = defaultdict(dict)
    linked = tuple(_with_roles(resource, roles, entered) for resource in resources)
    return tuple(_with_workflows(resource, entered) for resource in linked)


def _with_roles(resource: Resource, roles: dict[str, Identity], entered: dict[str, dict[str, None]]) -> Resource:
    facts = resource.facts
    if not isinstance(facts, Workflow) or isinstance(facts.steps, Unknown):
        return resource
    steps: list[Step | Unknown] = []
    for step in facts.steps:
        if isinstance(step, Unknown) or step.login is None:
            steps.append(step)
            continue
        arn = value_of(step.login.identity)
        if arn in roles:
            entered[arn][resource.name] = None
            step = replace(step, login=_with_power(step.login, roles[arn]))  # noqa: PLW2901 - the same step, told more
        steps.append(step)
    return replace(resource, facts=replace(facts, steps=tuple(steps)))


def _with_power(login: CloudLogin, role: Identity) -> CloudLogin:
    power, through, at = power_of(role)
    return replace(login, power=Known(power, at), power_through=Known(through, at))


def _with_workflows(resource: Resource, entered: dict[str, dict[str, None]]) -> Resource:
    facts = resource.facts
    if isinstance(facts, Identity):
        names = entered.get(value_of(facts.arn) or "")
        if names:
            return replace(resource, facts=replace(facts, admits_ci=Known(tuple(names), facts.at)))
    return resource
