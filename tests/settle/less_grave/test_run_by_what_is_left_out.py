"""An account that only something left out of its kustomization runs as is told less gravely."""

from __future__ import annotations

import pytest

from nhilint.api import scan
from nhilint.model.finding import Severity

RBAC = """
{apiVersion: v1, kind: ServiceAccount, metadata: {name: setup, namespace: sign-in}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: setup}
rules: [{apiGroups: [""], resources: [secrets], verbs: [get, list]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: setup}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: setup}
subjects: [{kind: ServiceAccount, name: setup, namespace: sign-in}]
"""
JOB = """
apiVersion: batch/v1
kind: Job
metadata: {name: setup, namespace: sign-in}
spec:
  template:
    spec:
      serviceAccountName: setup
      containers: [{name: main, image: "tool:1"}]
"""
LISTED = {"app/kustomization.yaml": "resources: [rbac.yaml]\n", "app/rbac.yaml": RBAC, "app/job.yaml": JOB}
TOKEN = """
apiVersion: v1
kind: Secret
metadata: {name: t, namespace: sign-in, annotations: {kubernetes.io/service-account.name: setup}}
type: kubernetes.io/service-account-token
"""


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (LISTED, Severity.LOW),
        (LISTED | {"app/kustomization.yaml": "resources: [rbac.yaml, job.yaml]\n"}, Severity.MEDIUM),
        (LISTED | {"app/rbac.yaml": f"{RBAC}---{TOKEN}"}, Severity.MEDIUM),
        (LISTED | {"values.yaml": "serviceAccountName: setup\n"}, Severity.MEDIUM),
        ({path: text for path, text in LISTED.items() if "job" not in path}, Severity.MEDIUM),
        (LISTED | {"app/kustomization.yaml": "resources: [rbac.yaml]\n", "examples/job.yaml": JOB}, Severity.MEDIUM),
    ],
    ids=["left out", "listed", "a token", "a chart's values", "nothing runs as it", "an example elsewhere"],
)
def test_an_account(tmp_path, files, expected):
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    (found,) = scan(tmp_path, select=["secrets-of-every-namespace"]).findings
    assert found.severity == expected
