"""The power of an account that no pod runs as, and whose tokens people make for the hour, is told less gravely."""

from __future__ import annotations

import pytest

from nhilint.api import scan
from nhilint.model.fact import Known
from nhilint.model.finding import Confidence, Finding, Severity, Subject
from nhilint.model.place import Place
from nhilint.model.resource import Resource
from nhilint.model.vocabulary.cluster import ClusterWorkload
from nhilint.model.vocabulary.escalation import Escalation
from nhilint.model.vocabulary.identity import Identity
from nhilint.settle.less_grave.tokens_by_hand import retold
from nhilint.testing import tree_of

AT = Place("deploy/binding.yaml", ())
COMMAND = "kubectl -n panel create token viewer"
VALUES = "serviceAccount:\n  create: false\n  name: viewer\n"


def account(**facts):
    known = {"provider": Known("kubernetes", AT), "kind": Known("service_account", AT)}
    return Resource("identity", "panel/viewer", "kubernetes", Identity(at=AT, **(known | facts)))


def severity(files, check="administrator-policy-attached", **facts):
    finding = Finding(
        check=check,
        severity=Severity.HIGH,
        confidence=Confidence.HIGH,
        message="it may do all",
        place=AT,
        subject=Subject("identity", "panel/viewer"),
        fingerprint="f",
    )
    (told,) = retold((finding,), (account(**facts),), tree_of(tuple(files.items())))
    assert (told.severity < finding.severity) == ("by hand" in told.message)
    return told.severity


@pytest.mark.parametrize(
    "files",
    [
        {"README.md": f"Sign in:\n\n    {COMMAND} | pbcopy\n"},
        {"open.sh": "kubectl --context lab create token viewer --namespace=panel"},
        {"open.sh": f"TOKEN=$({COMMAND})"},
        {"open.sh": COMMAND, "values.yaml": "serviceAccount:\n  name: other\n"},
    ],
)
def test_an_account_whose_tokens_are_made_by_hand(files):
    assert severity(files) == Severity.MEDIUM


@pytest.mark.parametrize(
    "files",
    [
        {"README.md": "kubectl -n panel get pods"},
        {"README.md": "kubectl -n panel create token viewer-of-logs"},
        {"README.md": "kubectl -n other create token viewer"},
        {"README.md": "kubectl create token viewer"},
        {"README.md": f"{COMMAND} --duration=8760h"},
        {".github/workflows/ci.yml": f"run: {COMMAND}"},
        {"README.md": COMMAND, "values.yaml": VALUES},
        {"README.md": COMMAND, "job.tpl": "serviceAccountName: viewer"},
        {"README.md": COMMAND, "main.tf": 'name = "serviceAccount.name"\nvalue = "viewer"'},
    ],
)
def test_other_texts_leave_it_as_it_is(files):
    assert severity(files) == Severity.HIGH


@pytest.mark.parametrize(
    "facts",
    [
        {"workloads": (ClusterWorkload(at=AT),)},
        {"escalations": (Escalation(at=AT, id=Known("k8s-pod-legacy-token", AT)),)},
        {"provider": Known("aws", AT)},
        {"kind": Known("user", AT)},
        {"check": "static-cloud-key-in-workload"},
    ],
)
def test_other_accounts_and_checks_stay_as_they_are(facts):
    assert severity({"README.md": COMMAND}, **facts) == Severity.HIGH


BINDING = """apiVersion: v1
kind: ServiceAccount
metadata: {name: viewer, namespace: panel}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: viewer}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects:
  - {kind: ServiceAccount, name: viewer, namespace: panel}
"""


def test_it_is_told_so_of_a_whole_repository(tmp_path):
    (tmp_path / "binding.yaml").write_text(BINDING)
    (tmp_path / "README.md").write_text(COMMAND)
    (found,) = scan(tmp_path, select=["administrator-policy-attached"]).findings
    assert found.severity == Severity.MEDIUM
