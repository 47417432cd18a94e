"""Resources of the Kubernetes provider in a module become the manifests that they are, to be joined into a cluster.

Read are roles, bindings, service accounts, tokens of accounts and workloads, with or without the suffix `_v1`, and
`kubernetes_manifest`, which holds a manifest as it is; so does `kubectl_manifest` of another provider, as a text of
YAML. A reference to the name of another object of the module is
followed. Objects without a namespace stand in `default`, which is this provider's own rule. Source: docs/resources of
github.com/hashicorp/terraform-provider-kubernetes and docs/resources/kubectl_manifest.md of
github.com/gavinbunney/terraform-provider-kubectl, read 2026-11-22. Charts are not read, nor is a text from a file:
that is judged there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import Assembled
from nhilint.formats.embedded_yaml import embedded_yaml
from nhilint.formats.kubernetes.manifest import manifest_of
from nhilint.formats.terraform.google_values import GoogleResolver
from nhilint.formats.terraform.kubernetes_shape import manifest_shape, opened, verbatim
from nhilint.formats.terraform.policy_text import policy_text
from nhilint.formats.terraform.referents import resource_named, steps_of
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nhilint.formats.kubernetes.parts import Manifest
    from nhilint.formats.node import Node
    from nhilint.formats.terraform.fragment import Fragment
    from nhilint.formats.terraform.module import Block, Module, Spot
    from nhilint.source.value import Value

FORMAT = "terraform-kubernetes"
_KINDS = {
    "role": "Role",
    "cluster_role": "ClusterRole",
    "role_binding": "RoleBinding",
    "cluster_role_binding": "ClusterRoleBinding",
    "service_account": "ServiceAccount",
    "default_service_account": "ServiceAccount",
    "secret": "Secret",
    "pod": "Pod",
    "deployment": "Deployment",
    "stateful_set": "StatefulSet",
    "daemonset": "DaemonSet",
    "daemon_set": "DaemonSet",
    "replication_controller": "ReplicationController",
    "job": "Job",
    "cron_job": "CronJob",
}
_OF_THE_CLUSTER = frozenset({"ClusterRole", "ClusterRoleBinding"})
_DEFAULT = "default"
_ROLE_ARN = "eks.amazonaws.com/role-arn"
_OWN_ROLE = Deferred(r"\$\{(aws_iam_role\.[\w-]+)\.arn\}")
_MANIFEST = "kubernetes_manifest"
_TEXT = "kubectl_manifest"
_ENCODED = frozenset({"yamlencode", "jsonencode"})

_GAP = Deferred(r"\$\{[^{}]*\}")


class ObjectResolver(GoogleResolver):
    """Resolves what objects of the provider are called, besides what any module knows."""

    def _reference(self, text: str, spot: Spot) -> Assembled:
        steps = steps_of(text)
        if len(steps) == 3 and steps[::2] == ["aws_iam_role", "arn"] and tuple(steps[:2]) in self.module.resources:
            return Assembled(f"${{aws_iam_role.{steps[1]}.arn}}", spot.place)
        block = self.module.resources.get((steps[0], steps[1])) if len(steps) == 4 and steps[2] == "metadata" else None
        if block is None or not block.kind.startswith("kubernetes_"):
            return super()._reference(text, spot)
        stated = _metadata(block).get(steps[3])
        if stated is None and steps[3] == "namespace":
            return Assembled(_DEFAULT, spot.place)
        found = self.node(stated, spot.fix()) if stated is not None else self._unknown(text, spot)
        return Assembled(called(found.value, block), spot.place) if steps[3] == "name" else found


def kubernetes_objects(module: Module, by_path: Mapping[str, Fragment]) -> Iterator[Manifest]:
    """The manifests of a module, each in the setting of the file that holds its block."""
    resolver = ObjectResolver(module)
    for block in module.resources.values():
        for node in _objects(block, resolver):
            found = manifest_of(node, FORMAT, by_path[block.at.path].setting)
            if found is not None:
                yield found


def called(name: object, block: Block) -> object:
    """The name of an object; the label of its block where only a run can tell the name."""
    return block.label if isinstance(name, str) and _GAP.fullmatch(name) else name


def kind_of(resource: str) -> str | None:
    """The kind of object that a type of resource makes; None for types that are not read."""
    return _KINDS.get(resource.removeprefix("kubernetes_").removesuffix("_v1")) if "kubernetes_" in resource else None


def _objects(block: Block, resolver: ObjectResolver) -> Iterator[Node]:
    """The object of a block; of a binding with `for_each` the one of every instance that can be told."""
    keys = resolver.instance_keys(block) if (kind_of(block.kind) or "").endswith("Binding") else [None]
    for key in keys:
        node = _object(block, resolver, key)
        if node is not None:
            yield node


def _object(block: Block, resolver: ObjectResolver, key: str | None) -> Node | None:
    with resolver.instance(block, key):
        if block.kind == _MANIFEST:
            return _with_own_role(verbatim(resolver.node(block.body.get("manifest"), block.spot.to("manifest"))))
        if block.kind == _TEXT:
            return _of_text(block, resolver)
        kind = kind_of(block.kind)
        if kind is None:
            return None
        shape = manifest_shape(resolver.node(block.body, block.spot))
        entries = dict(shape.value) if shape.is_mapping else {}
        entries["kind"] = opened(kind, block.at)
        entries["metadata"] = _named(block, kind, shape["metadata"])
        if kind.endswith("Binding"):
            entries["subjects"] = _with_namespaces(shape["subjects"])
        return opened(entries, block.at)


def _of_text(block: Block, resolver: ObjectResolver) -> Node | None:
    """The manifest in a text of YAML, or in what becomes one; in the namespace that the block names before its own."""
    value, spot = block.body.get("yaml_body"), block.spot.to("yaml_body")
    if isinstance(value, Expression) and value.function in _ENCODED and len(value.arguments) == 1:
        node: Node | None = resolver.node(value.arguments[0], spot.to(0))
    else:
        found = policy_text(value, resolver)
        node = embedded_yaml(found.text, spot.place, found.offset, found.fill) if found is not None else None
    if node is None or not node.is_mapping:
        return None
    whole, forced = _with_own_role(verbatim(node)), block.body.get("override_namespace")
    if forced is None or not whole["metadata"].is_mapping:
        return whole
    namespace = verbatim(resolver.node(forced, block.spot.to("override_namespace")))
    metadata = opened({**whole["metadata"].value, "namespace": namespace}, whole["metadata"].at)
    return opened({**whole.value, "metadata": metadata}, whole.at)


def _named(block: Block, kind: str, metadata: Node) -> Assembled:
    """The metadata, its name and namespace told at the block itself, wherever their values come from."""
    spot = block.spot.to("metadata", 0) if "metadata" in block.body else block.spot
    entries = dict(metadata.value) if metadata.is_mapping else {}
    if block.kind.startswith("kubernetes_default_"):
        entries["name"] = opened(_DEFAULT, block.at)
    for key in ("name", "generateName"):
        if key in entries:
            place = spot.to("name" if key == "name" else "generate_name").place
            entries[key] = opened(called(entries[key].value, block), place)
    if kind not in _OF_THE_CLUSTER and "namespace" not in entries:
        entries["namespace"] = opened(_DEFAULT, spot.place)
    _name_own_role(block, entries)
    return opened(entries, spot.place)


def _name_own_role(block: Block, metadata: dict[str, Node]) -> None:
    """A role of AWS that the module itself makes is told by its address: its full id is known after a run."""
    annotations, stated = metadata.get("annotations"), _metadata(block).get("annotations")
    role = resource_named(stated.get(_ROLE_ARN)) if isinstance(stated, dict) else None
    if annotations is not None and annotations.is_mapping and role is not None and role[0] == "aws_iam_role":
        told = opened(".".join(role), annotations[_ROLE_ARN].at)
        metadata["annotations"] = opened({**annotations.value, _ROLE_ARN: told}, annotations.at)


def _with_own_role(manifest: Assembled) -> Assembled:
    """The same of a manifest in its own spelling, whose annotation holds nothing but the role's ARN."""
    metadata, arn = manifest["metadata"], manifest["metadata"]["annotations"][_ROLE_ARN]
    named = _OWN_ROLE.fullmatch(arn.value) if isinstance(arn.value, str) else None
    if named is None:
        return manifest
    annotations = opened({**metadata["annotations"].value, _ROLE_ARN: opened(named[1], arn.at)}, arn.at)
    told = opened({**metadata.value, "annotations": annotations}, metadata.at)
    return opened({**manifest.value, "metadata": told}, manifest.at)


def _with_namespaces(subjects: Node) -> Assembled:
    """The subjects of a binding; an account without a namespace is one of `default`."""
    told: list[Node] = []
    for subject in subjects.items():
        if subject.is_mapping and "namespace" not in subject.value:
            told.append(opened({**subject.value, "namespace": opened(_DEFAULT, subject.at)}, subject.at))
        else:
            told.append(subject)
    return opened(told, subjects.at)


def _metadata(block: Block) -> dict[str, Value]:
    stated = block.body.get("metadata")
    first = stated[0] if isinstance(stated, list) and stated else stated
    return first if isinstance(first, dict) else {}
