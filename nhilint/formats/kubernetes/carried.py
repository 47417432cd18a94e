"""Objects that carry other objects inside them, which something in the cluster applies as they stand.

A `Template` of OpenShift, an `Object` of Crossplane's provider for Kubernetes, alone or in a composition, a
`ManifestWork`, `Policy` and `ConfigurationPolicy` of Open Cluster Management, and a `SyncSet` of Hive; and what an
`RBACDefinition` of Fairwinds' rbac-manager writes. Sources, read 2026-11-22: docs/syncset.md in
https://github.com/openshift/hive, docs/rbacdefinitions.md of rbac-manager 0.9 (both in whole or excerpts),
https://open-cluster-management.io/docs/getting-started/integration/policy-controllers/ (`complianceType`);
from a survey,
pages not re-read: templates of OpenShift, ManifestWork, https://github.com/crossplane-contrib/provider-kubernetes.
Left out is what a policy forbids (`mustnothave`), and what a namespace is chosen for by its labels.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import Assembled, literal, mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node

_MOST = 1_000
_LISTS: dict[tuple[str, str], tuple[str, ...]] = {
    ("Template", ""): ("objects",),
    ("Template", "template.openshift.io"): ("objects",),
    ("ManifestWork", "work.open-cluster-management.io"): ("spec", "workload", "manifests"),
    ("SyncSet", "hive.openshift.io"): ("spec", "resources"),
    ("SelectorSyncSet", "hive.openshift.io"): ("spec", "resources"),
}
"""Where an object of a kind and group keeps others; a template of old names no group."""
_DEEPEST = 3
_POLICIES = {"Policy": "policy-templates", "ConfigurationPolicy": "object-templates"}
_OF_CROSSPLANE = "kubernetes.crossplane.io"
_RIGHTS = "rbac.authorization.k8s.io/v1"


def every_object(node: Node, depth: int = 0) -> Iterator[Node]:
    """Every object of a file that has a kind: of each of its documents and lists, and those that others carry."""
    if node.is_list and not node.pointer:
        for document in node.items():
            yield from every_object(document, depth)
        return
    kind = node["kind"].value
    if not isinstance(kind, str) or not node["apiVersion"].is_text:
        return
    is_list = kind.endswith("List") and node["items"].is_list
    if not is_list:
        yield node
    if depth < _DEEPEST:
        for inner in node["items"].items() if is_list else carried(node):
            yield from every_object(inner, depth + 1)


def carried(node: Node) -> Iterator[Node]:
    """The objects that an object carries; nothing for those that carry none."""
    kind, version = str(node["kind"].value), str(node["apiVersion"].value)
    group = version.partition("/")[0] if "/" in version else ""
    if (kind, group) in _LISTS:
        yield from islice(node.at_path(*_LISTS[kind, group]).items(), _MOST)
    elif kind == "Object" and group.endswith(_OF_CROSSPLANE):
        yield node.at_path("spec", "forProvider", "manifest")
    elif kind == "Composition" and group.endswith("crossplane.io"):
        yield from _bases(node["spec"])
    elif kind in _POLICIES and group.endswith("open-cluster-management.io"):
        for entry in islice(node.at_path("spec", _POLICIES[kind]).items(), _MOST):
            if str(entry["complianceType"].value).lower() != "mustnothave":
                yield entry["objectDefinition"]
    elif kind == "RBACDefinition" and group == "rbacmanager.reactiveops.io":
        yield from _of_definition(node)


def _bases(spec: Node) -> Iterator[Node]:
    """The bases of a composition in either of its modes."""
    steps = spec["pipeline"].items()
    for entries in (spec["resources"], *(step.at_path("input", "resources") for step in islice(steps, _MOST))):
        for entry in islice(entries.items(), _MOST):
            yield entry["base"]


def _of_definition(node: Node) -> Iterator[Node]:
    """The bindings that rbac-manager makes, each where the definition names its role."""
    for entry in islice(node["rbacBindings"].items(), _MOST):
        for given in islice(entry["clusterRoleBindings"].items(), _MOST):
            yield from _binding(node, entry, given, "ClusterRole", "ClusterRoleBinding")
        for given in islice(entry["roleBindings"].items(), _MOST):
            if given["namespace"].is_text:
                kind = "ClusterRole" if given["clusterRole"].exists else "Role"
                yield from _binding(node, entry, given, kind, "RoleBinding")


def _binding(node: Node, entry: Node, given: Node, role: str, kind: str) -> Iterator[Node]:
    named = given["clusterRole" if role == "ClusterRole" else "role"]
    if not named.is_text:
        return
    at = named.at
    name = f"{node.at_path('metadata', 'name').value}-{entry['name'].value}"
    metadata: dict[str, Node] = {"name": Assembled(name, at)}
    if kind == "RoleBinding":
        metadata["namespace"] = given["namespace"]
    reference: dict[str, Node] = {"kind": literal(role, at), "name": named}
    yield mapping(
        {
            "apiVersion": literal(_RIGHTS, at),
            "kind": literal(kind, at),
            "metadata": mapping(metadata, at),
            "roleRef": mapping(reference, at),
            "subjects": entry["subjects"],
        },
        at,
    )
