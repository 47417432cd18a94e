"""Manifests become a cluster's identities, and service accounts meet the cloud roles that they are set to become.

Runs after the modules of Terraform are put together, so that a role they declare can be met. Joined by the same full id
only: an ARN, an address, a client id.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from nhilint.formats.kubernetes.cluster import clusters
from nhilint.formats.kubernetes.parts import Manifest
from nhilint.formats.kubernetes.principals import identities
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary import Identity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.cluster import CloudIdentity

Power = Literal["administers", "escalates", "limited"]


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources with every manifest's part replaced by the identities that they make up together."""
    manifests = [resource for resource in resources if isinstance(resource, Manifest)]
    others = tuple(resource for resource in resources if not isinstance(resource, Manifest))
    read = tuple(identity for cluster in clusters(manifests) for identity in identities(cluster))
    return (*others, *_with_cloud(read, others))


def _with_cloud(read: tuple[Resource, ...], others: Iterable[Resource]) -> tuple[Resource, ...]:
    """Accounts that know the cloud identities they may become, and who else may become them."""
    users: dict[str, dict[str, None]] = defaultdict(dict)
    for resource in read:
        for cloud in _cloud_of(resource):
            users[value_of(cloud.identity) or ""][resource.name] = None
    if not users:
        return read
    roles = {
        arn: resource.facts
        for resource in others
        if isinstance(resource.facts, Identity) and (arn := value_of(resource.facts.arn)) in users and arn
    }
    return tuple(_told(resource, users, roles) for resource in read)


def _cloud_of(resource: Resource) -> tuple[CloudIdentity, ...]:
    return known_records(resource.facts.cloud) if isinstance(resource.facts, Identity) else ()


def _told(resource: Resource, users: dict[str, dict[str, None]], roles: dict[str, Identity]) -> Resource:
    facts = resource.facts
    if not isinstance(facts, Identity) or isinstance(facts.cloud, Unknown) or not facts.cloud:
        return resource
    told: list[CloudIdentity | Unknown] = []
    for cloud in facts.cloud:
        if not isinstance(cloud, Unknown):
            full = value_of(cloud.identity) or ""
            others = tuple(name for name in users[full] if name != resource.name)
            first = Known(value=next(iter(users[full])) == resource.name, at=cloud.at)
            cloud = replace(  # noqa: PLW2901 - the same one, told more
                cloud, shared_with=Known(others, cloud.at), shared_first=first
            )
            if full in roles:
                cloud = _with_power(cloud, roles[full])  # noqa: PLW2901 - the same one, told more
        told.append(cloud)
    return replace(resource, facts=replace(facts, cloud=tuple(told)))


def _with_power(cloud: CloudIdentity, role: Identity) -> CloudIdentity:
    power: Power = "limited"
    through, at = "", role.at
    managed = role.managed_admin
    serious = [e for e in known_records(role.escalations) if value_of(e.kind) != "resource-access"]
    if value_of(role.admin):
        power, through = "administers", "a policy that allows everything"
    elif isinstance(managed, Known) and managed.value and role.boundary is None:
        power, through, at = "administers", managed.value[0].rsplit("/", 1)[-1], managed.at
    elif serious:
        power, through, at = "escalates", value_of(serious[0].name) or "", serious[0].at
    return replace(cloud, power=Known(power, at), power_through=Known(through, at))
