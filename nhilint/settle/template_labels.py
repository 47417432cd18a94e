"""A label that an issue template of the repository sets is set by whoever opens an issue with it: it admits anybody.

A condition on a label looks like a decision of somebody with triage rights. Where a template of issues lists that
label, the platform sets it in the name of the author, and the event goes on at once. A workflow that starts by the
setting of labels alone (`types: [labeled]`) stays one that people with rights start.

Source: https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-issue-forms
(`labels`, set automatically), read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary import Agent, Workflow
from nhilint.settle.own_words import first_texts
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nhilint.formats.github.admission import Opening
    from nhilint.model.fact import Many
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.agent import Trigger
    from nhilint.model.vocabulary.workflow import Job, Step
    from nhilint.tree import Tree

_FOLDER = ".github/ISSUE_TEMPLATE/"
_KINDS = (".yml", ".yaml", ".md")
_LISTED = Deferred(r"^labels:[ \t]{0,9}([^\n]{0,400})((?:\n[ \t]{0,9}-[^\n]{1,100}){0,50})", flags=re.MULTILINE)
_LONGEST = 20_000
_MOST = 100


def with_template_labels(resources: Iterable[Resource], tree: Tree) -> tuple[Resource, ...]:
    """The resources; what waits for a label that a template sets is open to anyone."""
    listed = tuple(resources)
    if not any(trigger.labels is not None for one in listed for trigger in _triggers(one)):
        return listed
    labels = {label.lower(): path for path, label in _labels(tree)}
    return tuple(_opened(one, labels) for one in listed) if labels else listed


def _triggers(resource: Resource) -> Iterator[Trigger]:
    facts = resource.facts
    if isinstance(facts, Workflow):
        yield from (trigger for job in known_records(facts.jobs) for trigger in known_records(job.admits))
        yield from (trigger for step in known_records(facts.steps) for trigger in known_records(step.admits))
    elif isinstance(facts, Agent):
        yield from known_records(facts.triggers)


def _labels(tree: Tree) -> Iterator[tuple[str, str]]:
    """Every label of a template, with the path of the template."""
    for path, text in first_texts(tree, lambda path: path.startswith(_FOLDER) and path.endswith(_KINDS), _MOST):
        match = _LISTED.search(text[:_LONGEST])
        for word in re.split(r"[,\n]", f"{match[1]}\n{match[2]}") if match is not None else ():
            label = word.strip().removeprefix("- ").strip(" []\"'")
            if label:
                yield path, label


def _opened(resource: Resource, labels: Mapping[str, str]) -> Resource:
    facts = resource.facts
    if isinstance(facts, Agent) and any(_is_set(trigger, labels) for trigger in known_records(facts.triggers)):
        from nhilint.formats.github.agent_step import opening_of

        admits = _to_anyone(known_records(facts.triggers), labels)
        opening = _in_words(opening_of(admits, facts.checks_actor, facts.open_to), facts.triggers, labels)
        changed = replace(facts, triggers=admits, open_to=opening.open_to, started_by=opening.started_by)
        return replace(resource, facts=changed)
    if not isinstance(facts, Workflow) or isinstance(facts.jobs, Unknown) or isinstance(facts.steps, Unknown):
        return resource
    jobs = tuple(_job(job, labels) if not isinstance(job, Unknown) else job for job in facts.jobs)
    steps = tuple(_step(step, labels) if not isinstance(step, Unknown) else step for step in facts.steps)
    return replace(resource, facts=replace(facts, jobs=jobs, steps=steps))


def _job(job: Job, labels: Mapping[str, str]) -> Job:
    if not any(_is_set(trigger, labels) for trigger in known_records(job.admits)):
        return job
    from nhilint.formats.github.admission import widest

    admits = _to_anyone(known_records(job.admits), labels)
    return replace(job, admits=admits, open_to=widest(admits, job.open_to).open_to)


def _step(step: Step, labels: Mapping[str, str]) -> Step:
    if not any(_is_set(trigger, labels) for trigger in known_records(step.admits)):
        return step
    from nhilint.formats.github.admission import widest

    admits = _to_anyone(known_records(step.admits), labels)
    opening = _in_words(widest(admits, step.open_to), step.admits, labels)
    return replace(step, admits=admits, open_to=opening.open_to, started_by=opening.started_by)


def _to_anyone(triggers: tuple[Trigger, ...], labels: Mapping[str, str]) -> tuple[Trigger, ...]:
    return tuple(_widened(trigger) if _is_set(trigger, labels) else trigger for trigger in triggers)


def _is_set(trigger: Trigger, labels: Mapping[str, str]) -> bool:
    return value_of(trigger.event) == "issues" and _first(trigger, labels) is not None


def _first(trigger: Trigger, labels: Mapping[str, str]) -> str | None:
    return next((label for label in value_of(trigger.labels) or () if label.lower() in labels), None)


def _widened(trigger: Trigger) -> Trigger:
    return replace(trigger, open_to=Known("anyone", trigger.at), labels=None)


def _in_words(opening: Opening, before: Many[Trigger], labels: Mapping[str, str]) -> Opening:
    """The opening, with the label and the template in the words of the event."""
    trigger = next((one for one in known_records(before) if _is_set(one, labels)), None)
    label = _first(trigger, labels) if trigger is not None else None
    if trigger is None or label is None or value_of(opening.started_by) != "issues":
        return opening
    said = f"issues (with the label {label}, which {labels[label.lower()]} sets)"
    return replace(opening, started_by=Known(said, trigger.at))
