"""The files of one GitLab pipeline are put together: what it includes from its own repository, what jobs extend there.

`include: local` merges a file of the same repository into the one that names it, with what that one includes in turn.
Files of no telling name count only where a pipeline includes them. A job that extends a hidden job of another file gets
its credentials and its login; a variable that any of the files gives a value is no secret of the project. What a file
of another project or a component adds stays unread.

Source: https://docs.gitlab.com/ci/yaml/includes/ and https://docs.gitlab.com/ci/yaml/ (include:local, extends), read
2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.gitlab.includes import included_by
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary import Workflow
from nhilint.model.vocabulary.workflow import Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.workflow import HiddenJob, Job

MOST_INCLUDED = 150
"""So many files one pipeline may include; GitLab's own limit."""
_PART = "gitlab-part"
_FORMATS = ("gitlab-pipeline", _PART)
_MOST_EXTENDED = 11


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources with pipelines put together, without parts that no pipeline includes."""
    files = {r.at.path: r.facts for r in resources if r.format in _FORMATS and isinstance(r.facts, Workflow)}
    parts = {r.at.path for r in resources if r.format == _PART}
    together: dict[str, set[str]] = {}
    for path in files:
        if path not in parts:
            whole = _included(path, files)
            for member in whole:
                together.setdefault(member, set()).update(whole)
    return tuple(_joined(r, files, together) for r in resources if r.at.path not in parts or r.at.path in together)


def _included(start: str, files: Mapping[str, Workflow]) -> set[str]:
    """The files of one pipeline: the one that it starts from and all that they include, each once."""
    seen, pending = {start}, [start]
    while pending and len(seen) <= MOST_INCLUDED:
        for name in value_of(files[pending.pop()].local_includes) or ():
            found = [path for path in included_by(name, files) if path not in seen]
            seen.update(found)
            pending.extend(found)
    return seen


def _joined(resource: Resource, files: Mapping[str, Workflow], together: Mapping[str, set[str]]) -> Resource:
    facts = resource.facts
    members = together.get(resource.at.path, {resource.at.path})
    if not isinstance(facts, Workflow) or resource.format not in _FORMATS or len(members) < 2:
        return resource
    others = [files[path] for path in sorted(members - {resource.at.path})]
    hidden = {value_of(base.name): base for other in others for base in known_records(other.hidden_jobs)}
    valued = frozenset(name for other in others for name in value_of(other.variables) or ())
    steps = list(known_records(facts.steps))
    jobs: list[Job | Unknown] = []
    for job in () if isinstance(facts.jobs, Unknown) else facts.jobs:
        if isinstance(job, Unknown):
            jobs.append(job)
            continue
        extended = _with_extended(_without(job, valued), hidden)
        jobs.append(extended)
        steps = [_as_its_job(step, job, extended) for step in steps]
        steps += _logins(extended, job, hidden, steps)
    return replace(resource, facts=replace(facts, jobs=tuple(jobs), steps=tuple(steps)))


def _without(job: Job, valued: frozenset[str]) -> Job:
    """The job without the variables that another file gives a value."""
    secrets = tuple(one for one in known_records(job.secrets) if value_of(one.name) not in valued)
    held = tuple(word for word in value_of(job.held) or () if word.removeprefix("the variable ") not in valued)
    if len(secrets) == len(known_records(job.secrets)) or not isinstance(job.held, Known):
        return job
    if not held:
        return replace(job, secrets=secrets, rights=Known("default", job.at), held=Known((_DEFAULT,), job.at))
    return replace(job, secrets=secrets, held=Known(held, job.held.at))


_DEFAULT = "the job's own token, with what the project's settings give it"


def _bases(job: Job, hidden: Mapping[str | None, HiddenJob]) -> Iterator[HiddenJob]:
    """The hidden jobs of other files that a job extends, nearest first, and those that they extend."""
    pending = list(value_of(job.extends_elsewhere) or ())
    seen: set[str] = set()
    while pending and len(seen) < _MOST_EXTENDED:
        name = pending.pop(0)
        base = hidden.get(name)
        if base is not None and name not in seen:
            seen.add(name)
            yield base
            pending.extend(value_of(base.extends) or ())


def _with_extended(job: Job, hidden: Mapping[str | None, HiddenJob]) -> Job:
    """The job with the credentials of what it extends, and the rights that they make."""
    names = {value_of(one.name) for one in known_records(job.secrets)}
    found = [base for base in _bases(job, hidden) if value_of(base.rights) == "strong"]
    if not found:
        return job
    secrets = (one for base in found for one in known_records(base.secrets) if value_of(one.name) not in names)
    own = value_of(job.held) if value_of(job.rights) == "strong" else ()
    words = tuple(dict.fromkeys((*(own or ()), *(word for base in found for word in value_of(base.held) or ()))))
    at = found[0].held.at if isinstance(found[0].held, Known) else job.at
    rights, held = Known("strong", at), Known(words, at)
    return replace(job, secrets=(*known_records(job.secrets), *secrets), rights=rights, held=held)


def _as_its_job(step: Step, job: Job, extended: Job) -> Step:
    """A step holds what its job holds."""
    if step.at != job.at or extended is job:
        return step
    return replace(step, rights=extended.rights, held=extended.held)


def _logins(job: Job, stated: Job, hidden: Mapping[str | None, HiddenJob], steps: list[Step]) -> Iterator[Step]:
    """The login of the nearest job that it extends, where it makes none itself."""
    if any(step.at == stated.at and step.login is not None for step in steps):
        return
    login = next((base.login for base in _bases(job, hidden) if base.login is not None), None)
    if login is not None:
        yield Step(
            at=job.at,
            name=job.name,
            job=job.name,
            login=login,
            open_to=job.open_to,
            rights=job.rights,
            held=job.held,
        )
