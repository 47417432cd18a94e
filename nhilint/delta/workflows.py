"""What a pipeline holds: its token, its secrets, the clouds it enters, the code it takes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.delta.capabilities import credentials
from nhilint.delta.power import Power, short, stated
from nhilint.delta.tokens import token_permissions, triggers
from nhilint.delta.tools import pinned
from nhilint.model.fact import known_records, value_of
from nhilint.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.delta.power import Held
    from nhilint.model.vocabulary import Workflow
    from nhilint.model.vocabulary.workflow import Job, Step


_PLATFORMS_OWN = ("actions/", "github/")


def held_by_workflow(workflow: Workflow) -> Iterator[Held]:
    """Everything about a pipeline that is authority."""
    yield from triggers(workflow.triggers)
    found = stated(workflow.write_all)
    if found is not None and found[0]:
        gained, lost = "may write everything with its token", "may no longer write everything with its token"
        yield Power(key=("write-all",), gained=gained, lost=lost, weight=Severity.HIGH, place=found[1])
    for job in known_records(workflow.jobs):
        yield from _job(job)
    for step in known_records(workflow.steps):
        yield from _step(step)
    yield from credentials(workflow.credentials)
    for include in known_records(workflow.includes):
        yield from pinned(include, "takes in")


def _job(job: Job) -> Iterator[Held]:
    yield from token_permissions(job.permissions)
    yield from credentials(job.secrets)
    yield from pinned(job.called, "calls")
    if found := stated(job.environment):
        name, at = found
        gained, lost = f"waits for the environment {short(name)}", f"no longer waits for the environment {short(name)}"
        yield Power(
            key=("environment", value_of(job.name) or ""),
            gained=gained,
            lost=lost,
            weight=Severity.HIGH,
            place=at,
            guard=True,
        )
    for fact, gained, lost in (
        (job.self_hosted, "runs on the organisation's own machines", "no longer runs on the organisation's machines"),
        (job.inherits_secrets, "hands every secret to a called workflow", "no longer hands on every secret"),
    ):
        known = stated(fact)
        if known is not None and known[0]:
            yield Power(key=(gained,), gained=gained, lost=lost, weight=Severity.MEDIUM, place=known[1])


def _step(step: Step) -> Iterator[Held]:
    name = value_of(step.action.name) if step.action is not None else None
    usual = name is not None and name.startswith(_PLATFORMS_OWN)
    yield from pinned(step.action, "uses", Severity.LOW if usual else Severity.MEDIUM)
    if found := stated(step.runs_agent):
        gained, lost = f"runs the agent {short(found[0])}", f"no longer runs the agent {short(found[0])}"
        yield Power(key=("runs-agent", found[0]), gained=gained, lost=lost, weight=Severity.MEDIUM, place=found[1])
    if step.login is not None:
        provider = value_of(step.login.provider) or "a cloud"
        identity = value_of(step.login.identity)
        who = short(identity) if identity else f"an identity in {provider}"
        gained, lost = f"becomes {who} ({provider})", f"no longer becomes {who} ({provider})"
        key = ("login", provider, identity or "")
        yield Power(key=key, gained=gained, lost=lost, weight=Severity.HIGH, place=step.login.at)
    found = stated(step.checkout_of)
    if found is not None and found[0] == "outsider":
        gained, lost = "checks out code by outsiders", "no longer checks out code by outsiders"
        yield Power(key=("outsiders",), gained=gained, lost=lost, weight=Severity.HIGH, place=found[1])
    for injection in known_records(step.injections):
        said = short(value_of(injection.expression) or "a value")
        gained, lost = f"pastes {said} into code before it runs", f"no longer pastes {said} into code"
        yield Power(key=("injection", said), gained=gained, lost=lost, weight=Severity.HIGH, place=injection.at)
