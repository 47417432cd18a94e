"""Rules that the values of a release add to a chart's cluster role are a grant of the release."""

from __future__ import annotations

import pytest

from nhilint.model.fact import known_records, value_of
from tests.formats.kubernetes.cluster_files import EXEC, SECRETS, identities, paths

RELEASE = (
    "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: guard, namespace: ops}\n"
    "spec:\n  values:\n    # clusterRole:\n    "
)


def released(values):
    """What a release with these values is given."""
    return identities({"apps/guard.yaml": RELEASE + values + "\n"})


@pytest.mark.parametrize(
    ("values", "name"),
    [
        (f"{{back: {{rbac: {{clusterRole: {{extraResources: [{{{SECRETS}}}]}}}}}}}}", "ops/release guard back"),
        (f"{{rbac: {{clusterRole: {{extraRules: [{{{SECRETS}}}]}}}}}}", "ops/release guard"),
        (f"{{rbac: {{extraClusterRoleRules: [{{{SECRETS}}}]}}}}", "ops/release guard"),
        (f"{{clusterRole: {{create: true, rules: [{{{SECRETS}}}]}}}}", "ops/release guard"),
    ],
)
def test_a_list_for_a_cluster_role_holds_everywhere(values, name):
    found = released(values)
    assert set(found) == {name}
    assert paths(found[name]) == {"k8s-secrets-get": True}
    assert not found[name].loose_bindings
    [way] = known_records(found[name].escalations)
    assert way.at.pointer[:2] == ("spec", "values")


@pytest.mark.parametrize(
    "values",
    [
        f"{{rbac: {{extraRules: [{{{SECRETS}}}]}}}}",
        f"{{back: {{clusterRole: {{extraResources: [{{{SECRETS}}}]}}}}}}",
        f"{{rbac: {{create: false, clusterRole: {{extraRules: [{{{SECRETS}}}]}}}}}}",
        f"{{back: {{enabled: false, rbac: {{clusterRole: {{extraRules: [{{{SECRETS}}}]}}}}}}}}",
        "{rbac: {clusterRole: {extraRules: []}}}",
        "{rbac: {clusterRole: {extraRules: [secrets, 3, null]}}}",
        "{rbac: {clusterRole: {extraRules: '{{ x }}'}}}",
    ],
)
def test_what_does_not_say_its_reach_or_is_off_is_left_out(values):
    assert released(values) == {}


def test_controllers_of_one_release_are_told_apart():
    values = (
        f"{{a: {{rbac: {{clusterRole: {{extra: [{{{SECRETS}}}], more: [{{{EXEC}}}]}}}}}}, "
        f"b: {{rbac: {{clusterRole: {{extra: [{{{EXEC}}}]}}}}}}}}"
    )
    found = released(values)
    assert {name: len(one.grants) for name, one in found.items()} == {
        "ops/release guard a": 2,
        "ops/release guard b": 1,
    }
    assert value_of(found["ops/release guard b"].grants[0].cluster_wide) is True


def test_the_account_of_a_release_is_not_missed_where_others_are_declared():
    other = "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: other, namespace: ops}\n"
    found = released(f"{{rbac: {{clusterRole: {{extraRules: [{{{SECRETS}}}]}}}}}}\n{other}")
    assert set(found) == {"ops/other", "ops/release guard"}
    assert not found["ops/release guard"].loose_bindings
