"""Accounts that a controller takes to apply what an object says, while no pod runs as them."""

from __future__ import annotations

import pytest

from nhilint.api import scan
from nhilint.formats.kubernetes.applied_as import APPLIED_FROM_HERE
from nhilint.model.fact import value_of
from nhilint.model.finding import Confidence, Severity
from tests.formats.kubernetes.cluster_files import bound, identities

HELD = bound(role_name="cluster-admin")
OBJECT = """---
apiVersion: {group}/v1alpha1
kind: {kind}
metadata: {{name: web, namespace: {namespace}}}
spec:
  serviceAccountName: {account}
"""
PACKAGE = OBJECT.format(group="packaging.carvel.dev", kind="PackageInstall", namespace="ops", account="bot")
POD = """---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: ops}
spec:
  serviceAccountName: bot
  containers: [{name: c, image: registry.example.com/web:1}]
"""
ACCOUNT = """---
apiVersion: v1
kind: ServiceAccount
metadata: {name: bot, namespace: ops, annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::111122223333:role/web"}}
"""
READS_SECRETS = """apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: keys}
rules: [{apiGroups: [""], resources: [secrets], verbs: [list]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: keys}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: keys}
subjects: [{kind: ServiceAccount, name: bot, namespace: ops}]
"""
TOKEN = """---
apiVersion: v1
kind: Secret
type: kubernetes.io/service-account-token
metadata: {name: bot-token, namespace: ops, annotations: {kubernetes.io/service-account.name: bot}}
"""


@pytest.mark.parametrize(
    ("group", "kind"),
    [
        ("kappctrl.k14s.io", "App"),
        ("templates.kluctl.io", "ObjectTemplate"),
        ("gitops.kluctl.io", "KluctlDeployment"),
        ("kustomize.toolkit.fluxcd.io", "Kustomization"),
        ("helm.toolkit.fluxcd.io", "HelmRelease"),
    ],
)
def test_an_account_that_only_a_controller_takes(group, kind):
    stated = OBJECT.format(group=group, kind=kind, namespace="ops", account="bot")
    found = identities({"deploy/rights.yaml": HELD, "deploy/web.yaml": stated.removeprefix("---\n")})["ops/bot"]
    assert f"applies each {kind} that names it" in (value_of(found.lessened_by) or "")


@pytest.mark.parametrize(
    "rest",
    [
        "",
        PACKAGE + POD,
        PACKAGE + TOKEN,
        OBJECT.format(group="packaging.carvel.dev", kind="PackageInstall", namespace="other", account="bot"),
        OBJECT.format(group="packaging.carvel.dev", kind="PackageInstall", namespace="ops", account="another"),
        OBJECT.format(group="example.com", kind="PackageInstall", namespace="ops", account="bot"),
    ],
)
def test_any_other_account_is_as_near_as_it_looks(rest):
    assert identities(HELD + rest)["ops/bot"].lessened_by is None


def test_pods_take_the_default_account_without_naming_it():
    held = HELD.replace("bot", "default")
    stated = PACKAGE.replace("bot", "default")
    assert identities(held + stated)["ops/default"].lessened_by is None


def test_a_namespace_that_a_kustomization_gives_is_followed():
    files = {
        "deploy/kustomization.yaml": "namespace: ops\nnamePrefix: my-\nresources: [all.yaml]\n",
        "deploy/all.yaml": HELD + PACKAGE.replace(", namespace: ops", ""),
    }
    (found,) = (one for name, one in identities(files).items() if name.startswith("ops/"))
    assert found.lessened_by is not None


APPLICATION = OBJECT.format(group="kustomize.toolkit.fluxcd.io", kind="Kustomization", namespace="ops", account="bot")
RELEASE = OBJECT.format(group="helm.toolkit.fluxcd.io", kind="HelmRelease", namespace="ops", account="bot")
CHART = "  chart: {spec: {chart: web, sourceRef: {kind: %s, name: %s}}}\n"


@pytest.mark.parametrize(
    "rest",
    [
        PACKAGE,
        APPLICATION + "  sourceRef: {kind: GitRepository, name: flux-system}\n",
        RELEASE + CHART % ("HelmRepository", "charts"),
        RELEASE + CHART % ("GitRepository", "flux-system"),
        RELEASE + "  chartRef: {kind: OCIRepository, name: web}\n",
    ],
)
def test_what_this_repository_names_is_its_own_decision(rest):
    assert value_of(identities(HELD + rest)["ops/bot"].lessened_by) == APPLIED_FROM_HERE


@pytest.mark.parametrize(
    "rest",
    [
        APPLICATION + "  sourceRef: {kind: GitRepository, name: tenant}\n",
        RELEASE + CHART % ("GitRepository", "tenant"),
        RELEASE + "  chartRef: {kind: HelmChart, name: web}\n",
        PACKAGE + APPLICATION + "  sourceRef: {kind: GitRepository, name: tenant}\n",
        PACKAGE + ACCOUNT,
    ],
)
def test_what_others_write_and_what_leads_into_a_cloud_is_not(rest):
    assert "who may write one" in (value_of(identities(HELD + rest)["ops/bot"].lessened_by) or "")


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        (PACKAGE, (Severity.HIGH, Confidence.LOW)),
        (APPLICATION, (Severity.MEDIUM, Confidence.HIGH)),
        (PACKAGE + POD, (Severity.HIGH, Confidence.HIGH)),
    ],
)
def test_its_power_is_hidden_or_told_a_step_lower(tmp_path, rest, told):
    (tmp_path / "all.yaml").write_text(HELD + rest)
    (found,) = scan(tmp_path, select=["administrator-policy-attached"]).findings
    assert (found.severity, found.confidence) == told
    assert (found.doubt == APPLIED_FROM_HERE) == (found.confidence == Confidence.LOW)


def test_what_it_may_do_at_medium_is_hidden_as_well(tmp_path):
    (tmp_path / "all.yaml").write_text(READS_SECRETS + PACKAGE)
    (found,) = scan(tmp_path, select=["secrets-of-every-namespace"]).findings
    assert (found.severity, found.confidence) == (Severity.MEDIUM, Confidence.LOW)
