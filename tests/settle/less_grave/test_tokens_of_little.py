"""A token of an account that does next to nothing is told less gravely."""

from __future__ import annotations

import pytest

from nhilint.api import scan
from nhilint.model.finding import Severity

ACCOUNT = """
{apiVersion: v1, kind: ServiceAccount, metadata: {name: gate, namespace: web}}
---
apiVersion: v1
kind: Secret
metadata: {name: gate-token, namespace: web, annotations: {kubernetes.io/service-account.name: gate}}
type: kubernetes.io/service-account-token
---
"""
SUBJECTS = "subjects: [{kind: ServiceAccount, name: gate, namespace: web}]"
ASKS = "{apiGroups: [authentication.k8s.io], resources: [tokenreviews], verbs: [create]}"


def bound(role, name="a"):
    return (
        f"---\n{{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {{name: {name}}},\n"
        f" roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: '{role}'}}, {SUBJECTS}}}\n"
    )


def role(*rules):
    listed = ", ".join(rules)
    return (
        f"{{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {{name: own}}, rules: [{listed}]}}\n"
    )


@pytest.fixture
def severity(tmp_path):
    def told(text):
        (tmp_path / "all.yaml").write_text(ACCOUNT + text)
        (found,) = scan(tmp_path, select=["token-secret-without-end"]).findings
        return found.severity

    return told


def test_an_account_that_only_asks(severity):
    assert severity(role(ASKS) + bound("own")) == Severity.LOW


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("{apiGroups: [''], resources: [events, nodes], verbs: [get, list, watch]}", Severity.LOW),
        ("{apiGroups: [fruit.example.com], resources: [apples], verbs: [list]}", Severity.LOW),
        ("{apiGroups: [extensions, networking.k8s.io], resources: [ingresses], verbs: [list]}", Severity.LOW),
        ("{apiGroups: [''], resources: [namespaces, pods], verbs: [get, list]}", Severity.LOW),
        ("{apiGroups: ['', example.com], resources: [pods], verbs: [list]}", Severity.MEDIUM),
        ("{apiGroups: [''], resources: [pods, pods/log], verbs: [get]}", Severity.MEDIUM),
        ("{apiGroups: [''], resources: [pods], verbs: [list, delete]}", Severity.MEDIUM),
        ("{apiGroups: [fruit.example.com], resources: ['*'], verbs: [list]}", Severity.MEDIUM),
        ("{apiGroups: [fruit.example.com], resources: [apples], verbs: [list, create]}", Severity.MEDIUM),
        ("{apiGroups: [''], resources: [nodes, nodes/proxy], verbs: [get]}", Severity.MEDIUM),
        ("{apiGroups: [''], resources: [nodes, configmaps], verbs: [get]}", Severity.MEDIUM),
    ],
)
def test_an_account_that_reads(severity, rules, expected):
    assert severity(role(ASKS, rules) + bound("own")) == expected


@pytest.mark.parametrize(
    "text",
    [
        role(ASKS, "{apiGroups: [''], resources: [secrets], verbs: [list]}") + bound("own"),
        role("{apiGroups: [authentication.k8s.io], resources: [tokenreviews], verbs: ['*']}") + bound("own"),
        role(ASKS, "{apiGroups: [''], resources: [pods], verbs: ['${VERBS}']}") + bound("own"),
        role(ASKS) + bound("own") + bound("view", "b"),
        role(ASKS) + bound("own") + bound("made-elsewhere", "b"),
    ],
    ids=["lists", "a star", "left open", "a built-in role", "a role of another place"],
)
def test_an_account_that_does_more(severity, text):
    assert severity(text) == Severity.MEDIUM
