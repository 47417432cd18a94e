"""Controllers of other projects become workloads by the pods that they state: one for each template of a pod.

An object that states several pods (the leader and the workers of a LeaderWorkerSet) is one program, whose parts share
an account on purpose. Left out are kinds that take settings in place of a pod's specification (SparkApplication,
FlinkDeployment, InferenceService), Knative's Service, which Cloud Run takes too, and the steps of Argo Workflows and
Tekton. Sources, read 2026-11-22: the samples in site/static/examples of https://github.com/kubernetes-sigs/kueue, and
for ScaledJob config/crd/bases of https://github.com/kedacore/keda.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.kubernetes.names import name_of, object_name
from nhilint.formats.kubernetes.workload import read_pod

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.kubernetes.parts import StatedWorkload
    from nhilint.formats.node import Node

_EACH = "*"
_OF_PACKAGES = "DeploymentRuntimeConfig"
"""How Crossplane runs a provider or a function (https://github.com/crossplane/crossplane,
design/one-pager-package-runtime-config.md, read 2026-11-22)."""
_RAY = (("headGroupSpec", "template", "spec"), ("workerGroupSpecs", _EACH, "template", "spec"))
_LEADING = "leaderWorkerTemplate"
_PODS_AT: dict[tuple[str, str], tuple[tuple[str, ...], ...]] = {
    ("leaderworkerset.x-k8s.io", "LeaderWorkerSet"): (
        (_LEADING, "leaderTemplate", "spec"),
        (_LEADING, "workerTemplate", "spec"),
    ),
    ("jobset.x-k8s.io", "JobSet"): (("replicatedJobs", _EACH, "template", "spec", "template", "spec"),),
    ("ray.io", "RayCluster"): _RAY,
    ("ray.io", "RayJob"): tuple(("rayClusterSpec", *way) for way in _RAY),
    ("ray.io", "RayService"): tuple(("rayClusterConfig", *way) for way in _RAY),
    ("keda.sh", "ScaledJob"): (("jobTargetRef", "template", "spec"),),
    ("kubeflow.org", "PyTorchJob"): (("pytorchReplicaSpecs", _EACH, "template", "spec"),),
    ("kubeflow.org", "TFJob"): (("tfReplicaSpecs", _EACH, "template", "spec"),),
    ("pkg.crossplane.io", _OF_PACKAGES): (("deploymentTemplate", "spec", "template", "spec"),),
    ("kubeflow.org", "MPIJob"): (("mpiReplicaSpecs", _EACH, "template", "spec"),),
}
"""Where, below `spec`, an object of a group and kind states pods."""
_MOST = 50


def is_controller(node: Node) -> bool:
    """Whether an object is of a kind that makes pods and is not Kubernetes' own."""
    return _key(node) in _PODS_AT


def pods_made_by(node: Node) -> Iterator[StatedWorkload]:
    """The workloads of an object that `is_controller` tells, each called by the object and its number in it."""
    name, count = object_name(node), 0
    for way in _PODS_AT[_key(node)]:
        for pod in _at(node["spec"], way):
            read = read_pod(node, pod, mounts=pod["automountServiceAccountToken"].boolean()) if name else None
            if read is not None:
                read = _of_package(node, read) if read.kind == _OF_PACKAGES else read
                called = f"{name}/{count}" if count else name
                yield replace(read, name=called, program=f"{read.kind} {read.namespace}/{name}")
                count += 1


def _of_package(node: Node, read: StatedWorkload) -> StatedWorkload:
    """The same with the account that the object states beside the pod; one that Crossplane names after the package is
    told by the object's name."""
    account = node.at_path("spec", "serviceAccountTemplate", "metadata", "name")
    return replace(
        read, account=name_of(account) or object_name(node), account_at=account.at if account.exists else read.at
    )


def _key(node: Node) -> tuple[str, str]:
    return str(node["apiVersion"].value).partition("/")[0], str(node["kind"].value)


def _at(node: Node, way: tuple[str, ...]) -> Iterator[Node]:
    """What stands at the end of a way; a star is each of a list, or each value of a mapping."""
    if not way:
        if node.is_mapping:
            yield node
        return
    step, rest = way[0], way[1:]
    if step != _EACH:
        yield from _at(node[step], rest)
        return
    inner = (node[key] for key in node.value if isinstance(key, str)) if isinstance(node.value, dict) else node.items()
    for one in islice(inner, _MOST):
        yield from _at(one, rest)
