"""What single manifests say, kept as it was read until the cluster they describe can be put together.

Names and namespaces are texts as the file spells them, template actions included: within one chart the same text names
the same object. An empty namespace is one that the file leaves to whoever applies it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.model.resource import Resource

if TYPE_CHECKING:
    from nhilint.model.fact import Fact, Unknown
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.cluster import CloudIdentity
    from nhilint.model.vocabulary.credential import Credential


class StatedRule(Struct, frozen=True):
    """One rule of a role; `names` and `urls` are None where it states none."""

    at: Place
    verbs: Fact[tuple[str, ...]]
    groups: Fact[tuple[str, ...]]
    resources: Fact[tuple[str, ...]]
    names: Fact[tuple[str, ...]]
    urls: Fact[tuple[str, ...]]


class StatedRole(Struct, frozen=True):
    """A Role or ClusterRole. `selectors` are the labels by which it takes in other roles' rules."""

    kind: str
    name: str
    namespace: str
    at: Place
    rules: tuple[StatedRule | Unknown, ...]
    labels: frozenset[tuple[str, str]]
    labels_at: Place
    selectors: tuple[frozenset[tuple[str, str]], ...] = ()


class StatedSubject(Struct, frozen=True):
    """Somebody a binding names."""

    kind: str
    name: str
    namespace: str
    at: Place


class StatedBinding(Struct, frozen=True):
    """A RoleBinding or ClusterRoleBinding."""

    kind: str
    name: str
    namespace: str
    at: Place
    role_kind: str
    role_name: str
    role_at: Place
    subjects: tuple[StatedSubject, ...]


class StatedAccount(Struct, frozen=True):
    """A ServiceAccount."""

    name: str
    namespace: str
    at: Place
    automounts: Fact[bool]
    cloud: tuple[CloudIdentity | Unknown, ...] = ()


class StatedAssociation(Struct, frozen=True):
    """A role of a cloud that infrastructure code gives to the service account `name`; another file may declare that."""

    name: str
    namespace: str
    at: Place
    cloud: CloudIdentity | Unknown


class StatedToken(Struct, frozen=True):
    """A Secret that Kubernetes fills with a token of a service account."""

    name: str
    account: str
    namespace: str
    at: Place


class Hazard(Struct, frozen=True):
    """A setting of a pod that opens a known path, by the path's public id."""

    id: str
    at: Place


class StatedWorkload(Struct, frozen=True):
    """A pod, or what makes pods. `account` is None where it takes the default service account.

    `runs_agent`: its kind says that a model or a tool of one runs in it.
    """

    kind: str
    name: str
    namespace: str
    at: Place
    account: str | None
    account_at: Place
    mounts: Fact[bool]
    hazards: tuple[Hazard, ...]
    credentials: tuple[Credential, ...]
    runs_agent: bool = False
    images: tuple[str, ...] = ()


class StatedEntry(Struct, frozen=True):
    """A role or user of AWS that a cluster lets in, by its full id, with the groups it then has."""

    arn: str
    groups: tuple[str, ...]
    at: Place


class StatedEntries(Struct, frozen=True):
    """The ConfigMap `aws-auth` of a cluster of EKS."""

    name: str
    at: Place
    entries: tuple[StatedEntry, ...]


class StatedKustomization(Struct, frozen=True):
    """What a kustomization lists, as paths from the root; `patches` change what other files declare."""

    name: str
    at: Place
    folder: str
    listed: frozenset[str]
    patches: frozenset[str]


Part = (
    StatedRole
    | StatedBinding
    | StatedAccount
    | StatedAssociation
    | StatedToken
    | StatedWorkload
    | StatedEntries
    | StatedKustomization
)


class Manifest(Resource, frozen=True):
    """One object of a manifest on its way to the cluster that `nhilint.link.kubernetes` puts together."""

    part: Part | None = None
