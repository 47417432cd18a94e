"""Roles, bindings and accounts of several files become what each account may do."""

from __future__ import annotations

import pytest

from nhilint.model.fact import Unknown, known_records, value_of
from tests.formats.kubernetes.cluster_files import EXEC, SECRETS, bound, identities, paths, resources, role


def test_a_cluster_binding_gives_the_rules_everywhere():
    bot = identities(role([SECRETS]) + bound())["ops/bot"]
    assert paths(bot) == {"k8s-secrets-get": True}
    (grant,) = bot.grants
    assert value_of(grant.actions) == ("get secrets",)
    assert value_of(grant.cluster_wide) is True
    assert value_of(grant.changes) is False


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("deployer@acme-prod.iam.gserviceaccount.com", True),
        ("111122223333-compute@developer.gserviceaccount.com", True),
        ("someone@acme.example", False),
        ("SERVICE_ACCOUNT@PROJECT_ID.iam.gserviceaccount.com", False),
    ],
)
def test_an_account_of_google_cloud_is_a_machine_though_the_cluster_calls_it_a_user(name, kept):
    found = identities(role([SECRETS]) + bound(subject=f"{{kind: User, name: {name}}}"))
    assert any(value_of(one.kind) == "service_account" and paths(one) for one in found.values()) is kept


def test_a_binding_of_a_namespace_gives_a_cluster_role_there_only():
    assert paths(identities(role([SECRETS]) + bound(kind="RoleBinding"))["ops/bot"]) == {"k8s-secrets-get": False}


def test_roles_of_several_files_add_up():
    csr = "apiGroups: [certificates.k8s.io], resources: [certificatesigningrequests/approval], verbs: [update]"
    signers = "apiGroups: [certificates.k8s.io], resources: [signers], verbs: [approve]"
    files = {
        "deploy/roles/a.yaml": role([csr], name="a"),
        "deploy/roles/b.yaml": role([signers], name="b"),
        "deploy/bind/a.yaml": bound(role_name="a").removeprefix("---\n"),
        "deploy/bind/b.yaml": bound(role_name="b").removeprefix("---\n"),
    }
    assert paths(identities(files)["ops/bot"]) == {"k8s-csr-approve": True}
    del files["deploy/bind/b.yaml"]
    assert paths(identities(files)["ops/bot"]) == {}


def test_the_role_nearest_to_its_binding_is_meant():
    files = {
        "deploy/one/all.yaml": role([SECRETS]) + bound(),
        "deploy/two/role.yaml": role([EXEC]),
    }
    assert paths(identities(files)["ops/bot"]) == {"k8s-secrets-get": True}


def test_aggregated_rules_are_part_of_the_role():
    files = (
        f"apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {{name: reader}}\n"
        f"aggregationRule: {{clusterRoleSelectors: [{{matchLabels: {{add: me}}}}]}}\nrules: []\n---\n"
        f"{role([SECRETS], name='hidden', labels='{add: me}')}---\n{role([EXEC], name='other')}{bound()}"
    )
    assert paths(identities(files)["ops/bot"]) == {"k8s-secrets-get": True}


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("{kind: ServiceAccount, name: bot, namespace: ops}", "ops/bot"),
        ("{kind: ServiceAccount, name: bot}", "ops/bot"),
        ("{kind: User, name: 'system:serviceaccount:ops:bot'}", "ops/bot"),
        ("{kind: Group, name: 'system:authenticated'}", "system:authenticated"),
    ],
)
def test_subjects(subject, name):
    assert name in identities(role([SECRETS]) + bound(subject=subject))


@pytest.mark.parametrize("subject", ["{kind: User, name: ada}", "{kind: Group, name: admins}"])
def test_people_are_left_to_others(subject):
    assert identities(role([SECRETS]) + bound(subject=subject)) == {}


@pytest.mark.parametrize("name", ["cluster-admin", "admin", "edit"])
def test_built_in_roles_that_administer(name):
    (bot,) = identities(bound(role_name=name)).values()
    assert value_of(bot.managed_admin) == (name,)
    (bot,) = identities(bound(role_name=name, kind="RoleBinding")).values()
    assert value_of(bot.managed_admin) == ()


def test_a_role_that_is_declared_elsewhere_is_not_known():
    (bot,) = identities(bound(role_name="elsewhere")).values()
    assert isinstance(bot.grants[0], Unknown)


