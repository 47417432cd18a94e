"""Jobs learn that the name they ask for is that of a set of machines that this repository sets up in its own cluster.

A workflow says `runs-on: builders`, and only the release of the chart for runners tells whose machines those are: its
`runnerScaleSetName`, or the name of the release where it states none.

Source: https://docs.github.com/en/actions/tutorials/use-actions-runner-controller/deploy-runner-scale-sets,
read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.app_code.looked_through import first_files
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary import Workflow
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.workflow import Job
    from nhilint.tree import Tree

CHART = b"gha-runner-scale-set"
"""What every file that sets machines up names."""
_STATED = Deferred(r"^\s{0,80}runnerScaleSetName:\s{1,9}[\"']?([\w.${}:=-]{1,120})", flags=re.MULTILINE)
_RELEASED = Deferred(r"^  name:\s{1,9}(?:&\w{1,60}\s{1,9})?[\"']?([\w.${}:=-]{1,120})", flags=re.MULTILINE)
_KIND = Deferred(r"^kind:\s{1,9}(?:HelmRelease|Application)\b", flags=re.MULTILINE)
_FILLED_IN = Deferred(r"\$\{[^}]{0,100}\}")
_YAML = (".yaml", ".yml")
_LONGEST = 200_000
_MOST = 5_000
_SHORTEST = 4
"""So many letters of a name stand for one set; fewer around a variable could be any."""


def with_own_runners(
    resources: Iterable[Resource], tree: Tree, without: Container[str] = frozenset()
) -> tuple[Resource, ...]:
    """The resources; a job on machines that a chart in this tree sets up runs on the organisation's own.

    `without` are files that were read before and do not name the chart.
    """
    listed = tuple(resources)
    if not any(_is_open(job) for resource in listed for job in _jobs(resource)):
        return listed
    sets = tuple(dict.fromkeys(_sets(tree, without)))
    return tuple(_told(resource, sets) for resource in listed) if sets else listed


def _jobs(resource: Resource) -> tuple[Job, ...]:
    return known_records(resource.facts.jobs) if isinstance(resource.facts, Workflow) else ()


def _is_open(job: Job) -> bool:
    """Whether outsiders start it on machines that nothing is known of but their name."""
    return job.runner is not None and isinstance(job.self_hosted, Unknown) and bool(known_records(job.admits))


def _sets(tree: Tree, without: Container[str]) -> Iterator[re.Pattern[str]]:
    """The names of all sets, each as what it may become when its variables are filled in."""
    for _, data in first_files(tree, lambda path: path.endswith(_YAML) and path not in without, _MOST):
        if CHART not in data or len(data) > _LONGEST:
            continue
        text = data.decode("utf-8", "replace")
        stated = _STATED.findall(text)
        for name in stated or (_RELEASED.findall(text)[:1] if _KIND.search(text) else ()):
            if len(_FILLED_IN.sub("", name)) >= _SHORTEST:
                yield re.compile(r"[\w.-]{1,60}".join(map(re.escape, _FILLED_IN.split(name))))


def _told(resource: Resource, sets: tuple[re.Pattern[str], ...]) -> Resource:
    facts = resource.facts
    if not isinstance(facts, Workflow) or isinstance(facts.jobs, Unknown):
        return resource
    jobs = tuple(job if isinstance(job, Unknown) else _on_own_machine(job, sets) for job in facts.jobs)
    return replace(resource, facts=replace(facts, jobs=jobs)) if jobs != facts.jobs else resource


def _on_own_machine(job: Job, sets: tuple[re.Pattern[str], ...]) -> Job:
    label = value_of(job.runner)
    if job.self_hosted is None or not _is_open(job) or not any(one.fullmatch(label or "") for one in sets):
        return job
    return replace(job, self_hosted=Known(value=True, at=job.self_hosted.at))
