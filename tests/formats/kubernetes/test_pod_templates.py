"""Pods that controllers of other projects make are workloads, the parts of one object one program."""

from __future__ import annotations

import pytest

from nhilint.model.fact import known_records, value_of
from tests.formats.kubernetes.cluster_files import identities, paths

POD = "spec: {serviceAccountName: bot, containers: [{name: a, image: a, securityContext: {privileged: true}}]}"
KINDS = [
    (
        "leaderworkerset.x-k8s.io/v1",
        "LeaderWorkerSet",
        f"{{leaderWorkerTemplate: {{leaderTemplate: {{{POD}}}, workerTemplate: {{{POD}}}}}}}",
        2,
    ),
    ("jobset.x-k8s.io/v1alpha2", "JobSet", f"{{replicatedJobs: [{{name: w, template: {{spec: {{template: {{{POD}}}}}}}}}]}}", 1),
    ("ray.io/v1", "RayCluster", f"{{headGroupSpec: {{template: {{{POD}}}}}, workerGroupSpecs: [{{template: {{{POD}}}}}]}}", 2),
    ("ray.io/v1", "RayJob", f"{{rayClusterSpec: {{headGroupSpec: {{template: {{{POD}}}}}}}}}", 1),
    ("ray.io/v1", "RayService", f"{{rayClusterConfig: {{headGroupSpec: {{template: {{{POD}}}}}}}}}", 1),
    ("keda.sh/v1alpha1", "ScaledJob", f"{{jobTargetRef: {{template: {{{POD}}}}}}}", 1),
    ("kubeflow.org/v1", "PyTorchJob", f"{{pytorchReplicaSpecs: {{Master: {{template: {{{POD}}}}}, Worker: {{template: {{{POD}}}}}}}}}", 2),
    ("kubeflow.org/v1", "TFJob", f"{{tfReplicaSpecs: {{PS: {{template: {{{POD}}}}}}}}}", 1),
    ("kubeflow.org/v2beta1", "MPIJob", f"{{mpiReplicaSpecs: {{Launcher: {{template: {{{POD}}}}}}}}}", 1),
]  # fmt: skip


@pytest.mark.parametrize(("version", "kind", "spec", "count"), KINDS)
def test_each_template_of_a_pod_is_a_workload(version, kind, spec, count):
    text = f"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: m, namespace: ops}}\nspec: {spec}\n"
    found = identities(text)["ops/bot"]
    workloads = known_records(found.workloads)
    assert [value_of(one.name) for one in workloads] == ["m", "m/1"][:count]
    assert [value_of(one.repeats) for one in workloads] == [False, True][:count]
    assert "k8s-pod-privileged" in paths(found)


@pytest.mark.parametrize(
    "spec", ["{}", "[]", "x", "{leaderWorkerTemplate: [1]}", "{leaderWorkerTemplate: {workerTemplate: 3}}"]
)
def test_an_object_without_pods_is_no_workload(spec):
    text = "apiVersion: leaderworkerset.x-k8s.io/v1\nkind: LeaderWorkerSet\nmetadata: {name: m, namespace: ops}\n"
    assert identities(f"{text}spec: {spec}\n") == {}


@pytest.mark.parametrize(
    ("beside", "account"), [("{metadata: {name: cloud}}", "cloud"), ("{metadata: {}}", "m"), ("[x]", "m")]
)
def test_a_package_of_crossplane_runs_as_the_account_beside_its_pod(beside, account):
    text = "apiVersion: pkg.crossplane.io/v1beta1\nkind: DeploymentRuntimeConfig\nmetadata: {name: m}\n"
    pod = "{spec: {containers: [{name: a, image: a, securityContext: {privileged: true}}]}}"
    found = identities(
        f"{text}spec: {{serviceAccountTemplate: {beside}, deploymentTemplate: {{spec: {{template: {pod}}}}}}}\n"
    )
    assert {name: list(paths(one)) for name, one in found.items()} == {account: ["k8s-pod-privileged"]}
