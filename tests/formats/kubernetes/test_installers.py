"""Jobs whose one container installs something."""

from __future__ import annotations

import json

import pytest

from nhilint.model.fact import value_of
from tests.formats.kubernetes.cluster_files import bound, identities

PINNED = "registry.example.com/cli:v1.2.3"


def installs(kind, *containers):
    pod = {"serviceAccountName": "bot", "containers": list(containers)}
    job = {"apiVersion": "batch/v1", "kind": kind, "metadata": {"name": "j", "namespace": "ops"}}
    job["spec"] = {"template": {"spec": pod}}
    text = json.dumps(job) + "\n" + bound(role_name="cluster-admin")
    (one,) = identities({"deploy/job.yaml": text})["ops/bot"].workloads
    return value_of(one.installs_once)


def container(command, image=PINNED, args=()):
    return {"name": "c", "image": image, "command": command, "args": list(args)}


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (container(["cilium", "install"]), True),
        (container(["/usr/local/bin/helm"], args=["upgrade", "--install", "web"]), True),
        (container([], "alpine/helm:3.18.0", ["install", "web"]), True),
        (container([], "alpine/helm:3.18.0", ["list"]), False),
        (container(["kubectl", "apply", "-f", "/m"], "kubectl@sha256:" + "0" * 64), True),
        (container(["kubectl", "delete", "pod", "x"]), False),
        (container(["helm"]), False),
        (container(["helm", "install"], "alpine/helm:latest"), False),
        (container(["helm", "install"], "alpine/helm"), False),
        (container(["sh", "-c", "helm install web"]), False),
        (container(["terraform", "apply"]), False),
    ],
)
def test_what_a_job_is_told_to_do(one, told):
    assert installs("Job", one) is told


def test_only_a_job_of_one_container_is_an_errand():
    one = container(["helm", "install"])
    assert [installs("Deployment", one), installs("Job", one, one)] == [False, False]
