"""What an operator's chart ships is told there; its scaffold repeats it."""

from __future__ import annotations

import pytest

from tests.formats.kubernetes.cluster_files import EXEC, SECRETS, bound, resources, role

BOUND = bound(role_name="manager-role", subject="{kind: ServiceAccount, name: bot, namespace: system}")
SHIPPED = role([SECRETS, EXEC], name="{{ .Release.Name }}-manager") + bound(
    role_name="{{ .Release.Name }}-manager", subject="{kind: ServiceAccount, name: shipped, namespace: ops}"
)
MANAGER = (
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: system}\n"
    "spec: {selector: {}, template: {spec: {serviceAccountName: bot, containers: [{name: web, image: web}]}}}\n"
)


def settings(files):
    return {one.name: one.setting for one in resources(files) if one.kind == "identity"}


@pytest.mark.parametrize(
    ("rules", "chart", "setting"),
    [
        ([SECRETS], "charts/bot/templates/rbac.yaml", "copied"),
        ([SECRETS, EXEC], "charts/bot/templates/rbac.yaml", "copied"),
        ([SECRETS, EXEC.replace("create", "'*'")], "charts/bot/templates/rbac.yaml", "production"),
        (
            [SECRETS, "apiGroups: [apps], resources: [a/status], verbs: [get]"],
            "charts/bot/templates/rbac.yaml",
            "copied",
        ),
        ([SECRETS, "apiGroups: [apps], resources: [a], verbs: [get]"], "charts/bot/templates/rbac.yaml", "production"),
        ([SECRETS], "deploy/rbac.yaml", "production"),
        ([], "charts/bot/templates/rbac.yaml", "production"),
    ],
)
def test_a_scaffold_is_a_copy_of_what_the_chart_ships(rules, chart, setting):
    files = {
        "config/rbac/role.yaml": role(rules, name="manager-role"),
        "config/rbac/role_binding.yaml": BOUND,
        "config/manager/manager.yaml": MANAGER,
        chart: SHIPPED,
    }
    found = settings(files)
    assert found["system/bot"] == setting
    assert found["ops/shipped"] != "copied"


def test_a_scaffold_may_keep_what_its_overlays_share_in_a_base():
    files = {
        "config/base/rbac/role.yaml": role([SECRETS], name="manager-role"),
        "config/base/rbac/role_binding.yaml": BOUND,
        "charts/bot/templates/rbac.yaml": SHIPPED,
    }
    assert settings(files)["system/bot"] == "copied"


@pytest.mark.parametrize(("name", "setting"), [("proxy-role", "copied"), ("editor-role", "production")])
def test_what_kubebuilder_writes_along_goes_with_the_controllers_role(name, setting):
    files = {
        "config/rbac/role.yaml": role([SECRETS], name="manager-role") + BOUND.replace("name: bot", "name: c"),
        "config/rbac/other.yaml": role(["apiGroups: [a], resources: [b], verbs: [get]"], name=name)
        + BOUND.replace("manager-role", name),
        "charts/bot/templates/rbac.yaml": SHIPPED,
    }
    assert settings(files)["system/bot"] == setting


@pytest.mark.parametrize(("missing", "setting"), [("configmaps", "copied"), ("secrets", "production")])
def test_a_chart_may_lag_by_a_detail_but_not_by_a_grave_right(missing, setting):
    many = [f"apiGroups: [apps], resources: [r{number}], verbs: [get]" for number in range(50)]
    files = {
        "config/rbac/role.yaml": role(
            [*many, f'apiGroups: [""], resources: [{missing}], verbs: [list]'], name="manager-role"
        )
        + BOUND,
        "charts/bot/templates/rbac.yaml": role(many, name="shipped"),
    }
    assert settings(files)["system/bot"] == setting


def test_a_role_elsewhere_is_judged_where_it_stands():
    files = {
        "deploy/role.yaml": role([SECRETS], name="manager-role") + BOUND,
        "charts/bot/templates/rbac.yaml": SHIPPED,
    }
    assert settings(files)["system/bot"] == "production"


LONG = [f"apiGroups: [apps], resources: [r{number}], verbs: [get]" for number in range(30)]


@pytest.mark.parametrize(
    ("rules", "setting"),
    [
        ([*LONG, SECRETS], "copied"),
        ([*LONG[1:], SECRETS], "copied"),
        ([*LONG, SECRETS, "apiGroups: [batch], resources: [jobs], verbs: [get]"], "copied"),
        ([*LONG, SECRETS, "apiGroups: [batch], resources: [a, b, c, d], verbs: [get]"], "production"),
        ([*LONG, SECRETS, "apiGroups: [example.org], resources: [widgets], verbs: ['*']"], "copied"),
        ([*LONG, SECRETS, "apiGroups: [batch], resources: [jobs], verbs: ['*']"], "production"),
        ([*LONG, SECRETS, EXEC], "production"),
        ([SECRETS], "production"),
    ],
)
def test_a_long_role_that_a_chart_ships_as_well_is_a_copy_anywhere(rules, setting):
    files = {
        "resources/base/all.yaml": role(rules, name="manager-role") + BOUND + "---\n" + MANAGER,
        "charts/bot/templates/rbac.yaml": role([*LONG, SECRETS], name="{{ .Release.Name }}"),
        "charts/cat/templates/rbac.yaml": role([SECRETS], name="{{ .Release.Name }}-small"),
    }
    assert settings(files)["system/bot"] == setting


@pytest.mark.parametrize(
    ("shipped", "setting"), [("charts/bot/templates/token.yaml", "copied"), ("a.yaml", "production")]
)
def test_a_token_of_the_scaffold_goes_with_that_of_the_chart(shipped, setting):
    token = (
        "apiVersion: v1\nkind: Secret\nmetadata: {name: t, namespace: system, annotations: "
        "{kubernetes.io/service-account.name: bot}}\ntype: kubernetes.io/service-account-token\n"
    )
    files = {
        "config/rbac/all.yaml": role([SECRETS], name="manager-role") + BOUND + "---\n" + token,
        "charts/bot/templates/rbac.yaml": SHIPPED,
        shipped: token.replace("name: bot", "name: shipped"),
    }
    assert settings(files)["system/bot"] == setting


def test_a_bundle_of_the_lifecycle_manager_is_a_copy():
    assert settings({"bundle/manifests/all.yaml": role([SECRETS], name="manager-role") + BOUND}) == {
        "system/bot": "copied"
    }


@pytest.mark.parametrize(
    ("unlabelled", "image", "setting"),
    [
        ("", "registry.example.com/web@sha256:" + "a" * 64, "copied"),
        ("", "registry.example.com/web:1.10.0", "production"),
        ("---\napiVersion: v1\nkind: Service\nmetadata: {name: own}\n", "registry.example.com/web@sha256:" + "a" * 64, "production"),
    ],
)  # fmt: skip
def test_objects_of_one_product_and_version_with_digests_are_a_release(unlabelled, image, setting):
    labels = 'labels: {app.kubernetes.io/name: serving, app.kubernetes.io/version: "1.10.0"}'
    services = "".join(
        f"---\napiVersion: v1\nkind: Service\nmetadata: {{name: web-{number}, {labels}}}\n" for number in range(4)
    )
    workload = (
        f"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web, namespace: system, {labels}}}\n"
        f"spec:\n  template:\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: web\n"
        f"          image: {image}\n"
    )
    assert settings({"serving/deploy.yaml": workload + services + unlabelled})["system/web"] == setting
