"""Accounts whose pods run privileged on every node, and unused ones that were installed beside them."""

from __future__ import annotations

import json

import pytest

from nhilint.model.fact import value_of
from tests.formats.kubernetes.cluster_files import SECRETS, bound, identities, role

LABELS = "labels: {app.kubernetes.io/instance: disks}"
PRIVILEGED = "securityContext: {privileged: true}"


def agent(kind="DaemonSet", pod="", security=PRIVILEGED):
    return (
        f"---\napiVersion: apps/v1\nkind: {kind}\nmetadata: {{name: agent, namespace: ops, {LABELS}}}\n"
        "spec: {selector: {matchLabels: {app: a}}, template: {spec: {serviceAccountName: bot, "
        f"{pod}containers: [{{name: main, image: 'registry.example.com/agent:1.4.2', {security}}}]}}}}}}\n"
    )


def account(name, labels=LABELS, namespace="ops"):
    return f"---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {{name: {name}, namespace: {namespace}, {labels}}}\n"


@pytest.mark.parametrize(
    ("workload", "owns"),
    [
        (agent(), "its_pods"),
        (agent(pod="nodeSelector: {kubernetes.io/os: linux}, "), "its_pods"),
        (agent(pod="nodeSelector: {disk: fast}, "), None),
        (agent(pod="affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {}}}, "), None),
        (agent(kind="Deployment"), None),
        (agent(security="securityContext: {runAsUser: 0}"), None),
    ],
)
def test_an_account_owns_every_node_through_its_own_pods(workload, owns):
    found = identities(role([SECRETS]) + bound() + account("bot") + workload)
    assert value_of(found["ops/bot"].owns_nodes) == owns


@pytest.mark.parametrize(
    ("more", "owns"),
    [
        (account("spare"), "beside_it"),
        (account("spare", labels="labels: {app: disks}"), None),
        (account("spare", namespace="shop"), None),
        (account("spare") + agent("Deployment", security="").replace("bot", "spare"), None),
        (
            account("spare") + "---\napiVersion: v1\nkind: Secret\ntype: kubernetes.io/service-account-token\n"
            "metadata: {name: t, namespace: ops, annotations: {kubernetes.io/service-account.name: spare}}\n",
            None,
        ),
    ],
)  # fmt: skip
def test_an_account_that_nothing_runs_as_stands_beside_one_that_does(more, owns):
    found = identities(role([SECRETS]) + bound() + account("bot") + agent() + more)
    spare = next(facts for name, facts in found.items() if name.endswith("/spare"))
    assert value_of(spare.owns_nodes) == owns


def test_a_workload_in_json_is_read_by_the_account_that_it_names():
    main = {"name": "main", "image": "registry.example.com/agent:1.4.2", "securityContext": {"privileged": True}}
    workload = {
        "apiVersion": "apps/v1",
        "kind": "DaemonSet",
        "metadata": {"name": "agent", "namespace": "ops"},
        "spec": {"template": {"spec": {"serviceAccountName": "bot", "containers": [main]}}},
    }
    found = identities({"deploy/agent.json": json.dumps(workload, indent=2)})
    assert value_of(found["ops/bot"].owns_nodes) == "its_pods"
