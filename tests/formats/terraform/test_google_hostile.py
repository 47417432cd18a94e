"""Odd Google Cloud blocks never raise: an odd value is an unknown fact or no resource at all."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.terraform.fragment import Fragment
from nhilint.link import gcp, terraform
from nhilint.model.place import Place
from nhilint.model.vocabulary.identity import Identity
from nhilint.source.value import Expression

TEXTS = ["roles/owner", "allUsers", "google_service_account.r.email", "each.value", "each.value.role", "var.v", ""]
TEXTS += ['"serviceAccount:${google_service_account.r.email}"', "data.google_iam_policy.r.policy_data", "each.key"]
TEXTS += ["google_iam_workload_identity_pool.r.name", 'google_service_account.r["a"].member', "<<EOF\n{}\nEOF"]
scalars = st.none() | st.booleans() | st.integers() | st.sampled_from(TEXTS)
KEYS = ["role", "member", "members", "for_each", "condition", "expression", "binding", "policy_data", "permissions"]
KEYS += ["service_account_id", "attribute_mapping", "attribute_condition", "oidc", "issuer_uri", "access", "email"]
KEYS += [
    "role_entity",
    "rules",
    "deny_rule",
    "denied_permissions",
    "account_id",
    "project",
    "service_account",
    "scopes",
]
odd = st.recursive(
    scalars | st.builds(Expression, st.sampled_from(TEXTS)),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3)
        | st.builds(lambda a: Expression("f()", "toset", tuple(a)), st.lists(inner, max_size=2))
    ),
    max_leaves=10,
)
TYPES = ["google_project_iam_member", "google_storage_bucket_iam_binding", "google_folder_iam_policy"]
TYPES += ["google_service_account", "google_service_account_key", "google_project_iam_custom_role"]
TYPES += ["google_iam_workload_identity_pool_provider", "google_iam_workload_identity_pool", "google_iam_deny_policy"]
TYPES += ["google_service_account_iam_member", "google_bigquery_dataset", "google_storage_bucket_acl"]
TYPES += ["google_compute_instance", "google_container_node_pool", "google_iam_policy", "google_storage_hmac_key"]
bodies = st.lists(st.dictionaries(st.sampled_from(KEYS), odd, max_size=5) | odd, max_size=2) | odd
blocks = st.dictionaries(st.sampled_from(TYPES), st.dictionaries(st.just("r"), bodies) | odd, max_size=6) | odd
content = st.fixed_dictionaries({"resource": blocks, "data": blocks}, optional={"locals": bodies})


@given(content)
@settings(max_examples=300, deadline=None)
def test_odd_blocks_are_read_or_left(value):
    fragment = Fragment("identity", "main.tf", "terraform-google", Identity(at=Place("main.tf")), content=value)
    for resource in gcp.join(terraform.join((fragment,))):
        activate(resource.facts)