def test_everything_for_the_cluster_is_administration():
    bot = identities(role(["apiGroups: ['*'], resources: ['*'], verbs: ['*']"]) + bound())["ops/bot"]
    assert value_of(bot.admin) is True
    assert paths(bot) == {}
    bot = identities(role(["apiGroups: ['*'], resources: ['*'], verbs: ['*']"]) + bound(kind="RoleBinding"))["ops/bot"]
    assert value_of(bot.admin) is False
    assert paths(bot) == {"k8s-cluster-admin": False}


def test_a_role_that_waits_is_judged_by_itself():
    waiting = identities(role([SECRETS]))["reader"]
    assert (value_of(waiting.kind), paths(waiting)) == ("role", {"k8s-secrets-get": None})
    assert isinstance(waiting.escalations[0].cluster_wide, Unknown)
    label = "{rbac.authorization.k8s.io/aggregate-to-edit: 'true'}"
    added = identities(role([SECRETS], labels=label))["reader"]
    assert (value_of(added.aggregated_into), paths(added)) == (("edit",), {"k8s-secrets-get": False})


@pytest.mark.parametrize(
    ("group", "path"),
    [
        ("system:unauthenticated", "k8s-subject-anonymous"),
        ("system:anonymous", "k8s-subject-anonymous"),
        ("system:authenticated", "k8s-subject-authenticated"),
        ("system:serviceaccounts", "k8s-subject-serviceaccounts"),
        ("system:serviceaccounts:ops", "k8s-subject-ns-serviceaccounts"),
    ],
)
def test_groups_that_mean_everybody(group, path):
    kind = "User" if group == "system:anonymous" else "Group"
    found = identities(role([SECRETS]) + bound(subject=f"{{kind: {kind}, name: '{group}'}}"))[group]
    assert path in paths(found)


def test_a_token_secret_belongs_to_its_account():
    text = (
        "apiVersion: v1\nkind: Secret\ntype: kubernetes.io/service-account-token\n"
        "metadata: {name: t, namespace: ops, annotations: {kubernetes.io/service-account.name: bot}}\n"
    )
    assert paths(identities(text)["ops/bot"]) == {"k8s-pod-legacy-token": False}
    assert identities(text.replace("service-account-token", "tls")) == {}


def test_bindings_to_nobody_are_seen_beside_declared_accounts():
    account = "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: new, namespace: ops}\n"
    found = identities(role([SECRETS]) + bound() + account)
    assert len(found["ops/bot"].loose_bindings) == 1
    assert identities(role([SECRETS]) + bound())["ops/bot"].loose_bindings == ()


def test_settings_and_charts_are_not_mixed():
    files = {
        "charts/a/templates/role.yaml": role([SECRETS], name="{{ .Release.Name }}"),
        "charts/b/templates/bind.yaml": bound(role_name="'{{ .Release.Name }}'").removeprefix("---\n"),
    }
    assert paths(identities(files)["ops/bot"]) == {}
    files["charts/a/templates/bind.yaml"] = files.pop("charts/b/templates/bind.yaml")
    assert paths(identities(files)["ops/bot"]) == {"k8s-secrets-get": True}


def test_a_namespace_that_is_filled_in_later_is_not_the_one_a_neighbour_states():
    left_open = bound(role_name="shell", subject="{kind: ServiceAccount, name: bot, namespace: '${TARGET}'}")
    found = identities(role([SECRETS]) + bound() + "---\n" + role([EXEC], name="shell") + left_open)
    assert paths(found["ops/bot"]) == {"k8s-secrets-get": True}
    assert paths(found["bot"]) == {"k8s-pod-exec": True}


def test_the_gravest_way_into_every_namespace_is_told_with_the_others_beside_it():
    bot = identities(role([SECRETS, EXEC]) + bound())["ops/bot"]
    assert paths(bot) == {"k8s-pod-exec": True}
    assert [value_of(one.name) for one in bot.escalations[0].lesser] == [
        "Read any secret whose name it knows or guesses"
    ]


@pytest.mark.parametrize(
    ("resource", "told", "besides"),
    [
        ("'*'", "k8s-secrets-get", ["Reach the kubelet, and through it every pod of a node"]),
        ("secrets, nodes/proxy", "k8s-nodes-proxy", ["Read any secret whose name it knows or guesses"]),
        ("secrets", "k8s-secrets-get", []),
    ],
)
def test_a_star_that_reads_opens_the_kubelet_besides(resource, told, besides):
    bot = identities(role([f"apiGroups: [''], resources: [{resource}], verbs: [get]"]) + bound())["ops/bot"]
    assert paths(bot) == {told: True}
    assert [value_of(one.name) for one in bot.escalations[0].lesser] == besides


