"""An agent whose chart says that it monitors is told as one that is called so."""

from __future__ import annotations

import pytest

from nhilint.api import scan
from nhilint.model.finding import Severity
from nhilint.settle.less_grave.of_monitoring import CHECK

RBAC = """apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: triage}
rules: [{apiGroups: [""], resources: [nodes/proxy], verbs: [get]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: triage}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: triage}
subjects: [{kind: ServiceAccount, name: triage, namespace: agents}]
"""


@pytest.mark.parametrize(
    ("chart", "folder", "told"),
    [
        ("name: a\nkeywords:\n- debugging\n- observability\n", "a/templates", Severity.MEDIUM),
        ("name: a\ndescription: Disk metrics of nodes\n", "a/templates", Severity.MEDIUM),
        ("name: node-stats-exporter\n", "a/templates", Severity.MEDIUM),
        ("name: a\ndescription: Shells for people\nkeywords: [x]\n", "a/templates", Severity.HIGH),
        ("name: a\ndependencies:\n- name: metrics-agent\n", "a/templates", Severity.HIGH),
        ("name: a\ndescription: Disk metrics of nodes\n", "a/more", Severity.HIGH),
    ],
    ids=["keyword", "description", "name", "another trade", "another chart", "no template"],
)
def test_by_its_chart(tmp_path, chart, folder, told):
    (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "a/Chart.yaml").write_text(chart)
    (tmp_path / folder / "rbac.yaml").write_text(RBAC)
    (found,) = scan(tmp_path, select=[CHECK]).findings
    assert found.severity == told
