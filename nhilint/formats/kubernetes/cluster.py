"""Parts of many files become one cluster: what belongs together, which role a binding means, which account a pod uses.

A repository seldom says what is deployed together, so parts are joined within a chart, or within one top-level folder
otherwise. A namespace that is left out fits the only one that is stated for the same name; one that is filled in later
may be any, and is taken for no other's.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from nhilint.formats.kubernetes.names import OPEN, plain_name, plain_namespace, scope_of
from nhilint.formats.kubernetes.parts import (
    Manifest,
    StatedAccount,
    StatedAdmission,
    StatedApplier,
    StatedAssociation,
    StatedBinding,
    StatedRole,
    StatedToken,
    StatedWorkload,
)
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nhilint.formats.kubernetes.parts import Part, StatedSubject

P = TypeVar("P", bound="Part")

COPIED = "copied"
"""The setting of what a tool put together from sources elsewhere."""
_MOST_ROLES = 300
_ACCOUNT_USER = "system:serviceaccount:"
_OF_MACHINES = Deferred(
    r"[^@\s]{1,80}-compute@developer\.gserviceaccount\.com"
    r"|[a-z][a-z0-9-]{4,28}[a-z0-9]@[a-z][a-z0-9-]{4,28}[a-z0-9]\.iam\.gserviceaccount\.com"
)
"""A service account of Google Cloud, be it the default one of Compute Engine, which every machine of a project has that
names no other: to a cluster of GKE it is a user
(cloud.google.com/kubernetes-engine/docs/how-to/role-based-access-control, known, not re-read)."""


class Principal(NamedTuple):
    """Whom a binding means, or a workload runs as: `kind` is service_account, group or user."""

    kind: str
    name: str
    namespace: str = ""


class Held(NamedTuple):
    """A role that a principal holds: the binding, the subject that names the principal, and the roles that it means.

    `roles` is empty for a role that no file of the cluster declares.
    """

    binding: StatedBinding
    subject: StatedSubject
    roles: tuple[StatedRole, ...]

    @property
    def cluster_wide(self) -> bool:
        """Whether it holds in every namespace."""
        return self.binding.kind == "ClusterRoleBinding"


class Cluster:
    """The parts of one chart or folder, and the questions that join them."""

    def __init__(self, manifests: Sequence[Manifest]) -> None:
        self.manifests = tuple(manifests)
        parts = [manifest.part for manifest in manifests]
        self.roles = _of(parts, StatedRole)
        self.bindings = _of(parts, StatedBinding)
        self.accounts = _of(parts, StatedAccount)
        self.associations = _of(parts, StatedAssociation)
        self.tokens = _of(parts, StatedToken)
        self.appliers = _of(parts, StatedApplier)
        self.workloads = _of(parts, StatedWorkload)
        self._answered = {
            (_folder(one.at.path), name) for one in _of(parts, StatedAdmission) for name in one.namespaces
        }
        self._roles_by_name: dict[tuple[str, str], list[StatedRole]] = defaultdict(list)
        for role in self.roles:
            self._roles_by_name[role.kind, role.name].append(role)
        self._roles_by_label: dict[tuple[str, str], list[StatedRole]] = defaultdict(list)
        for role in self.roles:
            for label in role.labels if role.kind == "ClusterRole" else ():
                self._roles_by_label[label].append(role)
        self._meanings = {id(binding): self._meant(binding) for binding in self.bindings}
        self._only_namespace = self._lone_namespaces()
        self.declared_namespaces = frozenset(account.namespace for account in self.accounts)
        self.setting = next((one.setting for one in manifests if one.setting != COPIED), "production")
        self._copies = frozenset(id(one.part) for one in manifests if one.setting == COPIED)

    def principals(self) -> dict[Principal, list[Held]]:
        """Everybody that is named, with what they hold; in the order of declaration."""
        found: dict[Principal, list[Held]] = {}
        for account in self.accounts:
            found.setdefault(self._account(account.name, account.namespace), [])
        for workload in self.workloads:
            found.setdefault(self.account_of(workload), [])
        for given in self.associations:
            found.setdefault(self._account(given.name, given.namespace), [])
        for token in self.tokens:
            found.setdefault(self._account(token.account, token.namespace), [])
        for binding in self.bindings:
            roles = self._meanings[id(binding)]
            for subject in binding.subjects:
                found.setdefault(self._principal(subject, binding), []).append(Held(binding, subject, roles))
        return found

    def account_of(self, workload: StatedWorkload) -> Principal:
        """The service account that a workload runs as."""
        return self._account(workload.account or "default", workload.namespace)

    def answers_admission(self, workload: StatedWorkload) -> bool:
        """Whether a validating webhook that stands beside a workload is answered in its namespace."""
        return (_folder(workload.at.path), workload.namespace) in self._answered

    def account_named(self, name: str, namespace: str) -> Principal:
        """The service account of a name, with its namespace where one is known."""
        return self._account(name, namespace)

    def unbound(self) -> tuple[StatedRole, ...]:
        """Roles that nothing of the cluster binds or takes in."""
        bound = {id(role) for roles in self._meanings.values() for role in roles}
        return tuple(role for role in self.roles if id(role) not in bound)

    def setting_of(self, parts: Sequence[Part]) -> str:
        """The role of what these parts make up: a copy where all of them are."""
        return COPIED if parts and all(id(part) in self._copies for part in parts) else self.setting

    def decided_here(self, held: list[Held], workloads: Iterable[StatedWorkload]) -> list[Held]:
        """What an account holds, without what a release that was copied gives its own account, where something beside
        it is given here and nothing of one's own says that it runs as that account."""
        own = [one for one in held if self.setting_of((one.binding, *one.roles)) != COPIED]
        runs = any(one.account is not None and self.setting_of((one,)) != COPIED for one in workloads)
        return own if own and not runs else held

    def run_from_here(self, workloads: Sequence[StatedWorkload]) -> list[StatedWorkload]:
        """What runs as an account, without what a copied release runs as it, where something of one's own does."""
        if all(self.setting_of((one,)) == COPIED for one in workloads):
            return list(workloads)
        return [one for one in workloads if one.runs_agent or self.setting_of((one,)) != COPIED]

    def _meant(self, binding: StatedBinding) -> tuple[StatedRole, ...]:
        """The declared role nearest to the binding, and the roles that it takes in."""
        candidates = [
            role
            for role in self._roles_by_name.get((binding.role_kind, binding.role_name), ())[:_MOST_ROLES]
            if role.kind == "ClusterRole" or _fits(role.namespace, binding.namespace)
        ]
        if not candidates:
            return ()
        meant = max(candidates, key=lambda role: _nearness(role.at.path, binding.at.path))
        return (meant, *islice(self._taken_in(meant), _MOST_ROLES))

    def _taken_in(self, aggregate: StatedRole) -> Iterator[StatedRole]:
        for labels in aggregate.selectors:
            for role in self._roles_by_label.get(next(iter(labels)), ()):
                if role is not aggregate and labels <= role.labels:
                    yield role

    def _principal(self, subject: StatedSubject, binding: StatedBinding) -> Principal:
        if subject.kind == "ServiceAccount":
            return self._account(subject.name, subject.namespace or binding.namespace)
        if subject.kind == "User" and subject.name.startswith(_ACCOUNT_USER):
            namespace, _, name = subject.name.removeprefix(_ACCOUNT_USER).partition(":")
            return self._account(plain_name(name), plain_namespace(namespace))
        if subject.kind == "User" and _OF_MACHINES.fullmatch(subject.name):
            return Principal("service_account", subject.name)
        return Principal("group" if subject.kind == "Group" else "user", subject.name)

    def _account(self, name: str, namespace: str) -> Principal:
        known = "" if namespace == OPEN else namespace or self._only_namespace.get(name, "")
        return Principal("service_account", name, known)

    def _lone_namespaces(self) -> dict[str, str]:
        """Of every account's name the namespace, where all that state one state the same."""
        stated: dict[str, set[str]] = defaultdict(set)
        for account in self.accounts:
            stated[account.name].add(account.namespace)
        for given in self.associations:
            stated[given.name].add(given.namespace)
        for workload in self.workloads:
            stated[workload.account or "default"].add(workload.namespace)
        for binding in self.bindings:
            for subject in binding.subjects:
                if subject.kind == "ServiceAccount":
                    stated[subject.name].add(subject.namespace)
        lone = {name: namespaces - {"", OPEN} for name, namespaces in stated.items() if name != "default"}
        return {name: next(iter(namespaces)) for name, namespaces in lone.items() if len(namespaces) == 1}