def test_a_way_within_one_namespace_outweighs_none_into_all():
    files = (
        role([SECRETS]) + bound() + "---\n" + role([EXEC], name="shell") + bound(role_name="shell", kind="RoleBinding")
    )
    assert paths(identities(files)["ops/bot"]) == {"k8s-secrets-get": True, "k8s-pod-exec": False}


RENDERED = "# Source: reports/templates/role.yaml\n"
DEFINITION = (
    "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: reports.example.com}\n---\n"
)
CHART = "{helm.sh/chart: reports-1.2.3}"


@pytest.mark.parametrize(
    ("path", "text", "setting"),
    [
        ("deploy/all.yaml", role([SECRETS]) + bound(), "production"),
        ("deploy/all.yaml", RENDERED + role([SECRETS]) + bound(), "copied"),
        ("deploy/all.yaml", DEFINITION + role([SECRETS]) + bound(), "copied"),
        ("deploy/upstream/all.yaml", role([SECRETS]) + bound(), "copied"),
        ("deploy/1.2.3/all.yaml", role([SECRETS]) + bound(), "copied"),
        ("deploy/istio-1.0.5/all.yaml", role([SECRETS]) + bound(), "copied"),
        ("deploy/k8s-1.21.5/all.yaml", role([SECRETS]) + bound(), "production"),
        ("external/bots/templates/all.yaml", role([SECRETS]) + bound(), "copied"),
        ("external/bots/all.yaml", role([SECRETS]) + bound(), "production"),
        ("deploy/bot-1.2.3.yaml", role([SECRETS], labels="{version: 1.2.3}") + bound(), "copied"),
        ("deploy/bot-1.2.3.yaml", "# image: bots/bot:v1.2.3\n" + role([SECRETS]) + bound(), "copied"),
        ("deploy/bot-1.2.4.yaml", "# image: bots/bot:v1.2.3\n" + role([SECRETS]) + bound(), "production"),
        ("deploy/1.2/all.yaml", role([SECRETS]) + bound(), "production"),
        ("chart/templates/all.yaml", RENDERED + role([SECRETS]) + bound(), "template"),
        ("deploy/all.yaml", role([SECRETS], labels=CHART) + bound(), "copied"),
    ],
)
def test_what_a_tool_put_together_is_told_from_what_is_decided_here(path, text, setting):
    (bot,) = [one for one in resources({path: text}) if one.name == "ops/bot"]
    assert bot.setting == setting


def test_a_role_with_the_finished_labels_of_a_chart_is_a_copy_and_ones_own_binding_of_it_is_not():
    found = {
        one.name: one.setting for one in resources({"a/x.yaml": role([SECRETS], labels=CHART), "a/y.yaml": bound()})
    }
    assert found == {"ops/bot": "production"}


def test_what_an_agent_may_do_is_decided_here_wherever_the_files_come_from():
    agent = (
        "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: triage-mcp-server, namespace: ops}\nspec:\n"
        "  template: {spec: {serviceAccountName: bot, containers: [{name: a, image: example.com/triage-mcp-server:1}]}}\n"
    )
    (bot,) = [
        one for one in resources({"d/a.yaml": RENDERED + role([SECRETS]) + bound() + agent}) if one.name == "ops/bot"
    ]
    assert bot.setting == "production"


def test_masters_hold_everything_without_any_binding():
    assert identities(role([SECRETS]) + bound(subject="{kind: Group, name: 'system:masters'}")) == {}


def test_what_is_added_to_a_controllers_role_holds_everywhere():
    label = "{rbac.kyverno.io/aggregate-to-background-controller: 'true'}"
    assert paths(identities(role([SECRETS], labels=label))["reader"]) == {"k8s-secrets-get": True}


def test_a_workload_that_overlays_state_again_is_one():
    front, back = (
        f"apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}, namespace: ops}}\n"
        "spec: {serviceAccountName: bot, containers: [{name: main, image: web, args: [serve]}]}\n"
        for name in ("front", "back")
    )
    files = {"deploy/a.yaml": front, "deploy/b.yaml": back, "deploy/overlay/a.yaml": front}
    workloads = known_records(identities(files)["ops/bot"].workloads)
    assert [(value_of(one.name), value_of(one.repeats)) for one in workloads] == [("front", False), ("back", True)]


