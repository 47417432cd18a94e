"""Escalation paths of a cluster: which rules open which, together and each, and what really blocks them."""

from __future__ import annotations

import pytest

from nhilint.knowledge.kubernetes import Rule, all_escalations, by_id, opened

RBAC = [path for path in all_escalations() if path.plane in ("rbac", "urls")]
PUBLIC = [
    "k8s-cluster-admin",
    "k8s-bind",
    "k8s-bind-people",
    "k8s-create-bindings",
    "k8s-escalate",
    "k8s-impersonate",
    "k8s-token-request",
    "k8s-secrets-list",
    "k8s-secrets-get",
    "k8s-secrets-watch",
    "k8s-secrets-write",
    "k8s-pod-create",
    "k8s-pod-patch",
    "k8s-pod-exec",
    "k8s-pod-exec-get",
    "k8s-pod-attach",
    "k8s-pod-ephemeral",
    "k8s-pod-portforward",
    "k8s-workload-create",
    "k8s-nodes-proxy",
    "k8s-nodes-status",
    "k8s-nodes-delete",
    "k8s-pods-status",
    "k8s-pods-evict",
    "k8s-webhooks",
    "k8s-admissionpolicy",
    "k8s-csr-approve",
    "k8s-csr-approve-nodes",
    "k8s-aws-auth",
    "k8s-service-status",
    "k8s-pv-create",
    "k8s-namespace-labels",
    "k8s-psp-scc",
    "k8s-crd-all",
    "k8s-delete-all",
    "k8s-nonresource-all",
    "k8s-argo-workflows",
    "k8s-argocd-app",
    "k8s-flux",
    "k8s-externalsecrets",
    "k8s-crossplane",
    "k8s-azure-roles",
    "k8s-azure-federation",
    "k8s-google-roles",
    "k8s-aws-roles",
    "k8s-spiffe",
    "k8s-pod-privileged",
    "k8s-pod-hostpid",
    "k8s-pod-hostnetwork",
    "k8s-pod-hostipc",
    "k8s-pod-hostpath",
    "k8s-pod-containersock",
    "k8s-pod-caps",
    "k8s-pod-sharepid",
    "k8s-pod-automount",
    "k8s-pod-legacy-token",
    "k8s-pod-masters",
    "k8s-pod-talos-admin",
    "k8s-pod-projected-long",
    "k8s-subject-anonymous",
    "k8s-subject-authenticated",
    "k8s-subject-serviceaccounts",
    "k8s-subject-ns-serviceaccounts",
    "k8s-subject-default",
    "k8s-subject-masters",
]


def rule(verbs, resources, groups=("",), names=(), urls=()):
    sets = (frozenset(one) for one in (verbs, groups, resources, names, urls))
    return Rule(*sets)


def ids(*rules, everywhere=True):
    return {path.id for path, _ in opened(rules, cluster_wide=[everywhere] * len(rules))}


def of_shape(shape, *, urls=False):
    if urls:
        return rule(shape.verbs[:1], (), (), urls=shape.resources[:1])
    return rule(shape.verbs[:1], shape.resources[:1], shape.groups[:1])


def test_a_star_for_the_group_does_not_say_whose_roles_are_meant():
    assert "k8s-aws-roles" not in ids(rule({"create"}, {"roles", "policies"}, {"*"}))
    assert "k8s-google-roles" in ids(rule({"create"}, {"iampolicymembers"}, {"*"}))
    assert "k8s-crossplane" in ids(rule({"patch"}, {"rolepolicyattachments"}, {"iam.aws.upbound.io"}))


def test_every_published_path_is_there():
    assert set(PUBLIC) <= set(by_id())
    assert len(PUBLIC) == 65
    assert len(by_id()) == len(all_escalations())


@pytest.mark.parametrize("path", RBAC, ids=lambda path: path.id)
def test_the_least_rules_open_a_path(path):
    steps = [of_shape(step[0], urls=path.plane == "urls") for step in path.needs]
    assert path.id in ids(*steps)
    for missing in range(len(steps)):
        assert path.id not in ids(*steps[:missing], *steps[missing + 1 :])


