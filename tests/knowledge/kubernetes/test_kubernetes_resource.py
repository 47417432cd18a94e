"""Which resources a rule names in vain."""

from __future__ import annotations

import pytest

from nhilint.knowledge.kubernetes import out_of_reach


@pytest.mark.parametrize(
    ("resource", "groups", "cluster_wide"),
    [
        ("deployments", [""], True),
        ("pods", ["apps", "batch"], True),
        ("services/status", ["rbac.authorization.k8s.io"], True),
        ("nodes", [""], False),
        ("nodes/proxy", [""], False),
        ("persistentvolumes", [""], False),
        ("clusterrolebindings", ["rbac.authorization.k8s.io"], False),
        ("pods/logs", [""], True),
        ("configMaps", [""], True),
        ("Pods/Log", [""], False),
    ],
)
def test_in_vain(resource, groups, cluster_wide):
    assert out_of_reach(resource, frozenset(groups), cluster_wide=cluster_wide)


@pytest.mark.parametrize(
    ("resource", "groups", "cluster_wide"),
    [
        ("deployments", ["", "apps"], True),
        ("deployments", ["extensions"], True),
        ("deployments", ["*"], True),
        ("pods", ["metrics.k8s.io"], True),
        ("nodes", ["metrics.k8s.io"], True),
        ("pods", ["example.com"], True),
        ("pods/log", [""], False),
        ("nodes", [""], True),
        ("namespaces", [""], False),
        ("clusterroles", ["rbac.authorization.k8s.io"], False),
        ("widgets", [""], True),
        ("*", [""], False),
    ],
)
def test_of_use(resource, groups, cluster_wide):
    assert not out_of_reach(resource, frozenset(groups), cluster_wide=cluster_wide)
