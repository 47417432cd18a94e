"""The jobs that no machine takes any more, since every hosted one that they name has been withdrawn.

What such a job would do with its rights is told one step less gravely and with that fact, after what others do: the day
somebody mends its label it does all of it, and a machine of one's own may be called like an image. A secret in clear is
open wherever it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.fact import known_records, value_of
from nhilint.model.finding import Severity
from nhilint.model.place import Place
from nhilint.model.vocabulary import Workflow
from nhilint.settle.lowered import a_step_lower

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.workflow import Job

_OF_JOB = 2
"""How many steps lead to a job: `jobs` and its id."""


def without_machine(resources: Iterable[Resource]) -> frozenset[str]:
    """The paths of workflows of such jobs alone; one with a job on another machine is none of them."""
    workflows = {one.at.path: one.facts for one in resources if isinstance(one.facts, Workflow)}
    return frozenset(path for path, facts in workflows.items() if _is_dead(facts, workflows))


def told_of_idle_jobs(
    findings: Iterable[Finding], resources: Iterable[Resource], configured: Container[str] = ()
) -> tuple[Finding, ...]:
    """The findings, told once already; those that stand with all their copies in such jobs lowered, unless the
    configuration says how grave their check is."""
    workflows = {one.at.path: one.facts for one in resources if isinstance(one.facts, Workflow)}
    idle = {job.at for one in workflows.values() for job in known_records(one.jobs) if _waits(job, workflows)}
    listed = tuple(findings)
    return tuple(one if one.check in configured else _told(one, idle) for one in listed) if idle else listed


def _told(finding: Finding, idle: set[Place]) -> Finding:
    if finding.subject.kind == "credential" or finding.severity <= Severity.LOW:
        return finding
    places = (finding.place, *(copy.place for copy in finding.copies))
    if any(Place(place.path, place.pointer[:_OF_JOB]) not in idle for place in places):
        return finding
    return a_step_lower(finding, "its job waits for a hosted image that has been withdrawn")


def _is_dead(workflow: Workflow, workflows: dict[str, Workflow]) -> bool:
    jobs = known_records(workflow.jobs)
    return bool(jobs) and all(_waits(job, workflows) for job in jobs)


def _waits(job: Job, workflows: dict[str, Workflow]) -> bool:
    """Whether a job, or every job of the workflow of this repository that it calls, is on such a machine."""
    if job.called is None or value_of(job.called.ecosystem) != "local":
        return value_of(job.withdrawn) is True
    called = workflows.get((value_of(job.called.name) or "").removeprefix("./"))
    jobs = known_records(called.jobs) if called is not None else ()
    return bool(jobs) and all(value_of(one.withdrawn) is True for one in jobs)
