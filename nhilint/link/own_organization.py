"""Actions, workflows and included files of the scanned repository's own owner are as close as the repository itself.

Who the owner is, the caller knows: from the platform's runner or the work tree's remote. Where it does not, a reference
to an action that stands in this very tree under the same path tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary import Workflow
from nhilint.model.vocabulary.workflow import Job, Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.model.fact import Many
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.tool import Package

Part = TypeVar("Part", Step, Job)

_PLATFORMS = frozenset({"gitlab.com", "github.com", "raw.githubusercontent.com"})


def join(resources: tuple[Resource, ...], owner: str | None) -> tuple[Resource, ...]:
    """The resources with every action and called workflow of `owner` marked as first party."""
    owner = owner or _owner_by_own_paths(resources)
    if not owner:
        return resources
    return tuple(_marked(resource, owner.lower()) for resource in resources)


def _owner_by_own_paths(resources: tuple[Resource, ...]) -> str | None:
    """The one owner whose actions are referred to by paths that this tree has; None for none or several."""
    here = {resource.at.path for resource in resources if isinstance(resource.facts, Workflow)}
    owners = {name.split("/", 1)[0].lower() for name in _referred(resources) if _stands_here(name, here)}
    return owners.pop() if len(owners) == 1 else None


def _referred(resources: tuple[Resource, ...]) -> Iterator[str]:
    for resource in resources:
        if isinstance(resource.facts, Workflow):
            steps = (step.action for step in known_records(resource.facts.steps))
            jobs = (job.called for job in known_records(resource.facts.jobs))
            named = (value_of(package.name) for package in (*steps, *jobs) if package is not None)
            yield from (name for name in named if name)


def _stands_here(name: str, here: set[str]) -> bool:
    """Whether `owner/repository/path` leads to an action of this tree; names of workflows are too common to tell."""
    path = "/".join(name.split("/")[2:])
    return bool(path) and not here.isdisjoint((f"{path}/action.yml", f"{path}/action.yaml"))


def _marked(resource: Resource, owner: str) -> Resource:
    facts = resource.facts
    if not isinstance(facts, Workflow):
        return resource
    steps = _each(facts.steps, owner)
    jobs = _each(facts.jobs, owner)
    includes = facts.includes
    if not isinstance(includes, Unknown):
        includes = tuple(one if isinstance(one, Unknown) else _included(one, owner) for one in includes)
    return replace(resource, facts=replace(facts, steps=steps, jobs=jobs, includes=includes))


def _each(parts: Many[Part], owner: str) -> Many[Part]:
    if isinstance(parts, Unknown):
        return parts
    return tuple(part if isinstance(part, Unknown) else _own(part, owner) for part in parts)


def _own(part: Part, owner: str) -> Part:
    if isinstance(part, Step):
        return replace(part, action=_package(part.action, owner))
    return replace(part, called=_package(part.called, owner))


def _included(package: Package, owner: str) -> Package:
    """An included file of the owner, by its project or by the address of a platform that has the owner in the path."""
    name = value_of(package.name) or ""
    host, _, path = name.removeprefix("https://").partition("/")
    is_address = name.startswith("https://")
    if (path if is_address else name).split("/", 1)[0].lower() != owner or (is_address and host not in _PLATFORMS):
        return package
    return replace(package, first_party=Known(value=True, at=package.at))


def _package(package: Package | None, owner: str) -> Package | None:
    name = value_of(package.name) if package is not None else None
    if package is None or name is None or name.split("/", 1)[0].lower() != owner:
        return package
    return replace(package, first_party=Known(value=True, at=package.at))
