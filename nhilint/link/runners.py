"""Jobs learn which account of a cluster they run as, where the repository also sets up the pods that run them.

A set of runners bears the name that jobs ask for; the account of its pods is told by the same release, and what that
may do by other files. A variable in the name may become any word, where enough of the name is written.

Source: https://docs.github.com/en/actions/tutorials/use-actions-runner-controller/deploy-runner-scale-sets,
read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from nhilint.formats.kubernetes.parts import RUNNERS
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary import Identity, Workflow
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.workflow import Job

_FILLED_IN = Deferred(r"<[^<>]{1,80}>")
"""A variable in a name, as `nhilint.formats.kubernetes.names.in_words` spells it."""
_SHORTEST = 4
"""So many letters of a name stand for one set; fewer around a variable could be any."""
_OF_THE_NODES = "k8s-pod-talos-admin"
"""The way to the API of the nodes' operating system, which belongs to the account as its rights do."""


class _Machine(NamedTuple):
    """What jobs ask for, the account of the pods, and the gravest that it may do to the whole cluster."""

    label: re.Pattern[str]
    account: Known[str]
    power: Known[str] | None


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources; a job that asks for a set of runners by its name knows the account and its power."""
    machines = tuple(_machines(resources))
    return tuple(_told(resource, machines) for resource in resources) if machines else resources


def _machines(resources: Iterable[Resource]) -> Iterator[_Machine]:
    for resource in resources:
        facts = resource.facts
        for workload in known_records(facts.workloads) if isinstance(facts, Identity) else ():
            name = value_of(workload.name) or ""
            written = _FILLED_IN.split(name)
            is_set = value_of(workload.kind) == RUNNERS and sum(map(len, written)) >= _SHORTEST
            if isinstance(facts, Identity) and is_set:
                label = re.compile(r"[\w.-]{1,60}".join(map(re.escape, written)))
                yield _Machine(label, Known(resource.name, workload.at), _power(facts))


def _power(identity: Identity) -> Known[str] | None:
    managed, admin = identity.managed_admin, identity.admin
    if isinstance(managed, Known) and managed.value:
        return Known(f"{managed.value[0]} over the whole cluster", managed.at)
    if isinstance(admin, Known) and admin.value:
        return Known("everything in the cluster", admin.at)
    ways = known_records(identity.escalations)
    grave = (way for way in ways if value_of(way.cluster_wide) or value_of(way.id) == _OF_THE_NODES)
    first = next(grave, None)
    return Known(f"a way to more: {value_of(first.name)}", first.at) if first is not None else None


def _told(resource: Resource, machines: tuple[_Machine, ...]) -> Resource:
    facts = resource.facts
    if not isinstance(facts, Workflow) or isinstance(facts.jobs, Unknown):
        return resource
    jobs = tuple(job if isinstance(job, Unknown) else _on_machine(job, machines) for job in facts.jobs)
    return replace(resource, facts=replace(facts, jobs=jobs)) if jobs != facts.jobs else resource


def _on_machine(job: Job, machines: tuple[_Machine, ...]) -> Job:
    wanted = value_of(job.runner) or ""
    machine = next((one for one in machines if one.label.fullmatch(wanted)), None)
    if machine is None or job.self_hosted is None:
        return job
    own = Known(value=True, at=job.self_hosted.at)
    return replace(job, self_hosted=own, runner_account=machine.account, runner_power=machine.power)
