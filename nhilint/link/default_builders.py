"""A trigger of Cloud Build that names no account meets the default account that the same folder gives roles to.

Which of two accounts a build gets then is the organisation's decision. Where the files beside the trigger give roles to
the account that Cloud Build has had for this in every project, NUMBER@cloudbuild.gserviceaccount.com, they tell which.
Source: https://cloud.google.com/build/docs/cloud-build-service-account, read 2026-11-23.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import Known, value_of
from nhilint.model.vocabulary import Identity, Workflow

if TYPE_CHECKING:
    from nhilint.model.resource import Resource

_LEGACY = "@cloudbuild.gserviceaccount.com"


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources with builds that know the default account of their own folder."""
    if not any(_is_by_default(resource) for resource in resources):
        return resources
    legacy: dict[str, list[Resource]] = defaultdict(list)
    for resource in resources:
        if isinstance(resource.facts, Identity) and (value_of(resource.facts.name) or "").endswith(_LEGACY):
            legacy[_folder(resource)].append(resource)
    return tuple(_told(each, legacy[_folder(each)]) if _is_by_default(each) else each for each in resources)


def _is_by_default(resource: Resource) -> bool:
    facts = resource.facts
    return isinstance(facts, Workflow) and facts.runs_as is not None and value_of(facts.runs_as.by_default) is True


def _told(resource: Resource, accounts: list[Resource]) -> Resource:
    facts = resource.facts
    if len(accounts) != 1 or not isinstance(facts, Workflow) or facts.runs_as is None:
        return resource
    account = accounts[0]
    identity = Known(account.name, facts.runs_as.at)
    runs_as = replace(facts.runs_as, identity=identity, declared=Known(value=True, at=account.at), power=None)
    return replace(resource, facts=replace(facts, runs_as=runs_as))


def _folder(resource: Resource) -> str:
    return resource.at.path.rpartition("/")[0]