def clusters(manifests: Iterable[Manifest]) -> tuple[Cluster, ...]:
    """The manifests of a repository by chart or top-level folder, and by the setting of their files.

    Copies belong to what is applied beside them: one's own binding may mean a role of theirs.
    """
    groups: dict[tuple[str, str], list[Manifest]] = defaultdict(list)
    for manifest in manifests:
        setting = "production" if manifest.setting == COPIED else manifest.setting
        groups[scope_of(manifest.at.path), setting].append(manifest)
    return tuple(Cluster(_without_own(group)) for group in groups.values())


def _without_own(group: list[Manifest]) -> list[Manifest]:
    """The manifests without copies of what stands beside them as one's own: a release's bundle beside its sources."""
    own = {_called(one) for one in group if one.setting != COPIED}
    return [one for one in group if one.setting != COPIED or _called(one) not in own]


def _called(manifest: Manifest) -> tuple[str, str]:
    part = manifest.part
    kind = part.kind if isinstance(part, StatedRole | StatedBinding | StatedWorkload) else type(part).__name__
    return kind, manifest.name


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _fits(one: str, other: str) -> bool:
    return one == other or not {one, other}.isdisjoint({"", OPEN})


def _nearness(one: str, other: str) -> tuple[bool, int]:
    """How near two files are: the same one, or by the folders that they share."""
    shared = 0
    for left, right in zip(one.split("/")[:-1], other.split("/")[:-1], strict=False):
        if left != right:
            break
        shared += 1
    return one == other, shared


def _of(parts: Sequence[Part | None], kind: type[P]) -> tuple[P, ...]:
    return tuple(part for part in parts if isinstance(part, kind))
