"""Values of a HelmRelease of Flux, or of an Application of Argo CD, become what its chart makes of them.

These are roles, bindings, accounts and workloads.
Read are charts on bjw-s' common library (app-template and its kin: `controllers` with `serviceAccount`, `rbac.roles`
and `rbac.bindings`, told by their shape), the set of runners of GitHub (`githubConfigUrl`, the pod in `template`), and
of any other chart the rules that `released_rules` tells and the bindings that `released_defaults` tells.
Objects are called as the chart calls them: by the release, with the key behind it where there are several of a kind.
Left out are the pods of the library apart from the account they run as, and values that come from elsewhere
(`valuesFrom`). Sources, read 2026-11-22: https://github.com/bjw-s-labs/helm-charts (charts/library/common 4.1.1:
schemas/rbac.json, templates/classes, lib/common/_determineResourceNameFromValues.tpl,
lib/pod/fields/_serviceAccountName.tpl; charts/other/app-template), https://fluxcd.io/flux/components/helm/helmreleases/
(releaseName, targetNamespace) and
https://docs.github.com/en/actions/tutorials/use-actions-runner-controller/deploy-runner-scale-sets.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from nhilint.formats.kubernetes.account import cloud_of
from nhilint.formats.kubernetes.names import name_of, namespace_of, object_name
from nhilint.formats.kubernetes.parts import (
    RUNNERS,
    StatedAccount,
    StatedBinding,
    StatedRole,
    StatedSubject,
    StatedToken,
    StatedWorkload,
)
from nhilint.formats.kubernetes.rbac import rules_of
from nhilint.formats.kubernetes.released_defaults import binds_by_default, bound_by_default
from nhilint.formats.kubernetes.released_rules import adds_rules, rules_given
from nhilint.formats.kubernetes.workload import read_pod

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.kubernetes.parts import Part
    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact

_GROUP = "helm.toolkit.fluxcd.io/"
_ARGO = "argoproj.io/"
_ROLES = ("Role", "ClusterRole")
_BINDINGS = ("RoleBinding", "ClusterRoleBinding")
_KINDS = {
    "deployment": "Deployment",
    "statefulset": "StatefulSet",
    "daemonset": "DaemonSet",
    "cronjob": "CronJob",
    "job": "Job",
}
_MOST = 500


def is_release(node: Node) -> bool:
    """Whether an object is a release of a chart whose values are read here."""
    values = _values_of(node)
    if values is None:
        return False
    return _is_of_library(values) or _is_of_runners(values) or adds_rules(values) or binds_by_default(node, values)


def _values_of(node: Node) -> Node | None:
    """The values of a release of Flux, or of the chart of an application of Argo CD."""
    kind, version = node["kind"].value, str(node["apiVersion"].value)
    if kind == "HelmRelease" and version.startswith(_GROUP):
        return node.at_path("spec", "values")
    if kind == "Application" and version.startswith(_ARGO):
        return node.at_path("spec", "source", "helm", "valuesObject")
    return None


def _is_of_library(values: Node) -> bool:
    rights = values["rbac"]
    return values["controllers"].is_mapping and (rights["roles"].is_mapping or rights["bindings"].is_mapping)


def _is_of_runners(values: Node) -> bool:
    return values["githubConfigUrl"].is_text and values.at_path("template", "spec").is_mapping


class _Release(NamedTuple):
    """A release: its values, its name, and the namespace that its objects stand in."""

    node: Node
    values: Node
    name: str
    namespace: str

    def called(self, entry: Node, key: str, count: int) -> str:
        """The name of one of `count` objects of a kind, which the values state under `key`."""
        forced = name_of(entry["forceRename"])
        if forced:
            return forced.lower()
        name, before, behind = self.name, name_of(entry["prefix"]), name_of(entry["suffix"])
        if before and before != name:
            name = f"{before}-{name}"
        if count > 1 and key != name and not name.endswith(f"-{key}"):
            name = f"{name}-{key}"
        return (f"{name}-{behind}" if behind and not name.endswith(f"-{behind}") else name).lower()


def parts_of(node: Node) -> Iterator[Part]:
    """What the chart makes of the values of a release that `is_release` tells."""
    values, target = _values_of(node), namespace_of(node.at_path("spec", "targetNamespace"))
    if values is None:
        return
    own = name_of(node.at_path("spec", "releaseName"))
    if node["kind"].value == "Application":
        own = name_of(node.at_path("spec", "source", "helm", "releaseName")) or object_name(node)
        target = namespace_of(node.at_path("spec", "destination", "namespace"))
    name = own or (f"{target}-{object_name(node)}" if target else object_name(node))
    release = _Release(node, values, name, target or namespace_of(node.at_path("metadata", "namespace")))
    if not name:
        return
    if _is_of_runners(values):
        yield from _runners(release)
    elif not _is_of_library(values):
        yield from rules_given(values, release.name, release.namespace)
        if binds_by_default(node, values):
            yield from bound_by_default(node, values, release.name, release.namespace)
    else:
        told = name_of(values.at_path("global", "fullnameOverride")) or name_of(values["fullnameOverride"])
        yield from _of_library(release._replace(name=told or name))


def _runners(release: _Release) -> Iterator[StatedWorkload]:
    pod = release.values.at_path("template", "spec")
    read = read_pod(release.node, pod, mounts=pod["automountServiceAccountToken"].boolean())
    if read is not None:
        name = name_of(release.values["runnerScaleSetName"]) or release.name
        yield replace(read, kind=RUNNERS, name=name, namespace=release.namespace)


def _of_library(release: _Release) -> Iterator[Part]:
    accounts = dict(_accounts(release))
    yield from accounts.values()
    for key, entry in _enabled(release.values["serviceAccount"]):
        if entry["staticToken"].value is True and key in accounts:
            name = accounts[key].name
            yield StatedToken(f"{name}-sa-token", name, release.namespace, entry["staticToken"].at)
    roles = {role_key: role for role_key, role in _roles(release) if role.rules}
    yield from roles.values()
    yield from _bindings(release, roles, accounts)
    controllers = list(_enabled(release.values["controllers"]))
    for key, entry in controllers:
        yield _controller(release, entry, release.called(entry, key, len(controllers)), accounts)


def _enabled(entries: Node) -> list[tuple[str, Node]]:
    """The entries of a mapping that are switched on, as they are unless they say otherwise."""
    found = islice(entries.entries(), _MOST)
    return [(key, entry) for key, entry in found if entry.is_mapping and entry["enabled"].value is not False]


def _accounts(release: _Release) -> Iterator[tuple[str, StatedAccount]]:
    """The accounts by their keys; before version 4 of the library one alone, called `default`."""
    stated = release.values["serviceAccount"]
    entries = _enabled(stated)
    for key, entry in entries:
        if key != "annotations":
            yield key, _account(release, entry, release.called(entry, key, len(entries)))
    if stated["create"].value is True:
        yield "default", _account(release, stated, name_of(stated["name"]) or release.name)


def _account(release: _Release, entry: Node, name: str) -> StatedAccount:
    cloud = tuple(cloud_of(entry["annotations"]))
    return StatedAccount(name=name, namespace=release.namespace, at=entry.at, automounts=None, cloud=cloud)


def _roles(release: _Release) -> Iterator[tuple[str, StatedRole]]:
    entries = _enabled(release.values.at_path("rbac", "roles"))
    for key, entry in entries:
        kind = entry["type"].value if entry["type"].exists else _ROLES[0]
        if isinstance(kind, str) and kind in _ROLES:
            yield (
                key,
                StatedRole(
                    kind=kind,
                    name=release.called(entry, key, len(entries)),
                    namespace=release.namespace if kind == _ROLES[0] else "",
                    at=entry.at,
                    rules=tuple(rules_of(entry["rules"])),
                    labels=frozenset(),
                    labels_at=entry.at,
                ),
            )


def _bindings(
    release: _Release, roles: dict[str, StatedRole], accounts: dict[str, StatedAccount]
) -> Iterator[StatedBinding]:
    entries = _enabled(release.values.at_path("rbac", "bindings"))
    for key, entry in entries:
        kind = entry["type"].value if entry["type"].exists else _BINDINGS[0]
        reference = entry["roleRef"]
        meant = roles.get(str(reference["identifier"].value))
        role_name = meant.name if meant is not None else name_of(reference["name"])
        if isinstance(kind, str) and kind in _BINDINGS and role_name:
            yield StatedBinding(
                kind=kind,
                name=release.called(entry, key, len(entries)),
                namespace=release.namespace if kind == _BINDINGS[0] else "",
                at=entry.at,
                role_kind=meant.kind if meant is not None else str(reference["kind"].value),
                role_name=role_name,
                role_at=reference.first("identifier", "name").at,
                subjects=tuple(_subjects(release, entry["subjects"], accounts)),
            )


def _subjects(release: _Release, node: Node, accounts: dict[str, StatedAccount]) -> Iterator[StatedSubject]:
    for item in islice(node.items(), _MOST):
        key = item["identifier"].value
        if isinstance(key, str) and key in accounts:
            yield StatedSubject("ServiceAccount", accounts[key].name, release.namespace, item["identifier"].at)
        elif name_of(item["name"]):
            name, stated = name_of(item["name"]), namespace_of(item["namespace"])
            yield StatedSubject(str(item["kind"].value), name, stated, item["name"].at)


def _controller(release: _Release, entry: Node, name: str, accounts: dict[str, StatedAccount]) -> StatedWorkload:
    """A workload: it runs as the account that it names, or as the only one that the values state."""
    stated = entry["serviceAccount"]
    account, at = None, entry.at
    if stated.exists:
        known = accounts.get(str(stated["identifier"].value))
        account, at = known.name if known is not None else name_of(stated["name"]) or None, stated.at
    elif len(accounts) == 1:
        account = next(iter(accounts.values())).name
    images = (one.at_path("image", "repository").value for _, one in _enabled(entry["containers"]))
    return StatedWorkload(
        kind=_KINDS.get(str(entry["type"].value).lower(), "Deployment"),
        name=name,
        namespace=release.namespace,
        at=entry.at,
        account=account,
        account_at=at,
        mounts=_mounts(release, entry),
        hazards=(),
        credentials=(),
        images=tuple(image for image in images if isinstance(image, str)),
    )


def _mounts(release: _Release, entry: Node) -> Fact[bool]:
    own = entry.at_path("pod", "automountServiceAccountToken")
    shared = release.values.at_path("defaultPodOptions", "automountServiceAccountToken")
    return own.boolean() if own.exists else shared.boolean(default=True)
