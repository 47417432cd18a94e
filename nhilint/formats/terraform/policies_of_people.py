"""Policies in files of their own that only people get, by what a folder or module does with the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import Known, value_of
from nhilint.model.vocabulary.identity import Identity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from nhilint.model.resource import Resource


def taken_by_people(resources: Iterable[Resource], is_theirs: Callable[[Resource], bool]) -> Iterator[Resource]:
    """The resources, of which the policies that are theirs are taken by people."""
    for resource in resources:
        facts = resource.facts
        if isinstance(facts, Identity) and value_of(facts.kind) == "policy" and is_theirs(resource):
            yield replace(resource, facts=replace(facts, taken_by=Known("people", facts.at)))
        else:
            yield resource