@pytest.mark.parametrize(
    ("resource", "annotation", "found"),
    [
        ("workflows", "", {"k8s-argo-workflows"}),
        ("workflows", "workflows.argoproj.io/rbac-rule: 'true'", set()),
        ("'*'", "workflows.argoproj.io/rbac-rule: 'true'", {"k8s-argocd-app"}),
    ],
)
def test_whom_argo_workflows_lets_in_may_submit_but_not_rule_argo_cd(resource, annotation, found):
    account = (
        "---\napiVersion: v1\nkind: ServiceAccount\n"
        f"metadata: {{name: bot, namespace: ops, annotations: {{{annotation}}}}}\n"
    )
    rules = [f"apiGroups: [argoproj.io], resources: [{resource}], verbs: [create, patch, update]"]
    assert set(paths(identities(role(rules) + bound() + account)["ops/bot"])) == found


OWN = role([EXEC], name="own") + bound(role_name="own").replace("{name: b,", "{name: own,")
RUNS = (
    "apiVersion: v1\nkind: Pod\nmetadata: {name: bot, namespace: ops}\n"
    "spec: {serviceAccountName: bot, containers: [{name: a, image: a}]}\n"
)


@pytest.mark.parametrize(
    ("files", "count"),
    [
        ({"deploy/own.yaml": OWN}, 1),
        ({"deploy/own.yaml": OWN, "deploy/bot.yaml": RUNS}, 2),
        ({"deploy/own.yaml": OWN, "deploy/upstream/bot.yaml": RUNS}, 1),
        ({}, 1),
    ],
)
def test_what_a_copied_release_gives_its_account_is_left_out_beside_what_is_given_here(files, count):
    found = identities({"deploy/release.yaml": RENDERED + role([SECRETS]) + bound(), **files})["ops/bot"]
    assert len(known_records(found.grants)) == count


@pytest.mark.parametrize(
    ("folders", "names"),
    [
        (("upstream/", "upstream/", ""), ["c"]),
        (("upstream/", "upstream/", "upstream/"), ["a", "b", "c"]),
        (("", "upstream/", ""), ["a", "c"]),
    ],
)
def test_what_a_copied_release_runs_is_left_out_beside_what_runs_from_here(folders, names):
    files = {
        f"deploy/{folder}{name}.yaml": RUNS.replace("{name: bot,", f"{{name: {name},")
        for folder, name in zip(folders, "abc", strict=True)
    }
    found = identities({"deploy/role.yaml": role([SECRETS]) + bound(), **files})["ops/bot"]
    assert sorted(value_of(one.name) for one in known_records(found.workloads)) == names


IGNORING = (
    "apiVersion: argoproj.io/v1alpha1\nkind: %s\nmetadata: {name: apps}\n"
    "spec: %s{ignoreDifferences: [{group: rbac.authorization.k8s.io, kind: Role, name: 'of-{{ .Values.a }}', "
    "jsonPointers: [%s]}]}%s\n"
)


@pytest.mark.parametrize(
    ("said", "setting"),
    [
        (("Application", "", "/rules", ""), "copied"),
        (("ApplicationSet", "{template: {spec: ", "/rules", "}}"), "copied"),
        (("Application", "", "/metadata", ""), "production"),
    ],
)
def test_a_role_that_something_in_the_cluster_rewrites_is_only_where_it_begins(said, setting):
    files = {"apps/all.yaml": IGNORING % said, "roles/all.yaml": role([SECRETS], "Role", "'of-{{ .Values.b.a }}'")}
    assert [one.setting for one in resources(files) if one.kind == "identity"] == [setting]


def test_the_default_account_stands_before_what_a_template_names():
    both = (
        "{kind: ServiceAccount, name: default, namespace: ops}\n  - {kind: ServiceAccount, name: Bot, namespace: ops}"
    )
    accounts = "".join(
        f"---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {{name: {name}, namespace: ops}}\n"
        for name in ("Bot", "default")
    )
    found = identities({"deploy/a.yaml": accounts, "deploy/b.yaml": role([SECRETS]) + bound(subject=both)})
    assert [name for name, facts in found.items() if paths(facts)] == ["ops/default", "ops/Bot"]


def test_a_way_into_every_namespace_is_told_in_these_words():
    starts = "apiGroups: [apps], resources: [deployments], verbs: [create]"
    (alone,) = identities(role([starts]) + bound())["ops/bot"].escalations
    assert value_of(alone.name).endswith("any service account of any namespace")
    within = identities(role([starts], kind="Role") + bound("Role"))["ops/bot"].escalations
    assert [value_of(one.name) for one in within if "its namespace" not in value_of(one.name)] == []
    (reads,) = identities(role([starts, 'apiGroups: [""], resources: [secrets], verbs: [list]']) + bound())[
        "ops/bot"
    ].escalations
    (lesser,) = reads.lesser
    assert (value_of(lesser.id), value_of(lesser.name).endswith("of any namespace")) == ("k8s-workload-create", True)
