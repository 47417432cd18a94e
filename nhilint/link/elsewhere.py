"""Jobs and steps that run in other people's repositories only are left out, with the agents in them.

A file that was copied along keeps the condition of its origin (`if: github.repository == 'acme/site'`): nothing behind
it ever starts here. It takes a known owner to tell; of the own repositories none is left out, whatever their names are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import Unknown, value_of
from nhilint.model.vocabulary import Agent, Workflow

if TYPE_CHECKING:
    from nhilint.model.place import Place
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.workflow import Job, Step


def join(resources: tuple[Resource, ...], owner: str | None) -> tuple[Resource, ...]:
    """The resources without what starts in repositories of others alone; `owner` is whose this one is."""
    if not owner:
        return resources
    mine = owner.lower()
    idle = {place for r in resources if isinstance(r.facts, Workflow) for place in _idle(r.facts, mine)}
    if not idle:
        return resources
    kept = (r for r in resources if not (isinstance(r.facts, Agent) and r.at in idle))
    return tuple(_without(resource, idle) for resource in kept)


def _idle(workflow: Workflow, mine: str) -> set[Place]:
    """The places of jobs and steps that never start here."""
    if isinstance(workflow.jobs, Unknown) or isinstance(workflow.steps, Unknown):
        return set()
    jobs = [job for job in workflow.jobs if not isinstance(job, Unknown) and _is_elsewhere(job, mine)]
    names = {value_of(job.name) for job in jobs}
    steps = [step for step in workflow.steps if not isinstance(step, Unknown)]
    behind = (step.at for step in steps if value_of(step.job) in names or _is_elsewhere(step, mine))
    return {job.at for job in jobs} | set(behind)


def _is_elsewhere(part: Job | Step, mine: str) -> bool:
    names = value_of(part.only_in)
    return bool(names) and all(name.partition("/")[0] != mine for name in names or ())


def _without(resource: Resource, idle: set[Place]) -> Resource:
    facts = resource.facts
    if not isinstance(facts, Workflow) or isinstance(facts.jobs, Unknown) or isinstance(facts.steps, Unknown):
        return resource
    jobs = tuple(job for job in facts.jobs if job.at not in idle)
    steps = tuple(step for step in facts.steps if step.at not in idle)
    if len(jobs) == len(facts.jobs) and len(steps) == len(facts.steps):
        return resource
    return replace(resource, facts=replace(facts, jobs=jobs, steps=steps))
