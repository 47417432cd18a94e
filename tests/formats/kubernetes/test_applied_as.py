"""Accounts that a controller takes to apply what an object says, while no pod runs as them."""

from __future__ import annotations

import pytest

from nhilint.api import scan
from nhilint.model.fact import value_of
from nhilint.model.finding import Severity
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
TOKEN = """---
apiVersion: v1
kind: Secret
type: kubernetes.io/service-account-token
metadata: {name: bot-token, namespace: ops, annotations: {kubernetes.io/service-account.name: bot}}
"""


@pytest.mark.parametrize(
    ("group", "kind"),
    [
        ("packaging.carvel.dev", "PackageInstall"),
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


@pytest.mark.parametrize(("rest", "told"), [(PACKAGE, Severity.MEDIUM), (PACKAGE + POD, Severity.HIGH)])
def test_its_power_is_told_a_step_lower(tmp_path, rest, told):
    (tmp_path / "all.yaml").write_text(HELD + rest)
    (found,) = scan(tmp_path, select=["administrator-policy-attached"]).findings
    assert found.severity == told
