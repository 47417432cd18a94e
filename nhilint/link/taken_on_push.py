"""A role made elsewhere, known by what is attached to it, meets the workflows of its repository that become it by name.

Where all that name it run on a push to one branch, it is a deployment's; where one runs for pull requests, it is
anybody's who may open one, whatever else assumes it. Roles whose ways in the repository states are judged by those.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import Known, known_records, value_of
from nhilint.model.vocabulary import Identity, Workflow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.workflow import CloudLogin

_FOR_PULLS = frozenset({"pull_request", "pull_request_target"})


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources with roles made elsewhere that know who takes them."""
    strangers = {id(r) for r in resources if isinstance(r.facts, Identity) and _states_no_way_in(r.facts)}
    if not strangers:
        return resources
    takers: dict[str, list[Workflow]] = defaultdict(list)
    for resource in resources:
        facts = resource.facts
        if isinstance(facts, Workflow):
            for name in {name for login in _logins(facts) for name in _roles_named(login)}:
                takers[name].append(facts)
    return tuple(_told(r, r.facts, takers) if id(r) in strangers else r for r in resources)


def _states_no_way_in(facts: Identity) -> bool:
    """Whether it is a role of AWS whose ways in no file of the repository states, and nothing else tells who has it."""
    of_aws = value_of(facts.provider) == "aws" and value_of(facts.kind) == "role"
    return of_aws and facts.trusts == () and value_of(facts.taken_by) in ("anything", "deployment")


def _told(resource: Resource, facts: object, takers: dict[str, list[Workflow]]) -> Resource:
    found = takers.get(value_of(facts.name) or "", []) if isinstance(facts, Identity) else []
    if not isinstance(facts, Identity) or not found:
        return resource
    if all(map(_runs_on_one_branch, found)):
        return replace(resource, facts=replace(facts, taken_by=Known("deployment", facts.at)))
    if any(value_of(trigger.event) in _FOR_PULLS for flow in found for trigger in known_records(flow.triggers)):
        return replace(resource, facts=replace(facts, taken_by=Known("anything", facts.at)))
    return resource


def _runs_on_one_branch(flow: Workflow) -> bool:
    triggers = known_records(flow.triggers)
    every = isinstance(flow.triggers, tuple) and 0 < len(triggers) == len(flow.triggers)
    branches = {branch for trigger in triggers for branch in value_of(trigger.branches) or ("*",)}
    pushed = all(value_of(trigger.event) == "push" for trigger in triggers)
    return every and pushed and len(branches) == 1 and not any(mark in next(iter(branches)) for mark in "*?[!+$")


def _logins(flow: Workflow) -> Iterator[CloudLogin]:
    for step in known_records(flow.steps):
        if step.login is not None and value_of(step.login.provider) == "aws":
            yield step.login


def _roles_named(login: CloudLogin) -> Iterator[str]:
    texts = (value_of(login.identity), *(value_of(login.may_be) or ()))
    return (text.rpartition("/")[2] for text in texts if text and ":role/" in text)
