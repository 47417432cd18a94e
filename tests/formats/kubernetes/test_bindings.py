"""Roles, bindings and accounts of several files become what each account may do."""

from __future__ import annotations

import pytest

from nhilint.model.fact import Unknown, value_of
from tests.formats.kubernetes.cluster_files import EXEC, SECRETS, bound, identities, paths, role


def test_a_cluster_binding_gives_the_rules_everywhere():
    bot = identities(role([SECRETS]) + bound())["ops/bot"]
    assert paths(bot) == {"k8s-secrets-get": True}
    (grant,) = bot.grants
    assert value_of(grant.actions) == ("get secrets",)
    assert value_of(grant.cluster_wide) is True
    assert value_of(grant.changes) is False


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
        ("system:masters", "k8s-subject-masters"),
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
