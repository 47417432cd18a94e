"""The workflows that no machine takes any more, since every hosted one that they name has been withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.fact import known_records, value_of
from nhilint.model.vocabulary import Workflow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.resource import Resource


def without_machine(resources: Iterable[Resource]) -> frozenset[str]:
    """The paths of those workflows; one with a job on another machine is none of them."""
    read = ((one.at.path, one.facts) for one in resources if isinstance(one.facts, Workflow))
    return frozenset(path for path, facts in read if _is_dead(facts))


def _is_dead(workflow: Workflow) -> bool:
    jobs = known_records(workflow.jobs)
    return bool(jobs) and all(value_of(job.withdrawn) is True for job in jobs)
