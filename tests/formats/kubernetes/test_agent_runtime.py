"""Agents and their tool servers as workloads of a cluster, and the accounts that they run as."""

from __future__ import annotations

import pytest

from nhilint.model.fact import value_of
from tests.formats.kubernetes.cluster_files import identities, paths

HEAD = "metadata: {name: helper, namespace: ops}\n"


def custom(api_version, kind, spec):
    return f"apiVersion: {api_version}\nkind: {kind}\n{HEAD}spec: {spec}\n"


@pytest.mark.parametrize(
    ("text", "account", "kind"),
    [
        (custom("toolhive.stacklok.dev/v1beta1", "MCPServer", "{image: a, serviceAccount: bot}"), "bot", "MCPServer"),
        (custom("toolhive.stacklok.dev/v1beta1", "MCPServer", "{image: a}"), "helper", "MCPServer"),
        (
            custom("kagent.dev/v1alpha2", "Agent", "{declarative: {deployment: {serviceAccountName: bot}}}"),
            "bot",
            "Agent",
        ),
        (
            custom("kagent.dev/v1alpha2", "Agent", "{type: BYO, byo: {deployment: {serviceAccountName: bot}}}"),
            "bot",
            "Agent",
        ),
        (custom("kagent.dev/v1alpha2", "Agent", "{declarative: {}}"), "helper", "Agent"),
        (
            custom("agents.x-k8s.io/v1beta1", "Sandbox", "{podTemplate: {spec: {containers: [{image: a}]}}}"),
            "default",
            "Sandbox",
        ),
    ],
)
def test_custom_resources_run_as_an_account(text, account, kind):
    (workload,) = identities(text)[f"ops/{account}"].workloads
    assert (value_of(workload.kind), value_of(workload.runs_agent)) == (kind, True)


@pytest.mark.parametrize(("kind", "mounts"), [("Sandbox", True), ("SandboxTemplate", False)])
def test_pods_of_a_template_mount_no_token_unless_asked(kind, mounts):
    api = "agents.x-k8s.io/v1beta1" if kind == "Sandbox" else "extensions.agents.x-k8s.io/v1beta1"
    for stated, expected in (("", mounts), ("automountServiceAccountToken: true, ", True)):
        spec = f"{{podTemplate: {{spec: {{{stated}serviceAccountName: bot, containers: [{{image: a}}]}}}}}}"
        (workload,) = identities(custom(api, kind, spec))["ops/bot"].workloads
        assert value_of(workload.mounts_token) is expected


def test_host_paths_of_a_tool_server():
    spec = "{image: a, serviceAccount: bot, volumes: [{name: a, hostPath: /var/run/docker.sock, mountPath: /x}]}"
    found = identities(custom("toolhive.stacklok.dev/v1beta1", "MCPServer", spec))["ops/bot"]
    assert paths(found) == {"k8s-pod-containersock": False}


@pytest.mark.parametrize(
    ("labels", "name", "image", "runs"),
    [
        ("{}", "web", "ghcr.io/acme/mcp-server-kubernetes:1", True),
        ("{}", "k8s-mcp-server", "acme/tools:1", True),
        ("{kagenti.io/type: agent}", "web", "acme/web:1", True),
        ("{kagenti.io/type: sidecar}", "web", "acme/web:1", False),
        ("{}", "mcp-operator", "quay.io/mcp/server-of-pages:1", False),
        ("{}", "server", "mcp-registry.example.com/web:1", False),
    ],
)
def test_plain_workloads_that_say_so(labels, name, image, runs):
    text = (
        f"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {name}, labels: {labels}}}\n"
        f"spec: {{template: {{spec: {{serviceAccountName: bot, containers: [{{image: '{image}'}}]}}}}}}\n"
    )
    (workload,) = identities(text)["bot"].workloads
    assert value_of(workload.runs_agent) is runs


@pytest.mark.parametrize(
    "text",
    [
        custom("toolhive.stacklok.dev/v1beta1", "MCPGroup", "{}"),
        custom("example.com/v1", "Agent", "{}"),
        f"apiVersion: kagent.dev/v1alpha2\nkind: Agent\n{HEAD}",
    ],
)
def test_look_alikes_are_left_alone(text):
    assert identities(text) == {}
