"""What objects of Crossplane turn into, by themselves and in a composition."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.crossplane.claims import CLAIMS
from nhilint.formats.crossplane.manifest import extract
from nhilint.model.fact import Unknown, known_records, value_of
from nhilint.source.document import Syntax, read
from nhilint.testing import rendered

ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
TRUST = json.dumps({"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}]})
DOCUMENT = json.dumps({"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]})
UPBOUND, OLDER = "iam.aws.upbound.io/v1beta1", "iam.aws.crossplane.io/v1beta1"


def thing(kind, name, wanted, group=UPBOUND, labels=None) -> dict[str, Any]:
    metadata = {"name": name, "labels": labels or {}}
    return {"apiVersion": group, "kind": kind, "metadata": metadata, "spec": {"forProvider": wanted}}


def found(*values):
    text = "\n---\n".join(json.dumps(value) for value in values)
    extraction = extract(read("x.yaml", text.encode(), Syntax.TEMPLATED_YAML), CLAIMS[0])
    return {one.name: one.facts for one in extraction.resources if one.format == "crossplane"}


@pytest.mark.parametrize(
    ("group", "trust", "role"), [(UPBOUND, "assumeRolePolicy", "role"), (OLDER, "assumeRolePolicyDocument", "roleName")]
)
@pytest.mark.parametrize("how", ["name", "reference", "labels"])
def test_a_role_has_what_is_attached_to_it(group, trust, role, how):
    said = {
        "name": {role: "runner"},
        "reference": {f"{role}Ref": {"name": "runner"}},
        "labels": {f"{role}Selector": {"matchLabels": {"app": "runner"}}},
    }
    runner = found(
        thing("Role", "runner", {trust: TRUST}, group, {"app": "runner"}),
        thing("Role", "other", {trust: TRUST}, group, {"app": "other"}),
        thing("RolePolicyAttachment", "a", {"policyArn": ADMIN, **said[how]}, group),
    )["runner"]
    assert value_of(runner.managed_admin) == (ADMIN,)
    assert rendered(runner.name.at) == "x.yaml#/0/metadata/name"
    assert [rendered(known_records(way.principals)[0].at) for way in known_records(runner.trusts)] == [
        f"x.yaml#/0/spec/forProvider/{trust}"
    ]


def test_a_policy_that_is_referred_to_counts_with_its_document():
    policy = thing("Policy", "reads", {"document": DOCUMENT}, OLDER)
    attached = thing("RolePolicyAttachment", "a", {"policyArnRef": {"name": "reads"}, "roleName": "runner"}, OLDER)
    held = found(thing("Role", "runner", {}, OLDER), policy, attached)
    assert list(held) == ["runner"]
    assert [value_of(grant.actions) for grant in known_records(held["runner"].grants)] == [("s3:GetObject",)]


def test_a_document_may_be_written_out():
    inline = thing("RolePolicy", "p", {"roleName": "runner", "document": json.loads(DOCUMENT)}, OLDER)
    held = found(thing("Role", "runner", {}, OLDER), inline)
    assert len(known_records(held["runner"].grants)) == 1


def test_an_external_name_is_the_name():
    role = thing("Role", "runner", {})
    role["metadata"]["annotations"] = {"crossplane.io/external-name": "real"}
    (facts,) = found(role).values()
    assert value_of(facts.name) == "real"
    assert rendered(facts.name.at).endswith("/metadata/annotations/crossplane.io~1external-name")


def test_a_name_of_a_template_is_told_in_words():
    ((name, facts),) = found(thing("Role", "app", {"name": "{{ .Values.stage }}-app"})).items()
    assert (name, value_of(facts.name)) == ("<stage>-app", "<stage>-app")


def test_a_selector_that_fits_two_objects_means_neither():
    held = found(
        thing("Role", "one", {}, labels={"app": "x"}),
        thing("Role", "two", {}, labels={"app": "x"}),
        thing("RolePolicyAttachment", "a", {"policyArn": ADMIN, "roleSelector": {"matchLabels": {"app": "x"}}}),
    )
    assert not any(value_of(facts.managed_admin) for facts in held.values())


@pytest.mark.parametrize("pipeline", [False, True])
def test_the_bases_of_a_composition_are_read_and_what_it_patches_is_not_known(pipeline):
    base = thing("Role", "", {"assumeRolePolicy": TRUST})
    entry = {"name": "runner", "base": base}
    patched = {**entry, "patches": [{"fromFieldPath": "spec.x", "toFieldPath": "spec.forProvider.assumeRolePolicy"}]}
    for one, known in ((entry, True), (patched, False)):
        spec = {"pipeline": [{"input": {"resources": [one]}}]} if pipeline else {"resources": [one]}
        (facts,) = found({"apiVersion": "apiextensions.crossplane.io/v1", "kind": "Composition", "spec": spec}).values()
        assert facts.name.at == facts.at
        assert value_of(facts.name) == "runner"
        assert any(isinstance(way, Unknown) for way in facts.trusts) is not known


def test_a_key_for_a_user_is_a_credential_that_stays():
    user = thing("User", "robot", {}, labels={"a": "b"})
    key = thing("AccessKey", "robot", {"userSelector": {"matchLabels": {"a": "b"}}})
    (credential,) = known_records(found(user, key)["robot"].credentials)
    assert value_of(credential.name) == "robot"


def test_what_kubernetes_reads_in_the_same_file_is_read():
    account = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "runner"}}
    text = "\n---\n".join(json.dumps(value) for value in (thing("Role", "runner", {}), account))
    resources = extract(read("x.yaml", text.encode(), Syntax.TEMPLATED_YAML), CLAIMS[0]).resources
    assert [one.format for one in resources] == ["crossplane", "kubernetes"]


@pytest.mark.parametrize("value", [{}, [], {"apiVersion": "v1", "kind": "Pod"}, {"apiVersion": UPBOUND}])
def test_other_files_are_left(value):
    assert not extract(read("x.yaml", json.dumps(value).encode(), Syntax.TEMPLATED_YAML), CLAIMS[0]).recognised


odd = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([TRUST, DOCUMENT, ADMIN, "runner", "", "{{ x }}", "${x}"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "matchLabels", "policy", "Statement", "base"]), inner, max_size=2)
    ),
    max_leaves=8,
)
FIELDS = [
    "assumeRolePolicy",
    "document",
    "roleRef",
    "roleSelector",
    "role",
    "policyArn",
    "policyArnRef",
    "inlinePolicy",
]
FIELDS += ["managedPolicyArns", "permissionsBoundary", "maxSessionDuration", "name", "userName"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Role", "Policy", "RolePolicyAttachment", "RolePolicy", "User", "AccessKey", "Odd"]),
            st.dictionaries(st.sampled_from(FIELDS), odd, max_size=4) | odd,
            odd,
        ),
        max_size=4,
    )
)
@settings(max_examples=80, deadline=None)
def test_odd_objects_are_read_or_left(values):
    objects = [thing(kind, name, wanted) for kind, wanted, name in values]
    composed = {"kind": "Composition", "spec": {"resources": [{"base": one, "patches": [one]} for one in objects]}}
    for facts in found(*objects, composed).values():
        activate(facts)
