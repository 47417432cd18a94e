"""A proxy that speaks for people, and may add no group to them, is told less gravely."""

from __future__ import annotations

import pytest

from nhilint.api import scan
from nhilint.model.finding import Severity
from nhilint.settle.less_grave.groups_not_taken import OF_PROXIES

REST = """
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: auth-proxy}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: auth-proxy}
subjects: [{kind: ServiceAccount, name: auth-proxy, namespace: access}]
"""
ROLE = "{{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {{name: auth-proxy}}, rules: [{}]}}"
USERS = "{apiGroups: [''], resources: [users], verbs: [impersonate]}"
GROUPS = "{apiGroups: [''], resources: [groups], verbs: [impersonate]}"


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (USERS, Severity.LOW),
        (f"{USERS}, {GROUPS[:-1]}, resourceNames: ['system:authenticated']}}", Severity.LOW),
        (f"{USERS}, {GROUPS}", Severity.MEDIUM),
        (f"{USERS}, {GROUPS[:-1]}, resourceNames: ['system:masters']}}", Severity.MEDIUM),
        (f"{USERS}, {USERS.replace('users', 'serviceaccounts')}", Severity.MEDIUM),
        (f"{USERS}, {GROUPS.replace('[groups]', '[$X]')}", Severity.MEDIUM),
    ],
)
def test_a_proxy(tmp_path, rules, expected):
    (tmp_path / "rbac.yaml").write_text(ROLE.format(rules).replace("$X", "'${GROUPS}'") + REST)
    (found,) = scan(tmp_path, select=[OF_PROXIES]).findings
    assert found.severity == expected
