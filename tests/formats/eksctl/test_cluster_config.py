"""The AWS roles that a cluster of eksctl asks for."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.formats.eksctl.claims import CLAIMS
from nhilint.formats.eksctl.cluster_config import extract
from nhilint.model.fact import known_records, value_of
from nhilint.source.document import Syntax, read
from nhilint.testing import rendered
from tests.odd_values import odd_values

ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
HEAD = "apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: {name: shop, region: eu-west-1}\n"


def roles(text, head=HEAD):
    document = read("cluster.yaml", (head + text).encode(), Syntax.TEMPLATED_YAML)
    return {found.name: found.facts for found in extract(document, CLAIMS[0]).resources if found.kind == "identity"}


def test_a_service_account_has_a_role_that_it_alone_may_take():
    entry = f"    - metadata: {{name: web, namespace: shop}}\n      attachPolicyARNs: [{ADMIN}]\n"
    (role,) = roles(f"iam:\n  serviceAccounts:\n{entry}").values()
    assert value_of(role.name) == "shop/web"
    (attached,) = known_records(role.admin_attachments)
    assert rendered(attached.at) == "cluster.yaml#/iam/serviceAccounts/0/attachPolicyARNs/0"
    (trust,) = known_records(role.trusts)
    assert value_of(trust.subjects) == ("system:serviceaccount:shop:web",)


def test_a_document_of_its_own_is_judged():
    statement = "{Effect: Allow, Action: '*', Resource: '*'}"
    found = roles(
        "managedNodeGroups:\n"
        f"  - {{name: plain, iam: {{attachPolicy: {{Statement: [{statement}]}}}}}}\n"
        f"iam:\n  podIdentityAssociations:\n    - {{namespace: shop, serviceAccountName: jobs, roleName: jobs,"
        f" permissionPolicy: {{Statement: [{statement}]}}}}\n"
    )
    assert {name: value_of(facts.admin) for name, facts in found.items()} == {"jobs": True, "nodes plain": True}
    (trust,) = known_records(found["jobs"].trusts)
    assert value_of(trust.services) == ("pods.eks.amazonaws.com",)


def test_a_role_of_elsewhere_and_one_without_rights_are_not_this_files():
    listed = (
        "nodeGroups:\n  - {name: a, iam: {instanceRoleARN: 'arn:aws:iam::111122223333:role/n'}}\n  - {name: b}\n"
        "iam:\n  serviceAccounts:\n    - {metadata: {name: c}, wellKnownPolicies: {autoScaler: true}}\n"
        f"    - {{metadata: {{name: d}}, attachRoleARN: x, attachPolicyARNs: [{ADMIN}]}}\n"
    )
    assert roles(listed) == {}


def test_a_policy_that_a_template_names_stays_unknown():
    (role,) = roles("addons:\n  - {name: ebs, attachPolicyARNs: ['{{ policy }}']}\n").values()
    assert value_of(role.name) == "add-on ebs"
    assert value_of(role.managed_admin) is None


def test_objects_beside_the_cluster_are_still_read():
    account = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: web}\n---\n"
    document = read("cluster.yaml", (account + HEAD).encode(), Syntax.TEMPLATED_YAML)
    found = extract(document, CLAIMS[0])
    assert found.recognised
    assert [resource.format for resource in found.resources] == ["kubernetes"]


def test_other_objects_are_something_else():
    head = "apiVersion: v1\nkind: ConfigMap\ndata: {a: eksctl.io/v1alpha5}\n"
    document = read("c.yaml", head.encode(), Syntax.TEMPLATED_YAML)
    assert not extract(document, CLAIMS[0]).recognised


KEYS = ["serviceAccounts", "podIdentityAssociations", "attachPolicyARNs", "attachPolicy", "metadata", "name", "iam"]
odd = odd_values([*KEYS, "permissionPolicy", "Statement", "Effect", "Action", "roleName"], ["Allow", "*", ADMIN, "a"])
part = st.sampled_from(["iam", "addons", "nodeGroups", "managedNodeGroups", "metadata"])


@given(st.dictionaries(part, odd, max_size=4))
@settings(max_examples=200, deadline=None)
def test_any_cluster_is_read(parts):
    value = {"apiVersion": "eksctl.io/v1alpha5", "kind": "ClusterConfig", **parts}
    assert extract(read("cluster.json", json.dumps(value).encode(), Syntax.JSON), CLAIMS[0]).recognised
