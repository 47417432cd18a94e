"""Workflows and actions of one repository are put together: who really starts what others call or follow.

A workflow that others call is started by their events, filtered by their conditions, and with their token; one that
follows another (`workflow_run`) by whatever starts that one; a local action runs inside the step that uses it. What
came in from the far end keeps its own place, so that a finding can show the whole way. Calls from other repositories
are not seen: where no caller is found the facts stay unknown. A workflow that follows only such as no file of this
repository has is never started that way; one without a file, which the platform runs by itself, may be followed.

Source: https://docs.github.com/en/actions/reference/workflows-and-actions/reusing-workflow-configurations, 2026-11-22.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.link.github_arguments import ways_to_call
from nhilint.link.github_calls import Call, settled_agent, settled_workflow, with_texts_of_callers
from nhilint.model.fact import Unknown, known_records, value_of
from nhilint.model.vocabulary import Agent, Workflow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.workflow import Job, Step

DEEPEST_CALLS = 4
"""How many calls deep the events are followed; GitHub's own limit has been four for long."""
_FORMATS = ("github-workflow", "github-action")
_ENOUGH_TO_TELL = 2
"""A workflow alone may have been taken out of its repository."""
_WITHOUT_FILE = ("codeql", "pages-build-deployment", "dependabot", "copilot", "dependency")
"""How the names of workflows begin that the platform runs without a file in the repository."""


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources with everything about workflows that only several files together tell."""
    first = {r.at.path: r.facts for r in resources if r.format in _FORMATS and isinstance(r.facts, Workflow)}
    if not any(_waits(workflow) for workflow in first.values()):
        return resources
    named = frozenset(r.name for r in resources if r.format == "github-workflow" and r.kind == "workflow")
    orphans = [path for path, workflow in first.items() if _follows_none(workflow, named)]
    current = dict(first)
    calls: dict[str, list[Call]] = {}
    for _ in range(DEEPEST_CALLS):
        calls = _calls(current, first)
        for path in orphans:
            calls.setdefault(path, []).append(Call("workflow_run", ()))
        following = {p: settled_workflow(w, calls[p]) if p in calls else w for p, w in first.items()}
        if following == current:
            break
        current = following
    return tuple(found for resource in resources for found in _replaced(resource, first, current, calls))


def _follows_none(workflow: Workflow, named: frozenset[str]) -> bool:
    """Whether it follows workflows of which this repository, which has others, has none."""
    followed = value_of(workflow.follows)
    if not followed or len(named) < _ENOUGH_TO_TELL or not named.isdisjoint(followed):
        return False
    return not any("*" in name or name.lower().startswith(_WITHOUT_FILE) for name in followed)


def _waits(workflow: Workflow) -> bool:
    """Whether something about it is up to another file."""
    if isinstance(workflow.open_to, Unknown):
        return True
    return any(t.via is not None for job in known_records(workflow.jobs) for t in known_records(job.admits))


def _replaced(
    resource: Resource, first: dict[str, Workflow], workflows: dict[str, Workflow], calls: dict[str, list[Call]]
) -> Iterator[Resource]:
    """The resource as its callers make it; none for an agent in an action that no workflow here uses."""
    path, facts = resource.at.path, resource.facts
    if resource.format not in _FORMATS:
        yield resource
    elif path not in calls:
        if isinstance(facts, Agent) and resource.format != "github-action":
            yield replace(resource, facts=with_texts_of_callers(facts, []))
        elif resource.format != "github-action" or resource.kind not in ("agent", "tool"):
            yield resource
    elif isinstance(facts, Workflow):
        yield replace(resource, facts=workflows[path])
    elif isinstance(facts, Agent):
        for agent, own in ways_to_call(facts, first[path], calls[path]):
            workflow = workflows[path] if len(own) == len(calls[path]) else settled_workflow(first[path], own)
            yield replace(resource, facts=settled_agent(agent, workflow, own))
    else:
        yield resource


def _calls(workflows: dict[str, Workflow], first: dict[str, Workflow]) -> dict[str, list[Call]]:
    """Every call by the path of what is called. `first` are the workflows as they stand in their files."""
    calls: dict[str, list[Call]] = defaultdict(list)
    names = {value_of(w.name) or path.rsplit("/", 1)[-1]: path for path, w in workflows.items()}
    for path, workflow in workflows.items():
        top = path.rpartition(".github/")[0]
        for target, called in _calls_in(workflow, _events(first[path])):
            if top + target in workflows:
                calls[top + target].append(called)
        for name in value_of(workflow.follows) or ():
            upstream = names.get(name)
            if upstream is not None and upstream != path:
                started = known_records(workflows[upstream].triggers)
                calls[path].append(Call("workflow_run", started, events=frozenset({"workflow_run"})))
    return calls


def _calls_in(workflow: Workflow, events: frozenset[str] | None) -> Iterator[tuple[str, Call]]:
    """What the jobs of a workflow call, then what its steps do, each as a path seen from the top."""
    jobs = known_records(workflow.jobs)
    for job in jobs:
        admits = known_records(job.admits)
        called = Call("workflow_call", admits, job.passes, job.writes, None, job.gives, events, job.token_as)
        yield from ((target, called) for target in _called_workflow(job))
    writes = {value_of(job.name): job.writes for job in jobs}
    for step in known_records(workflow.steps):
        admits, token = known_records(step.admits), writes.get(value_of(step.job))
        called = Call("action", admits, step.passes, token, step, step.gives, events)
        yield from ((target, called) for target in _called_action(step))


def _events(workflow: Workflow) -> frozenset[str] | None:
    """Everything that starts a workflow; None for one that waits for others, and for an action."""
    events = frozenset(value_of(trigger.event) or "" for trigger in known_records(workflow.triggers))
    return None if not events or {"workflow_call", "workflow_run"} & events else events


def _called_workflow(job: Job) -> Iterator[str]:
    if job.called is not None and value_of(job.called.ecosystem) == "local":
        yield (value_of(job.called.name) or "").removeprefix("./")


def _called_action(step: Step) -> Iterator[str]:
    if step.action is not None and value_of(step.action.ecosystem) == "local":
        folder = (value_of(step.action.name) or "").removeprefix("./").strip("/")
        yield from (f"{folder}/{file}" if folder else file for file in ("action.yml", "action.yaml"))
