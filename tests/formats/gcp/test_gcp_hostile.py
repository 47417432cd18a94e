"""Odd files never raise: an odd value is an unknown fact or no resource at all."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.gcp import config_connector, key_file, policy
from nhilint.formats.gcp.claims import CLAIMS
from nhilint.formats.gcp.conditions import parts
from nhilint.link.gcp import join
from nhilint.source.document import Syntax, read

TEXTS = [
    "roles/owner",
    "service_account",
    "allUsers",
    "${x}",
    "serviceAccount:a.svc.id.goog[a/b]",
    "iam.cnrm.cloud.google.com/v1",
    "",
]
TEXTS += ["serviceAccount:a@acme-prod.iam.gserviceaccount.com", "principal://x/workloadIdentityPools/p/subject/s"]
KEYS = [
    "bindings",
    "role",
    "members",
    "type",
    "condition",
    "expression",
    "includedPermissions",
    "rules",
    "denyRule",
    "spec",
]
KEYS += ["deniedPermissions", "deniedPrincipals", "apiVersion", "kind", "metadata", "resourceRef", "member", "oidc"]
KEYS += ["attributeMapping", "workloadIdentityPoolRef", "memberFrom", "serviceAccountRef", "name", "permissions"]
scalars = st.none() | st.booleans() | st.integers() | st.sampled_from(TEXTS)
odd = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)
KINDS = ["IAMPolicy", "IAMPolicyMember", "IAMCustomRole", "IAMServiceAccountKey", "IAMWorkloadIdentityPoolProvider"]
thing = st.fixed_dictionaries(
    {"apiVersion": st.just("iam.cnrm.cloud.google.com/v1beta1"), "kind": st.sampled_from(KINDS) | odd, "spec": odd},
    optional={"metadata": odd},
)


@given(odd | st.dictionaries(st.sampled_from(KEYS), odd))
@settings(max_examples=200, deadline=None)
def test_odd_policies_are_read_or_left(value):
    key_file.extract(read("k.json", json.dumps(value).encode(), Syntax.JSON), CLAIMS[1])
    found = policy.extract(read("p.json", json.dumps(value).encode(), Syntax.JSON), CLAIMS[1])
    for resource in join(found.resources):
        activate(resource.facts)


@given(thing)
@settings(max_examples=200, deadline=None)
def test_odd_objects_are_read_or_left(value):
    found = config_connector.extract(read("p.yaml", json.dumps(value).encode(), Syntax.YAML), CLAIMS[0])
    for resource in join(found.resources):
        activate(resource.facts)


@given(st.text(alphabet="()[]'\"&| ab", max_size=60))
def test_odd_expressions_have_parts(text):
    assert parts(text, "||")
