"""Objects of Red Hat's vault-config-operator: policies and roles of Vault."""

from __future__ import annotations

import pytest

from nhilint.model.fact import Unknown, known_records, value_of
from tests.formats.vault.vault_files import read

HEAD = "apiVersion: redhatcop.redhat.io/v1alpha1\nkind: %s\nmetadata: {name: till}\nspec:\n  path: main\n"
POLICY = HEAD % "Policy" + '  policy: |\n    path "secret/*" {\n      capabilities = ["read"]\n    }\n'
ROLE = HEAD % "KubernetesAuthEngineRole" + "  policies: [till]\n"
LISTED = "  targetNamespaces: {targetNamespaces: [shop]}\n"
JWT = HEAD % "JWTOIDCAuthEngineRole" + "  userClaim: sub\n  tokenPolicies: [default]\n"


def trust_of(text, name="till"):
    (trust,) = known_records(read({"role.yaml": text})[name].facts.trusts)
    return trust


def test_a_policy_in_a_file_of_its_own_meets_the_role_that_names_it():
    files = {"policy.yaml": POLICY, "role.yaml": ROLE.replace("name: till", "name: cash") + LISTED}
    found = read(files)
    assert value_of(found["till"].facts.holders) == ("cash",)
    assert value_of(found["till"].facts.entered_by) == ("shop/default",)
    assert found["till"].facts.whole_stores.at.pointer == ("spec", "policy")


def test_of_two_policies_with_one_name_that_of_the_folder_is_taken():
    files = {
        "a/policy.yaml": POLICY.replace("secret/*", "secret/data/a/*"),
        "b/policy.yaml": POLICY,
        "b/role.yaml": ROLE.replace("name: till", "name: cash") + LISTED,
    }
    assert value_of(read(files)["cash"].facts.opens) == ("secret/* (till)",)


def test_a_name_in_the_specification_goes_before_the_object_s_own():
    assert "other" in read({"policy.yaml": POLICY.replace("  path: main", "  name: other")})


@pytest.mark.parametrize(
    ("namespaces", "scope"),
    [
        (LISTED, "workload"),
        ("  targetNamespaces: {targetNamespaces: ['*']}\n", "any"),
        ("  targetNamespaces: {targetNamespaceSelector: {}}\n", "any"),
        ("  targetNamespaces: {targetNamespaceSelector: {matchLabels: {till: 'yes'}}}\n", Unknown),
        ("", Unknown),
    ],
)
def test_namespaces_are_listed_or_chosen(namespaces, scope):
    found = trust_of(ROLE + namespaces).subject_scope
    assert isinstance(found, Unknown) if scope is Unknown else value_of(found) == scope


def test_accounts_are_the_default_one_where_none_is_named():
    assert value_of(trust_of(ROLE + LISTED).subjects) == ("system:serviceaccount:shop:default",)
    named = trust_of(ROLE + LISTED + "  targetServiceAccounts: [till]\n")
    assert value_of(named.subjects) == ("system:serviceaccount:shop:till",)


def test_claims_of_tokens_narrow_a_role():
    text = JWT + "  roleType: jwt\n  boundClaims: {repository: acme/site, ref: refs/heads/main}\n"
    assert value_of(trust_of(text).subject_scope) == "branch_or_environment"


@pytest.mark.parametrize(
    ("more", "alone"), [("", True), ("  groupsClaim: groups\n", None), ("  groupsClaim: ''\n", True)]
)
def test_groups_of_a_claim_may_have_more_than_the_role(more, alone):
    found = read({"role.yaml": JWT + "  roleType: jwt\n" + more})["till"].facts
    assert value_of(found.gives_default_only) is alone


@pytest.mark.parametrize("kind", ["  roleType: oidc\n", ""])
def test_roles_for_people_are_left(kind):
    assert not read({"role.yaml": JWT + kind})


@pytest.mark.parametrize(("old", "new"), [("redhatcop.redhat.io", "policy.acme.io"), ("policy: |", "rules: |")])
def test_other_policies_are_left(old, new):
    assert not read({"policy.yaml": POLICY.replace(old, new)})
