"""Manifests become a cluster's identities, and service accounts meet the cloud roles that they are set to become.

Runs after the modules of Terraform are put together, so that a role they declare can be met. Joined by the same full
id: an ARN, an address, a client id; a role of AWS also by the name in its ARN, where one declaration alone has it.
Roles that the ConfigMap `aws-auth` lets in learn what they may do in the cluster.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from nhilint.formats.aws.cluster_access import MASTERS, told
from nhilint.formats.gcp.members import OWN
from nhilint.formats.kubernetes.argo import files_about, idle_files
from nhilint.formats.kubernetes.cluster import clusters
from nhilint.formats.kubernetes.definitions import own_groups
from nhilint.formats.kubernetes.flux import as_synced, without_rewritten
from nhilint.formats.kubernetes.installed import as_installed
from nhilint.formats.kubernetes.kustomization import as_applied
from nhilint.formats.kubernetes.parts import Manifest, StatedEntries
from nhilint.formats.kubernetes.patched import as_patched
from nhilint.formats.kubernetes.principals import identities
from nhilint.formats.kubernetes.renaming import as_named
from nhilint.formats.kubernetes.scaffold import without_repeated
from nhilint.link.cloud_roles import Roles
from nhilint.link.google_admissions import Admissions
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary import Identity

if TYPE_CHECKING:
    from nhilint.model.place import Place
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.authority import ClusterAccess
    from nhilint.model.vocabulary.cluster import CloudIdentity

_Users = dict[tuple[str, bool], dict[str, "Place"]]
"""The accounts that ask for a cloud identity, those that it lets in apart from those that it refuses."""
Power = Literal["administers", "escalates", "limited"]
_BY_OTHERS_TRUST = "sts-001"
"""Assuming any role takes one that trusts the holder: how far that leads, the other role says."""
_ROLE_OF_MODULE = "aws_iam_role."
_ROLE_OF_TEMPLATE = "Resources."


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources with every manifest's part replaced by the identities that they make up together."""
    installed = as_installed(resources)
    patched = as_patched(without_rewritten(installed, resources))
    manifests = as_named(without_repeated(as_applied(as_synced(patched))), installed)
    others = tuple(resource for resource in resources if not isinstance(resource, Manifest))
    defined = own_groups(resources)
    read = tuple(identity for cluster in clusters(manifests) for identity in identities(cluster, defined))
    read = _as_unapplied(read, idle_files(resources))
    roles = Roles(others)
    return (*_with_access(others, manifests, roles), *_with_cloud(read, others, roles))


def _as_unapplied(read: tuple[Resource, ...], idle: frozenset[str]) -> tuple[Resource, ...]:
    """The identities; those that only files say something of that Argo CD does not get to know that."""
    return tuple(_told_unapplied(one, idle) for one in read) if idle else read


def _told_unapplied(resource: Resource, idle: frozenset[str]) -> Resource:
    facts = resource.facts
    if not isinstance(facts, Identity) or not files_about(facts) <= idle:
        return resource
    return replace(resource, facts=replace(facts, unapplied=Known(value=True, at=facts.at)))


def _with_access(others: tuple[Resource, ...], manifests: list[Manifest], roles: Roles) -> tuple[Resource, ...]:
    """Roles that know which groups of a cluster they have."""
    entered: dict[Place, list[ClusterAccess]] = defaultdict(list)
    for manifest in manifests:
        for entry in manifest.part.entries if isinstance(manifest.part, StatedEntries) else ():
            role = roles.meant_by(entry.arn, manifest.setting)
            if role is not None and entry.groups:
                group = MASTERS if MASTERS in entry.groups else entry.groups[0]
                entered[role.at].append(told(group, "", entry.at, administers=group == MASTERS))
    return tuple(_entering(resource, entered) for resource in others) if entered else others


def _entering(resource: Resource, entered: dict[Place, list[ClusterAccess]]) -> Resource:
    facts = resource.facts
    if not isinstance(facts, Identity) or facts.at not in entered:
        return resource
    access = (*known_records(facts.cluster_access), *entered[facts.at])
    return replace(resource, facts=replace(facts, cluster_access=access))


def _with_cloud(read: tuple[Resource, ...], others: tuple[Resource, ...], named: Roles) -> tuple[Resource, ...]:
    """Accounts that know the cloud identities they may become, and who else may become them."""
    if not any(map(_cloud_of, read)):
        return read
    admissions = Admissions(others)
    read = tuple(_asked(resource, admissions) for resource in read)
    users: _Users = defaultdict(dict)
    for resource in read:
        for cloud in _cloud_of(resource):
            users[_key(cloud)].setdefault(resource.name, cloud.at)
    roles = {
        told: resource.facts
        for resource in others
        if isinstance(resource.facts, Identity)
        for told in _told_by(resource.facts)
        if (told, True) in users or (told, False) in users
    }
    for resource in read:
        for cloud in _cloud_of(resource):
            full = _id_of(cloud)
            meant = roles.get(full) or named.meant_by(full, resource.setting)
            if meant is not None:
                roles[full] = meant
    return tuple(_with_own_names(_told(resource, users, roles)) for resource in read)


