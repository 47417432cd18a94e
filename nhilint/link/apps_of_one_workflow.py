"""Steps that take a token of a GitHub App learn whether any other workflow of the repository may need more of the app.

An app whose key a single workflow names, and whose token is good for this repository alone, was made for that workflow
as far as the repository tells: what the app may do is what the workflow needs, and naming it again takes nothing away.
An app of several workflows has the sum of what all of them need: that sum is what the widest of them takes anyway,
which is the one whose own token may write whatever those of the others may, and Renovate, which changes whatever there
is. Where each hands its token to one action alone, the same in all of them, there is one use of the app and no sum.
A job that only hands the key on to a workflow of this repository does not use it; the workflow called does. A key
that no secret here is named for comes from a store or a caller: then the id of the app tells who else uses it, and
where that is worked out too nothing is known.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.github.logins import HERE
from nhilint.formats.github.secrets import opens_something
from nhilint.link.workflow_steps import steps_of, with_steps
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary import Workflow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.workflow import Step

Users = dict[str, frozenset[str]]
"""The workflows that use a key by their path, with the scopes that their own tokens may write."""
_RENOVATE = "renovatebot/github-action"


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources; steps with a whole token for this repository know whether their app serves one workflow only."""
    if not any(value_of(step.app_token) == "whole" for r in resources for step in steps_of(r)):
        return resources
    users: defaultdict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for resource in resources:
        for name, writes in (*_named(resource), *_apps(resource)):
            users[name][resource.at.path] = users[name].get(resource.at.path, frozenset()) | writes
    takers = {(r.at.path, key): to for r in resources for key, to in _takers(r).items()}
    alike = {key for key, paths in users.items() if _is_one_use([takers.get((path, key), "") for path in paths])}
    return tuple(_told(resource, users, alike) for resource in resources)


def _takers(resource: Resource) -> dict[str, str]:
    """For each key that the steps of a workflow use: the one action that has the tokens; empty where it is not one."""
    found: dict[str, str] = {}
    for step in steps_of(resource):
        to = value_of(step.app_token_to) or ""
        for key in (*(value_of(step.secrets) or ()), *filter(None, [value_of(step.app)])):
            found[key] = to if found.get(key, to) == to else ""
    return found


def _is_one_use(takers: Sequence[str]) -> bool:
    return bool(takers[0]) and len(set(takers)) == 1


def _named(resource: Resource) -> Iterator[tuple[str, frozenset[str]]]:
    """Every secret that the jobs of a workflow use, with what the token of such a job may write."""
    jobs = known_records(resource.facts.jobs) if isinstance(resource.facts, Workflow) else ()
    for job in jobs:
        if job.called is not None and value_of(job.called.ecosystem) == "local":
            continue
        writes = frozenset(value_of(job.writes) or ())
        yield from ((name, writes) for secret in known_records(job.secrets) if (name := value_of(secret.name)))


def _apps(resource: Resource) -> Iterator[tuple[str, frozenset[str]]]:
    """The apps whose tokens the steps of a workflow take, with what the token of the job may write."""
    jobs = known_records(resource.facts.jobs) if isinstance(resource.facts, Workflow) else ()
    writes = {value_of(job.name): frozenset(value_of(job.writes) or ()) for job in jobs}
    known = ((value_of(step.app), value_of(step.job)) for step in steps_of(resource))
    yield from ((app, writes.get(job, frozenset())) for app, job in known if app)


def _told(resource: Resource, users: Mapping[str, Users], alike: AbstractSet[str]) -> Resource:
    known, path = steps_of(resource), resource.at.path
    renewing = {value_of(step.job) for step in known if step.action and value_of(step.action.name) == _RENOVATE}

    def with_users(step: Step) -> Step:
        return _with_users(step, users, path, alike, widest=value_of(step.job) in renewing)

    return with_steps(resource, with_users)


def _with_users(step: Step, users: Mapping[str, Users], path: str, alike: AbstractSet[str], *, widest: bool) -> Step:
    if value_of(step.app_token) != "whole" or not (value_of(step.app_token_gives) or "").endswith(HERE):
        return step
    keys = [name for name in value_of(step.secrets) or () if opens_something(name)]
    app = value_of(step.app)
    keys = keys or ([app] if app else [])
    if not keys:
        return replace(step, app_of_one_workflow=Unknown("which app it is", step.at))
    alone = widest or all(key in alike or _needs_most(users[key], path) for key in keys)
    return replace(step, app_of_one_workflow=Known(alone, step.at))


def _needs_most(users: Users, path: str) -> bool:
    """Whether no other workflow uses the key, or only such as say that they write no more than this one."""
    others = [writes for other, writes in users.items() if other != path]
    return all(writes and writes <= users.get(path, frozenset()) for writes in others)
