"""The steps of a workflow, and the workflow with all of them changed alike, for what only other files tell of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import Unknown, known_records
from nhilint.model.vocabulary import Workflow

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.workflow import Step


def steps_of(resource: Resource) -> tuple[Step, ...]:
    """The known steps of a workflow; none of anything else."""
    return known_records(resource.facts.steps) if isinstance(resource.facts, Workflow) else ()


def with_steps(resource: Resource, change: Callable[[Step], Step]) -> Resource:
    """The resource with its known steps changed; the very same one where none is, or where it is no workflow."""
    facts = resource.facts
    if not isinstance(facts, Workflow) or isinstance(facts.steps, Unknown):
        return resource
    steps = tuple(step if isinstance(step, Unknown) else change(step) for step in facts.steps)
    return replace(resource, facts=replace(facts, steps=steps)) if steps != facts.steps else resource
