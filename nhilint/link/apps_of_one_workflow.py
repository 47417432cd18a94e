"""Steps that take a token of a GitHub App learn whether any other workflow of the repository uses the same app.

An app whose key a single workflow names, and whose token is good for this repository alone, was made for that workflow
as far as the repository tells: what the app may do is what the workflow needs, and naming it again takes nothing away.
An app of several workflows has the sum of what all of them need. A key that comes in as an input is nobody's here.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.github.logins import HERE
from nhilint.formats.github.secrets import opens_something
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary import Workflow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.workflow import Step


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources; steps with a whole token for this repository know whether their app serves one workflow only."""
    if not any(value_of(step.app_token) == "whole" for r in resources for step in _steps(r)):
        return resources
    users: defaultdict[str, set[str]] = defaultdict(set)
    for resource in resources:
        for name in _named(resource):
            users[name].add(resource.at.path)
    return tuple(_told(resource, users) for resource in resources)


def _steps(resource: Resource) -> tuple[Step, ...]:
    return known_records(resource.facts.steps) if isinstance(resource.facts, Workflow) else ()


def _named(resource: Resource) -> Iterable[str]:
    """Every secret that the jobs of a workflow name."""
    jobs = known_records(resource.facts.jobs) if isinstance(resource.facts, Workflow) else ()
    names = (value_of(secret.name) for job in jobs for secret in known_records(job.secrets))
    return (name for name in names if name)


def _told(resource: Resource, users: Mapping[str, set[str]]) -> Resource:
    facts = resource.facts
    if not isinstance(facts, Workflow) or isinstance(facts.steps, Unknown):
        return resource
    steps = tuple(step if isinstance(step, Unknown) else _with_users(step, users) for step in facts.steps)
    return replace(resource, facts=replace(facts, steps=steps)) if steps != facts.steps else resource


def _with_users(step: Step, users: Mapping[str, set[str]]) -> Step:
    if value_of(step.app_token) != "whole" or not (value_of(step.app_token_gives) or "").endswith(HERE):
        return step
    keys = [name for name in value_of(step.secrets) or () if opens_something(name)]
    alone = bool(keys) and all(len(users[key]) == 1 for key in keys)
    return replace(step, app_of_one_workflow=Known(alone, step.at))
