"""Objects inside other objects are read as what they are."""

from __future__ import annotations

import json

import pytest

from nhilint.model.fact import value_of
from tests.formats.kubernetes.cluster_files import identities, resources

BINDING = {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "ClusterRoleBinding",
    "metadata": {"name": "b"},
    "roleRef": {"kind": "ClusterRole", "name": "cluster-admin"},
    "subjects": [{"kind": "ServiceAccount", "name": "bot", "namespace": "ops"}],
}


def one(version, kind, **body):
    return {"apiVersion": version, "kind": kind, "metadata": {"name": "x"}, **body}


def written(holder):
    """A file of YAML, which JSON is too, with its kind as YAML spells it for the look that comes first."""
    return {"deploy/a.yaml": f"# kind: {holder['kind']}\n{json.dumps(holder, indent=1)}"}


def policy(how):
    inner = {"object-templates": [{"complianceType": how, "objectDefinition": BINDING}]}
    inside = one("policy.open-cluster-management.io/v1", "ConfigurationPolicy", spec=inner)
    outer = {"policy-templates": [{"objectDefinition": inside}]}
    return one("policy.open-cluster-management.io/v1", "Policy", spec=outer)


OBJECT = one("kubernetes.crossplane.io/v1alpha2", "Object", spec={"forProvider": {"manifest": BINDING}})
COMPOSED = {"resources": [{"name": "a", "base": OBJECT}]}
GIVEN = {"name": "ci", "subjects": BINDING["subjects"]}


@pytest.mark.parametrize(
    "holder",
    [
        one("template.openshift.io/v1", "Template", objects=[BINDING]),
        one("v1", "Template", objects=[BINDING]),
        OBJECT,
        one("apiextensions.crossplane.io/v1", "Composition", spec=COMPOSED),
        one("apiextensions.crossplane.io/v1", "Composition", spec={"pipeline": [{"input": COMPOSED}]}),
        one("work.open-cluster-management.io/v1", "ManifestWork", spec={"workload": {"manifests": [BINDING]}}),
        one("hive.openshift.io/v1", "SelectorSyncSet", spec={"resources": [BINDING]}),
        policy("musthave"),
        one(
            "rbacmanager.reactiveops.io/v1beta1",
            "RBACDefinition",
            rbacBindings=[{**GIVEN, "clusterRoleBindings": [{"clusterRole": "cluster-admin"}]}],
        ),
    ],
    ids=lambda holder: holder["kind"],
)
def test_what_an_object_carries_is_in_force(holder):
    assert value_of(identities(written(holder))["ops/bot"].managed_admin)


def test_what_a_policy_forbids_is_not():
    assert "ops/bot" not in identities(written(policy("mustnothave")))


def test_policies_that_a_generator_wrapped_are_copies():
    text = "apiVersion: policy.open-cluster-management.io/v1\nkind: Policy\nspec:\n  policy-templates:\n  - objectDefinition: "
    inner = json.dumps(policy("musthave")["spec"]["policy-templates"][0]["objectDefinition"])
    settings = {
        path: next(one.setting for one in resources({path: text + inner}) if one.name == "ops/bot")
        for path in ("acm/GENERATED-a.yaml", "acm/a.yaml")
    }
    assert settings == {"acm/GENERATED-a.yaml": "copied", "acm/a.yaml": "production"}


def test_a_role_of_a_namespace_that_is_chosen_by_labels_is_left():
    given = {**GIVEN, "roleBindings": [{"clusterRole": "admin", "namespaceSelector": {}}]}
    holder = one("rbacmanager.reactiveops.io/v1beta1", "RBACDefinition", rbacBindings=[given])
    assert "ops/bot" not in identities(written(holder))


def test_values_of_an_application_of_argo():
    values = {
        "controllers": {"x": {}},
        "serviceAccount": {"x": {}},
        "rbac": {
            "bindings": {
                "b": {
                    "type": "ClusterRoleBinding",
                    "roleRef": {"kind": "ClusterRole", "name": "cluster-admin"},
                    "subjects": [{"identifier": "x"}],
                }
            }
        },
    }
    spec = {"destination": {"namespace": "shop"}, "source": {"helm": {"valuesObject": values}}}
    found = identities(written(one("argoproj.io/v1alpha1", "Application", spec=spec)))
    assert value_of(found["shop/x"].managed_admin)
