"""What strangers, or pods that name no account, may look at is told less gravely where next to nothing is to be seen."""

from __future__ import annotations

import pytest

from nhilint.api import scan
from nhilint.model.finding import Severity
from nhilint.settle.less_grave.shown_to_many import OF_DEFAULT, OF_EVERYBODY, OF_STRANGERS

STRANGER = "{kind: User, name: 'system:anonymous', apiGroup: rbac.authorization.k8s.io}"
PODS = "{kind: ServiceAccount, name: default, namespace: web}"


def bound(rules, subject, kind=""):
    within = "" if kind else ", namespace: web"
    return (
        f"{{apiVersion: rbac.authorization.k8s.io/v1, kind: {kind}Role, metadata: {{name: own{within}}},\n"
        f" rules: [{rules}]}}\n---\n"
        f"{{apiVersion: rbac.authorization.k8s.io/v1, kind: {kind}RoleBinding, metadata: {{name: own{within}}},\n"
        f" roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: {kind}Role, name: own}}, subjects: [{subject}]}}\n"
    )


@pytest.fixture
def severity(tmp_path):
    def told(check, text):
        (tmp_path / "all.yaml").write_text(text)
        (found,) = scan(tmp_path, select=[check]).findings
        return found.severity

    return told


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("{apiGroups: [cluster.x-k8s.io], resources: [clusterclasses], verbs: [get, list]}", Severity.LOW),
        ("{apiGroups: [''], resources: [pods], verbs: [list]}", Severity.MEDIUM),
        ("{apiGroups: [apps], resources: [deployments], verbs: [list]}", Severity.MEDIUM),
        ("{apiGroups: [argoproj.io], resources: [applications], verbs: [list]}", Severity.MEDIUM),
        ("{apiGroups: ['', metrics.k8s.io], resources: [pods], verbs: [list]}", Severity.MEDIUM),
    ],
)
def test_strangers(severity, rules, expected):
    assert severity(OF_STRANGERS, bound(rules, STRANGER, "Cluster")) == expected


@pytest.mark.parametrize(
    ("rules", "kind", "expected"),
    [
        ("{apiGroups: [''], resources: [pods, pods/log], verbs: [get]}", "", Severity.LOW),
        ("{apiGroups: [''], resources: [pods, pods/log], verbs: [get]}", "Cluster", Severity.MEDIUM),
        ("{apiGroups: [''], resources: [pods], verbs: [get, delete]}", "", Severity.MEDIUM),
        ("{apiGroups: [''], resources: [secrets], verbs: [get]}", "", Severity.MEDIUM),
        ("{apiGroups: [''], resources: [pods/exec], verbs: [get]}", "", Severity.MEDIUM),
        ("{apiGroups: [''], resources: ['*'], verbs: [get]}", "", Severity.MEDIUM),
    ],
)
def test_pods_that_name_no_account(severity, rules, kind, expected):
    assert severity(OF_DEFAULT, bound(rules, PODS, kind)) == expected


def test_pods_that_are_given_a_role_of_another_place_besides(severity):
    rules = "{apiGroups: [''], resources: [pods], verbs: [get]}"
    other = bound(rules, PODS).partition("---\n")[2].replace("name: own", "name: made-elsewhere")
    assert severity(OF_DEFAULT, f"{bound(rules, PODS)}---\n{other}") == Severity.MEDIUM


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("{apiGroups: [argoproj.io], resources: [workflowtaskresults], verbs: [create, patch]}", Severity.LOW),
        ("{apiGroups: [argoproj.io], resources: [workflowtaskresults], verbs: [create, list]}", Severity.MEDIUM),
        ("{apiGroups: [argoproj.io], resources: [workflowtaskresults, sensors], verbs: [patch]}", Severity.MEDIUM),
        ("{apiGroups: [argoproj.io, ''], resources: [workflowtaskresults], verbs: [patch]}", Severity.MEDIUM),
    ],
)
def test_what_everybody_notes(severity, rules, expected):
    everybody = "{kind: Group, name: 'system:serviceaccounts', apiGroup: rbac.authorization.k8s.io}"
    assert severity(OF_EVERYBODY, bound(rules, everybody, "Cluster")) == expected
