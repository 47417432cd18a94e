"""What objects of Crossplane's providers for Google Cloud and Azure turn into."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.formats.crossplane.claims import CLAIMS
from nhilint.formats.crossplane.kinds import _OTHERS, type_of
from nhilint.formats.crossplane.manifest import extract
from nhilint.link import link
from nhilint.model.fact import Unknown, known_records, value_of
from nhilint.source.document import Syntax, read
from nhilint.testing import rendered
from tests.formats.crossplane.test_manifest import odd, thing

CLOUD, POOLS = "cloudplatform.gcp.upbound.io/v1beta2", "iam.gcp.upbound.io/v1beta2"
ROLES, IDENTITIES = "authorization.azure.upbound.io/v1beta1", "managedidentity.azure.upbound.io/v1beta1"
SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000001"
WHO = "00000000-0000-0000-0000-00000000000a"
SOMEBODY = "serviceAccount:runner@acme-prod.iam.gserviceaccount.com"


def found(*values):
    text = "\n---\n".join(json.dumps(value) for value in values)
    extraction = extract(read("x.yaml", text.encode(), Syntax.TEMPLATED_YAML), CLAIMS[0])
    return {one.name: one.facts for one in link(extraction.resources) if one.kind == "identity"}


def composed(base, *patched):
    patches = [{"fromFieldPath": "spec.x", "toFieldPath": f"spec.forProvider.{name}"} for name in patched]
    spec = {"resources": [{"name": "one", "base": base, "patches": patches}]}
    return {"apiVersion": "apiextensions.crossplane.io/v1", "kind": "Composition", "spec": spec}


@pytest.mark.parametrize("group", [CLOUD, CLOUD.replace(".gcp.", ".gcp.m.")])
def test_a_role_on_a_project(group):
    given_role = thing("ProjectIAMMember", "m", {"project": "p", "role": "roles/owner", "member": SOMEBODY}, group)
    (facts,) = found(given_role).values()
    (grant,) = known_records(facts.grants)
    assert (value_of(grant.role), value_of(grant.scope_level)) == ("roles/owner", "project")
    assert rendered(grant.role.at) == "x.yaml#/spec/forProvider/role"


@pytest.mark.parametrize("condition", [{"expression": "request.time < x"}, [{"expression": "request.time < x"}]])
def test_a_condition_in_either_version(condition):
    wanted = {"project": "p", "role": "roles/owner", "member": SOMEBODY, "condition": condition}
    (facts,) = found(thing("ProjectIAMMember", "m", wanted, CLOUD)).values()
    (grant,) = known_records(facts.grants)
    assert len(known_records(grant.conditions)) == 1


def test_what_a_composition_fills_in_is_not_known():
    wanted = {"project": "p", "role": "roles/viewer", "member": SOMEBODY}
    (facts,) = found(composed(thing("ProjectIAMMember", "", wanted, CLOUD), "role")).values()
    assert all(
        isinstance(grant, Unknown) or not grant.role or isinstance(grant.role, Unknown) for grant in facts.grants
    )


@pytest.mark.parametrize(
    "how", [{"serviceAccountIdRef": {"name": "runner"}}, {"serviceAccountIdSelector": {"matchLabels": {"a": "b"}}}]
)
def test_a_key_is_one_of_the_account_that_is_meant(how):
    account = thing("ServiceAccount", "runner", {"displayName": "x"}, CLOUD, {"a": "b"})
    facts = found(account, thing("ServiceAccountKey", "k", how, CLOUD))["runner"]
    (credential,) = known_records(facts.credentials)
    assert value_of(credential.name) == "k"
    assert value_of(facts.provider) == "gcp"


def test_an_account_has_the_address_of_its_own_name():
    account = thing("ServiceAccount", "runner", {"project": "acme-prod"}, CLOUD)
    given_role = thing(
        "ProjectIAMMember", "m", {"project": "acme-prod", "role": "roles/editor", "member": SOMEBODY}, CLOUD
    )
    found_facts = found(account, given_role)
    (facts,) = [one for one in found_facts.values() if value_of(one.provider) == "gcp"]
    assert [value_of(grant.role) for grant in known_records(facts.grants)] == ["roles/editor"]


@pytest.mark.parametrize("oidc", [{"issuerUri": "https://gitlab.com"}, [{"issuerUri": "https://gitlab.com"}]])
def test_a_pool_and_whom_it_admits(oidc):
    pool = thing("WorkloadIdentityPool", "pool", {}, POOLS)
    wanted = {"workloadIdentityPoolIdRef": {"name": "pool"}, "attributeMapping": {"google.subject": "assertion.sub"}}
    (facts,) = found(pool, thing("WorkloadIdentityPoolProvider", "ci", {**wanted, "oidc": oidc}, POOLS)).values()
    (trust,) = known_records(facts.trusts)
    assert value_of(trust.issuer) == "gitlab.com"
    lone = isinstance(oidc, dict)
    assert rendered(trust.issuer.at) == f"x.yaml#/1/spec/forProvider/oidc{'' if lone else '/0'}/issuerUri"


def test_a_role_of_azure_and_who_has_it():
    permissions = [{"actions": ["*"], "notActions": ["Microsoft.Foo/x/write"]}]
    own = thing("RoleDefinition", "all", {"scope": SUBSCRIPTION, "permissions": permissions}, ROLES)
    wanted = {"principalId": WHO, "principalType": "ServicePrincipal", "scope": SUBSCRIPTION}
    by_reference = thing("RoleAssignment", "a", {**wanted, "roleDefinitionIdRef": {"name": "all"}}, ROLES)
    facts = found(own, by_reference)
    (grant,) = known_records(facts[WHO].grants)
    assert (value_of(grant.role), value_of(grant.scope_level)) == ("all", "subscription")
    (role,) = known_records(facts["all"].grants)
    assert value_of(role.excluded_actions) == ("Microsoft.Foo/x/write",)
    assert rendered(role.excluded_actions.at) == "x.yaml#/0/spec/forProvider/permissions/0/notActions"
    owner = thing("RoleAssignment", "a", {**wanted, "roleDefinitionName": "Owner"}, ROLES)
    assert value_of(found(owner)[WHO].admin) is True


def test_entries_of_two_compositions_of_one_folder_are_two_accounts():
    reference = {"serviceAccountIdSelector": {"matchControllerRef": True}}
    entries = [
        ("account", thing("ServiceAccount", "", {}, CLOUD)),
        ("key", thing("ServiceAccountKey", "", reference, CLOUD)),
    ]
    resources = [{"name": name, "base": base} for name, base in entries]
    one = {"apiVersion": "apiextensions.crossplane.io/v1", "kind": "Composition", "spec": {"resources": resources}}
    other = {**one, "spec": {"resources": resources[:1]}}
    read_apart = [
        extract(read(f"apis/{name}.yaml", json.dumps(value).encode(), Syntax.TEMPLATED_YAML), CLAIMS[0]).resources
        for name, value in (("one", one), ("other", other))
    ]
    facts = {r.name: r.facts for r in link([r for part in read_apart for r in part])}
    assert sorted(name for name in facts if name.startswith("account")) == ["account-one", "account-other"]
    assert len(facts["account-one"].credentials) == 1
    assert facts["account-other"].credentials == ()


@pytest.mark.parametrize("name", ["parentIdRef", "userAssignedIdentityIdRef"])
def test_who_becomes_a_managed_identity(name):
    identity = thing("UserAssignedIdentity", "job", {"location": "x"}, IDENTITIES)
    wanted = {"issuer": "https://gitlab.com", "subject": "project_path:a/b:ref_type:branch:ref:main", "audience": ["x"]}
    facts = found(identity, thing("FederatedIdentityCredential", "ci", {**wanted, name: {"name": "job"}}, IDENTITIES))
    (trust,) = known_records(facts["job"].trusts)
    assert value_of(trust.issuer) == "gitlab.com"


def test_a_resource_that_anybody_reads_goes_by_its_own_kind():
    wanted = {"bucket": "b", "role": "roles/storage.objectViewer", "member": "allUsers"}
    value = thing("BucketIAMMember", "open", wanted, "storage.gcp.upbound.io/v1beta2")
    extraction = extract(read("x.yaml", json.dumps(value).encode(), Syntax.TEMPLATED_YAML), CLAIMS[0])
    (policy,) = [one for one in link(extraction.resources) if one.kind == "resource_policy"]
    assert policy.name == "BucketIAMMember open"


def test_an_account_of_google_is_none_of_the_cluster():
    facts = found(thing("ServiceAccount", "runner", {}, CLOUD))
    assert [value_of(one.provider) for one in facts.values()] == ["gcp"]


def test_other_kinds_of_the_groups_are_left():
    assert type_of("cloudplatform.gcp.upbound.io", "Project") is None
    assert type_of("storage.gcp.m.upbound.io", "Bucket") is None
    assert type_of("iam.aws.m.upbound.io", "RolePolicyAttachment") == "aws_iam_role_policy_attachment"


KINDS = [(group, kind) for group, kinds in _OTHERS.items() for kind in kinds]
FIELDS = ["role", "member", "project", "serviceAccountId", "serviceAccountIdRef", "permissions", "condition", "oidc"]
FIELDS += [
    "attributeMapping",
    "principalId",
    "principalType",
    "scope",
    "roleDefinitionName",
    "roleDefinitionIdRef",
    "aws",
]
FIELDS += [
    "assignableScopes",
    "issuer",
    "subject",
    "audience",
    "parentIdRef",
    "workloadIdentityPoolId",
    "stage",
    "state",
]


@given(
    st.lists(
        st.tuples(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(FIELDS), odd, max_size=5) | odd, odd),
        max_size=4,
    )
)
@settings(max_examples=80, deadline=None)
def test_odd_objects_are_read_or_left(values):
    objects = [thing(kind, name, wanted, f"{group}/v1beta1") for (group, kind), wanted, name in values]
    found(*objects, composed(objects[0] if objects else None, "role", "member"))
