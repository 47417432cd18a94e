"""Actions, workflows and included files of the scanned repository's own owner are as close as the repository itself.

Who the owner is, the caller knows: from the platform's runner or the work tree's remote. Unknown owners change nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.vocabulary import Workflow
from nhilint.model.vocabulary.workflow import Job, Step

if TYPE_CHECKING:
    from nhilint.model.fact import Many
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.tool import Package

Part = TypeVar("Part", Step, Job)

_PLATFORMS = frozenset({"gitlab.com", "github.com", "raw.githubusercontent.com"})


def join(resources: tuple[Resource, ...], owner: str | None) -> tuple[Resource, ...]:
    """The resources with every action and called workflow of `owner` marked as first party."""
    if not owner:
        return resources
    return tuple(_marked(resource, owner.lower()) for resource in resources)


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
