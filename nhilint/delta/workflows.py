"""What a pipeline holds: its token, its secrets, who starts it with them, what its jobs wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.delta.credentials import credentials
from nhilint.delta.hosted_agents import STARTED_BY, started_by
from nhilint.delta.packages import pinned
from nhilint.delta.power import Power, listed, short, stated, switched
from nhilint.delta.steps import held_by_step
from nhilint.delta.tokens import token_permissions, triggers
from nhilint.model.fact import known_records, value_of
from nhilint.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.delta.power import Held
    from nhilint.model.vocabulary import Workflow
    from nhilint.model.vocabulary.workflow import Job


def held_by_workflow(workflow: Workflow) -> Iterator[Held]:
    """Everything about a pipeline that is authority."""
    yield from triggers(workflow.triggers, _admitted(workflow))
    everything, less = "may write everything with its token", "may no longer write everything with its token"
    outsiders = "runs code by outsiders with the repository's own rights"
    yield from switched(
        (
            (workflow.write_all, everything, less, Severity.HIGH),
            (workflow.runs_outsider_code_with_rights, outsiders, f"no longer {outsiders}", Severity.CRITICAL),
        )
    )
    yield from _started(workflow)
    for job in known_records(workflow.jobs):
        yield from _job(job)
    for step in known_records(workflow.steps):
        yield from held_by_step(step)
    yield from credentials(workflow.credentials)
    for include in known_records(workflow.includes):
        yield from pinned(include, "takes in")
    for name in listed(workflow.follows):
        gained, lost = f"starts when {short(name)} ends", f"no longer starts when {short(name)} ends"
        place = workflow.follows.at if workflow.follows is not None else workflow.at
        yield Power(key=("follows", name), gained=gained, lost=lost, weight=Severity.LOW, place=place)


def _admitted(workflow: Workflow) -> frozenset[str] | None:
    """Events of outsiders that start one of its jobs after the job's conditions; nothing where no job is known."""
    jobs = known_records(workflow.jobs)
    if not jobs:
        return None
    of_jobs = (trigger for job in jobs for trigger in known_records(job.admits))
    of_steps = (trigger for step in known_records(workflow.steps) for trigger in known_records(step.admits))
    starts = (*of_jobs, *of_steps)
    return frozenset(event for trigger in starts if (event := value_of(trigger.event)) is not None)


def _started(workflow: Workflow) -> Iterator[Held]:
    """Who starts the steps that hold rights in a run that has them: what a dropped condition changes."""
    steps = [step for step in known_records(workflow.steps) if value_of(step.rights) in ("strong", "weak")]
    widest = max(
        ((STARTED_BY[found[0]], found[1]) for step in steps if (found := stated(step.open_to))),
        key=lambda entry: entry[0][0],
        default=None,
    )
    if widest is not None:
        (rank, who), at = widest
        yield started_by(rank, who, at)


def _job(job: Job) -> Iterator[Held]:
    held = ("job", value_of(job.name) or "")
    yield Power(key=held, gained="", lost="", weight=Severity.INFO, place=job.at)
    yield from token_permissions(job.permissions)
    yield from credentials(job.secrets)
    yield from pinned(job.called, "calls")
    if found := stated(job.environment):
        name, at = short(found[0]), found[1]
        gained, lost = f"waits for the environment {name}", f"no longer waits for the environment {name}"
        key, weight = ("environment", *held), Severity.HIGH
        yield Power(key=key, gained=gained, lost=lost, weight=weight, place=at, guard=True, within=held)
    stated_so = stated(job.permissions_stated)
    if stated_so is not None and stated_so[0]:
        lost, key = "no longer states what its token may do", ("stated", *held)
        place, weight = stated_so[1], Severity.MEDIUM
        yield Power(key=key, gained="", lost=lost, weight=weight, place=place, guard=True, within=held)
    own, not_own = "runs on the organisation's own machines", "no longer runs on the organisation's own machines"
    hands, keeps = "hands every secret to a called workflow", "no longer hands every secret to a called workflow"
    yield from switched(
        ((job.self_hosted, own, not_own, Severity.MEDIUM), (job.inherits_secrets, hands, keeps, Severity.MEDIUM))
    )
    for passed in known_records(job.passes):
        said = short(value_of(passed.expression) or "a value")
        gained, lost = f"hands {said}, which outsiders choose, to a called workflow", f"no longer hands on {said}"
        yield Power(key=("passes", said), gained=gained, lost=lost, weight=Severity.MEDIUM, place=passed.at)
