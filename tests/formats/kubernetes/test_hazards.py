"""What a pod asks for that opens its node."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.formats.kubernetes.hazards import hazard_of_path, hazards_of
from nhilint.formats.node import Node
from nhilint.link import link
from nhilint.model.fact import known_records, value_of
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree
from tests.formats.kubernetes.cluster_files import identities, paths


def ways(security):
    text = (
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: site}\nspec:\n  template:\n    spec:\n"
        f"      serviceAccountName: web\n      containers: [{{name: web, image: web, securityContext: {security}}}]\n"
    )
    settings = Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))
    found = link(gather(MemoryTree({"deploy/web.yaml": text.encode()}), settings).resources)
    identities = [one.facts for one in found if one.kind == "identity"]
    return [value_of(way.id) for facts in identities for way in known_records(facts.escalations)]


@pytest.mark.parametrize(
    ("security", "expected"),
    [
        ("{privileged: true}", ["k8s-pod-privileged"]),
        ("{capabilities: {add: [SYS_ADMIN]}}", ["k8s-pod-caps"]),
        ("{capabilities: {add: [SYS_PTRACE]}}", []),
        ("{privileged: true, capabilities: {add: [SYS_ADMIN]}}", ["k8s-pod-privileged"]),
    ],
)
def test_a_privileged_container_is_told_once(security, expected):
    assert ways(security) == expected


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/var/run/docker.sock", "k8s-pod-containersock"),
        ("/run/containerd/containerd.sock", "k8s-pod-containersock"),
        ("/run/k3s/containerd/containerd.sock", "k8s-pod-containersock"),
        ("/var/run/crio/crio.sock", "k8s-pod-containersock"),
        ("/run/podman/podman.sock", "k8s-pod-containersock"),
        ("/var/run/dind/docker.sock", None),
        ("/", "k8s-pod-hostpath"),
    ],
)
def test_the_runtime_of_a_node_listens_where_it_was_put(path, found):
    assert hazard_of_path(path) == found


def test_tracing_reaches_the_node_beside_its_processes():
    pod = {"hostPID": True, "containers": [{"securityContext": {"capabilities": {"add": ["CAP_SYS_PTRACE"]}}}]}
    assert [one.id for one in hazards_of(Node(pod, "pod.yaml", ()))] == ["k8s-pod-hostpid", "k8s-pod-caps"]


def test_openshifts_own_controller_is_read_although_a_trigger_names_the_image():
    text = (
        "apiVersion: apps.openshift.io/v1\nkind: DeploymentConfig\nmetadata: {name: web, namespace: site}\nspec:\n"
        "  template:\n    spec:\n      hostPID: true\n      serviceAccountName: web\n      containers: [{name: web}]\n"
    )
    settings = Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))
    found = link(gather(MemoryTree({"deploy/web.yaml": text.encode()}), settings).resources)
    identities = [one.facts for one in found if one.kind == "identity"]
    assert [value_of(way.id) for facts in identities for way in known_records(facts.escalations)] == ["k8s-pod-hostpid"]


@pytest.mark.parametrize(
    ("path", "read_only", "found"),
    [
        ("/proc", "true", []),
        ("/proc/", "true", []),
        ("/proc", "false", ["k8s-pod-hostpath"]),
        ("/", "true", ["k8s-pod-hostpath"]),
    ],
)
def test_an_exporter_only_looks_at_the_processes_of_its_node(path, read_only, found):
    text = (
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: exporter, namespace: ops}\n"
        "spec: {selector: {}, template: {spec: {volumes: [{name: node, hostPath: {path: %s}}], containers: [{name: a, "
        "image: a, volumeMounts: [{name: node, mountPath: /host, readOnly: %s}]}]}}}\n"
    )
    assert list(paths(identities(text % (path, read_only))["ops/default"])) == found


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("echo 3 > /proc/sys/vm/drop_caches 2>/dev/null || true", set()),
        ("echo c > /proc/sysrq-trigger", {"k8s-pod-privileged"}),
        ("echo x > /host/etc/cron.d/x", {"k8s-pod-privileged"}),
    ],
)
def test_what_starts_first_may_write_a_setting_of_the_kernel(command, told):
    text = (
        "apiVersion: v1\nkind: Pod\nmetadata: {name: model, namespace: ops}\nspec: {initContainers: [{name: first, "
        f'image: tools, command: [sh, -c, "{command}"], securityContext: {{privileged: true}}}}], '
        "containers: [{name: model, image: model}]}\n"
    )
    assert set(paths(identities(text)["ops/default"])) == told


ERRAND = (
    "apiVersion: batch/v1\nkind: %s\nmetadata: {name: restore, namespace: ops}\nspec:\n  template:\n    spec:\n"
    "      containers: [{name: main, image: tools, command: [%s], securityContext: {privileged: %s},\n"
    "        volumeMounts: [{name: script, mountPath: /scripts}, {name: root, mountPath: /host}]}]\n"
    "      volumes: [{name: script, configMap: {name: restore}}, {name: root, hostPath: {path: %s}}]\n"
)


@pytest.mark.parametrize(
    ("said", "opens"),
    [
        (("Job", "/scripts/restore.sh", "false", "/"), False),
        (("Job", "/bin/sh, /scripts/restore.sh", "false", "/"), False),
        (("Job", "/scripts-of-others/restore.sh", "false", "/"), True),
        (("Job", "/restore.sh", "false", "/"), True),
        (("Job", "/scripts/restore.sh", "true", "/"), True),
        (("Job", "/scripts/restore.sh", "false", "/run/containerd/containerd.sock"), True),
        (("ReplicaSet", "/scripts/restore.sh", "false", "/"), True),
    ],
)
def test_a_job_that_runs_once_on_files_of_the_node_by_a_script_beside_it_does_its_task(said, opens):
    assert bool(paths(identities(ERRAND % said)["ops/default"])) is opens


@pytest.mark.parametrize(
    ("command", "opens"),
    [
        ("sysctl -w a=1 && if sysctl b; then sysctl -w b=1; fi", False),
        ("if ! sysctl b; then curl x; else echo no; fi", True),
        ("then", True),
    ],
)
def test_a_first_container_may_ask_before_it_sets_values(command, opens):
    text = (
        "apiVersion: v1\nkind: Pod\nmetadata: {name: model, namespace: ops}\nspec:\n  initContainers: [{name: first, "
        f"image: a, command: [sh, -c], args: ['{command}'], securityContext: {{privileged: true}}}}]\n"
        "  containers: [{name: main, image: b}]\n"
    )
    assert bool(paths(identities(text)["ops/default"])) is opens


@pytest.mark.parametrize(
    ("image", "variable", "place", "opens"),
    [
        ("registry.example.com:5000/alpine-sysctl:0.1", "KEEP_ALIVE", "initContainers", False),
        ("alpine", "SYSCTL_KEY", "initContainers", False),
        ("alpine:sysctl", "KEEP_ALIVE", "initContainers", True),
        ("alpine-sysctl", "SYSCTL_KEY", "containers", True),
    ],
)
def test_an_image_that_is_called_after_its_one_task_sets_values(image, variable, place, opens):
    text = (
        "apiVersion: v1\nkind: Pod\nmetadata: {name: model, namespace: ops}\nspec:\n"
        f"  {place}: [{{name: first, image: '{image}', env: [{{name: {variable}, value: x}}],"
        " securityContext: {privileged: true}}]\n"
    )
    assert bool(paths(identities(text)["ops/default"])) is opens


EMPTIED = ", env: [{name: DOCKER_TLS_CERTDIR, value: ''}]"


@pytest.mark.parametrize(
    ("stated", "besides"),
    [
        ("image: 'docker:27-dind@sha256:00'" + EMPTIED, 1),
        ("image: 'docker:dind', args: ['--mtu=1400']" + EMPTIED, 1),
        ("image: 'docker:dind', args: [dockerd, --host, 'tcp://0.0.0.0:2375', '--tls=false']", 1),
        ("image: 'docker:dind', args: [dockerd, '--host=tcp://0.0.0.0:2375', '--tlsverify']", 0),
        ("image: 'docker:dind', command: [dockerd, '--host=tcp://127.0.0.1:2375']" + EMPTIED, 0),
        ("image: 'docker:cli'" + EMPTIED, 0),
        ("image: 'docker:dind', env: [{name: DOCKER_TLS_CERTDIR, value: /certs}]", 0),
    ],
)
def test_a_daemon_that_asks_for_no_certificate_is_told_beside_its_privilege(stated, besides):
    text = (
        "apiVersion: v1\nkind: Pod\nmetadata: {name: build, namespace: ops}\nspec:\n"
        f"  containers: [{{name: daemon, {stated}, securityContext: {{privileged: true}}}}]\n"
    )
    (way,) = identities(text)["ops/default"].escalations
    assert (value_of(way.id), len(way.lesser)) == ("k8s-pod-privileged", besides)
