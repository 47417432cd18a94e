"""A chart that binds its account to cluster-admin does so for a release that does not say else."""

from __future__ import annotations

import pytest

from nhilint.model.fact import value_of
from tests.formats.kubernetes.cluster_files import identities


def release(values="", more="", chart="headlamp"):
    return (
        "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: board, namespace: ops}\n"
        f"spec:\n  chart:\n    spec:\n      chart: {chart}\n{more}  values: {{{values}}}\n"
    )


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ("rbac: {create: false}", "ops/board-headlamp"),
        ("serviceAccount: {name: seen}, clusterRoleBinding: {create: true}", "ops/seen"),
        ("fullnameOverride: panel, clusterRoleBinding: {clusterRoleName: cluster-admin}", "ops/panel"),
    ],
)
def test_the_account_of_the_release_administers_the_cluster(values, name):
    found = identities({"apps/board/release.yaml": release(values)})
    assert value_of(found[name].managed_admin) == ("cluster-admin",)
    assert found[name].managed_admin.at.pointer == ("spec", "chart", "spec", "chart")


@pytest.mark.parametrize(
    "text",
    [
        release("clusterRoleBinding: {create: false}"),
        release("clusterRoleBinding: {create: '${BOUND}'}"),
        release("clusterRoleBinding: {clusterRoleName: view}"),
        release(more="  valuesFrom: [{kind: ConfigMap, name: more}]\n"),
        release(chart="headlamp-like"),
    ],
)
def test_a_release_that_says_else_or_may_is_left_alone(text):
    assert identities({"apps/board/release.yaml": text}) == {}