@pytest.mark.parametrize("path", RBAC, ids=lambda path: path.id)
def test_every_choice_of_a_step_opens_it(path):
    first, *rest = path.needs
    others = [of_shape(step[0]) for step in rest]
    for shape in first:
        assert path.id in ids(of_shape(shape, urls=path.plane == "urls"), *others)


@pytest.mark.parametrize("path", [path for path in RBAC if path.plane == "rbac"], ids=lambda path: path.id)
def test_names_of_objects_block_a_path(path):
    named = [rule(s[0].verbs, s[0].resources, s[0].groups, names=["one-of-ours"]) for s in path.needs]
    assert path.id not in ids(*named)


def test_names_that_open_the_path_do_not_block_it():
    assert "k8s-bind" in ids(rule(["bind"], ["clusterroles"], ["rbac.authorization.k8s.io"], ["cluster-admin"]))
    scc = ["use"], ["securitycontextconstraints"], ["security.openshift.io"]
    assert "k8s-psp-scc" in ids(rule(*scc, ["restricted", "hostaccess"]))
    assert "k8s-psp-scc" not in ids(rule(*scc, ["restricted", "hostnetwork"]))
    assert "k8s-aws-auth" in ids(rule(["patch"], ["configmaps"], names=["aws-auth"]))
    assert "k8s-impersonate" in ids(rule(["impersonate"], ["groups"], names=["system:masters"]))


def test_create_is_never_allowed_by_name():
    assert "k8s-impersonate" not in ids(rule(["create"], ["groups"], names=["system:masters"]))
    assert ids(rule(["create"], ["persistentvolumes"], names=["a"])) == set()


def test_what_belongs_to_no_namespace_is_not_reached_from_one():
    assert ids(rule(["get", "create"], ["nodes/proxy", "persistentvolumes"]), everywhere=False) == set()
    assert "k8s-pod-exec" in ids(rule(["create"], ["pods/exec"]), everywhere=False)
    assert ids(rule(["impersonate"], ["users"]), everywhere=False) == set()
    assert ids(rule(["impersonate"], ["serviceaccounts"]), everywhere=False) == {"k8s-impersonate"}


def test_a_subresource_is_another_permission_than_its_resource():
    assert ids(rule(["create"], ["pods/exec"])) == {"k8s-pod-exec"}
    assert "k8s-pod-exec" not in ids(rule(["create"], ["pods"]))
    assert "k8s-pod-exec" in ids(rule(["create"], ["*/exec"]))
    assert "k8s-pod-exec" not in ids(rule(["create"], ["pods/*"]))


def test_the_group_decides():
    assert ids(rule(["list"], ["secrets"], ["example.com"])) == set()
    assert ids(rule(["list"], ["secrets"], ["*"])) == {"k8s-secrets-list"}


def test_everything_of_one_group_is_not_everything():
    one = Rule(verbs=frozenset({"*"}), groups=frozenset({"reports.example.com"}), resources=frozenset({"*"}))
    assert opened([one], cluster_wide=[True]) == ()


def test_reading_opens_nothing_but_secrets_and_doors():
    assert ids(rule(["get", "list", "watch"], ["pods", "configmaps", "nodes", "services"])) == set()


def test_the_rule_that_holds_everywhere_is_named():
    both = (rule(["list"], ["secrets"]), rule(["list"], ["secrets"]))
    ((path, index),) = opened(both, cluster_wide=[False, True])
    assert (path.id, index) == ("k8s-secrets-list", 1)


@pytest.mark.parametrize("path", all_escalations(), ids=lambda path: path.id)
def test_record(path):
    assert path.id.startswith("k8s-")
    assert path.name[0].isupper()
    assert not path.name.endswith(".")
    assert path.url.startswith("https://")
    assert bool(path.needs) is (path.plane in ("rbac", "urls"))
    assert all(step for step in path.needs)
