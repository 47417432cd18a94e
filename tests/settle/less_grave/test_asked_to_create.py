"""`get` on pods/exec opens nothing where every cluster asks for `create` besides."""

from __future__ import annotations

import pytest

from nhilint.api import scan
from nhilint.model.finding import Disposition
from nhilint.settle.less_grave.asked_to_create import CHECK

RBAC = """apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: triage}
rules: [{apiGroups: [""], resources: [pods/exec], verbs: [get, list]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: triage}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: triage}
subjects: [{kind: ServiceAccount, name: triage, namespace: agents}]
"""
SERVER = "image: mirror.example.com/kube-apiserver:v1.%d.2\n"
UPGRADE = "kind: KubernetesUpgrade\nmetadata: {name: all}\nspec:\n  kubernetes:\n    version: v1.%d.4\n"


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"machine.yaml.j2": SERVER % 35}, False),
        ({"machine.yaml.j2": SERVER % 34}, True),
        ({"machine.yaml.j2": SERVER % 36, "main.tf": 'cluster_version = "1.33"\n'}, True),
        ({"main.tf": 'kubernetes_version = "1.36"\n'}, False),
        ({"up.yaml": UPGRADE % 36}, False),
        ({"machine.yaml.j2": SERVER % 36 + "AuthorizePodWebsocketUpgradeCreatePermission=false\n"}, True),
        ({"rbac.yaml": RBAC.replace("get, list", "get, create"), "machine.yaml.j2": SERVER % 36}, True),
        ({}, True),
    ],
)
def test_by_the_version_of_the_clusters(tmp_path, files, told):
    for path, text in {"rbac.yaml": RBAC, **files}.items():
        (tmp_path / path).write_text(text)
    found = scan(tmp_path, select=[CHECK]).findings
    assert found
    assert any(one.disposition is Disposition.ACTIVE for one in found) is told