def _asked(resource: Resource, admissions: Admissions) -> Resource:
    """An account that knows which of the cloud identities that it is set to become do not let it in."""
    facts = resource.facts
    if not isinstance(facts, Identity) or not isinstance(facts.cloud, tuple) or not facts.cloud:
        return resource
    cloud = tuple(
        replace(one, lets_in=Known(value=False, at=one.at))
        if not isinstance(one, Unknown) and admissions.refuse(value_of(one.identity) or "", resource.name)
        else one
        for one in facts.cloud
    )
    return replace(resource, facts=replace(facts, cloud=cloud))


def _with_own_names(resource: Resource) -> Resource:
    """An account that calls cloud identities of its own module as the module does."""
    facts = resource.facts
    if not isinstance(facts, Identity) or not isinstance(facts.cloud, tuple) or not facts.cloud:
        return resource
    return replace(resource, facts=replace(facts, cloud=tuple(map(_called, facts.cloud))))


def _called(cloud: CloudIdentity | Unknown) -> CloudIdentity | Unknown:
    """A cloud identity without the stand-in of an account that its own module makes."""
    stated = None if isinstance(cloud, Unknown) else value_of(cloud.identity)
    if isinstance(cloud, Unknown) or stated is None or not stated.endswith(OWN):
        return cloud
    return replace(cloud, identity=Known(stated.removesuffix(OWN), cloud.at))


def _cloud_of(resource: Resource) -> tuple[CloudIdentity, ...]:
    return known_records(resource.facts.cloud) if isinstance(resource.facts, Identity) else ()


def _id_of(cloud: CloudIdentity) -> str:
    """The full id of a cloud identity; of a role that a module makes, the module's folder and the address there; of one
    that a template makes, its file and its place there."""
    stated = value_of(cloud.identity) or ""
    if stated.startswith(_ROLE_OF_TEMPLATE):
        return f"{cloud.at.path}#{stated}"
    return f"{_folder(cloud.at)}{stated}" if stated.startswith(_ROLE_OF_MODULE) or stated.endswith(OWN) else stated


def _told_by(role: Identity) -> tuple[str, ...]:
    """What a service account calls a role of AWS: its full id, or what its own module or template knows it by."""
    arn, pointer = value_of(role.arn), role.at.pointer
    if pointer[:1] == ("Resources",) and len(pointer) > 1:
        return (*((arn,) if arn else ()), f"{role.at.path}#{_ROLE_OF_TEMPLATE}{pointer[1]}")
    if arn or pointer[:2] != ("resource", _ROLE_OF_MODULE.rstrip(".")):
        return (arn,) if arn else ()
    return (f"{_folder(role.at)}{_ROLE_OF_MODULE}{pointer[2]}",)


def _folder(at: Place) -> str:
    return at.path[: at.path.rfind("/") + 1]


def _key(cloud: CloudIdentity) -> tuple[str, bool]:
    """The full id of a cloud identity, and whether it is not said to refuse who asks for it."""
    return _id_of(cloud), value_of(cloud.lets_in) is not False


def _told(resource: Resource, users: _Users, roles: dict[str, Identity]) -> Resource:
    facts = resource.facts
    if not isinstance(facts, Identity) or isinstance(facts.cloud, Unknown) or not facts.cloud:
        return resource
    told: list[CloudIdentity | Unknown] = []
    for cloud in facts.cloud:
        if not isinstance(cloud, Unknown):
            full, alike = _id_of(cloud), users[_key(cloud)]
            others = _beside(resource.name, cloud.at, alike, roles.get(full), full)
            first = Known(value=next(iter(alike)) == resource.name, at=cloud.at)
            cloud = replace(  # noqa: PLW2901 - the same one, told more
                cloud, shared_with=Known(others, cloud.at), shared_first=first
            )
            if full in roles:
                cloud = _with_power(cloud, roles[full])  # noqa: PLW2901 - the same one, told more
        told.append(cloud)
    return replace(resource, facts=replace(facts, cloud=tuple(told)))


def _beside(name: str, at: Place, users: dict[str, Place], role: Identity | None, full: str) -> tuple[str, ...]:
    """Other accounts that become the same identity. One block of a module makes an account and a role in each of its
    instances; a role whose trust names one subject lets in no second account."""
    subjects = [value_of(trust.subjects) or ("*",) for trust in known_records(role.trusts)] if role is not None else []
    if len(named := {one for some in subjects for one in some}) == 1 and not any("*" in one for one in named):
        return ()
    if _ROLE_OF_MODULE not in full:
        return tuple(other for other in users if other != name)
    stated = {place: other for other, place in reversed(users.items()) if other != name and place != at}
    return tuple(other for other, place in users.items() if stated.get(place) == other)


def _with_power(cloud: CloudIdentity, role: Identity) -> CloudIdentity:
    power: Power = "limited"
    through, at = "", role.at
    managed = role.managed_admin
    leading = (e for e in known_records(role.escalations) if value_of(e.kind) != "resource-access")
    serious = [e for e in leading if value_of(e.id) != _BY_OTHERS_TRUST]
    if value_of(role.admin):
        power, through = "administers", "a policy that allows everything"
    elif isinstance(managed, Known) and managed.value and role.boundary is None:
        power, through, at = "administers", managed.value[0].rsplit("/", 1)[-1], managed.at
    elif serious:
        power, through, at = "escalates", value_of(serious[0].name) or "", serious[0].at
    return replace(cloud, power=Known(power, at), power_through=Known(through, at))
