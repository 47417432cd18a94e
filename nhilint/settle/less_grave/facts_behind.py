"""The facts of what a finding is about, for those that ask more of them than the finding itself tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from nhilint.model.fact import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource

_Facts = TypeVar("_Facts", bound=Record)


def facts_behind(finding: Finding, resources: Iterable[Resource], sort: type[_Facts]) -> Iterator[_Facts]:
    """The facts, where they are of that sort, of each resource that is called like the finding's subject; which of
    several is meant, the place of the finding tells."""
    for resource in resources:
        if resource.name == finding.subject.name and isinstance(resource.facts, sort):
            yield resource.facts
