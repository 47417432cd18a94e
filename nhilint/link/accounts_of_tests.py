"""Accounts of Google Cloud and Azure that run tests, as their names say, learn so.

An account of end-to-end or integration tests has what the tests make and remove again, mostly in a project of their
own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import Known, value_of
from nhilint.model.vocabulary.identity import Identity
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.model.resource import Resource

_CLOUDS = ("gcp", "azure")
_CALLED_SO = Deferred(
    r"(?i)(?:^|[^a-z0-9])(?:e2e|(?:integration|acceptance|ci|cicd|cli|smoke|load)[-_]?tests?)(?:[^a-z]|$)"
)


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources; such accounts with that fact."""
    return tuple(_told(one, one.facts) if isinstance(one.facts, Identity) else one for one in resources)


def _told(resource: Resource, facts: Identity) -> Resource:
    if value_of(facts.provider) not in _CLOUDS or not _CALLED_SO.search(resource.name):
        return resource
    return replace(resource, facts=replace(facts, for_tests=Known(value=True, at=facts.at)))
