"""Policy files, in HCL and JSON, and files that only look like them."""

from __future__ import annotations

import pytest

from nhilint.model.fact import Unknown, value_of
from tests.formats.vault.vault_files import read


def policy(text, name="p.hcl"):
    return read({name: text})["p"].facts


def test_older_words_stand_for_capabilities():
    (rule,) = policy('path "*" { policy = "write" }').rules
    assert value_of(rule.every_action) is True
    assert value_of(rule.every_resource) is True


def test_a_denial_of_policies_takes_everything_back():
    found = policy('path "*" { capabilities = ["read", "update"] }\npath "sys/*" { capabilities = ["deny"] }')
    assert value_of(found.rules[0].every_resource) is False
    assert value_of(found.denies) is True


def test_sudo_on_making_tokens_gives_rights():
    assert value_of(policy('path "auth/token/create" { capabilities = ["update", "sudo"] }').gives_rights)
    assert not value_of(policy('path "auth/token/create" { capabilities = ["update"] }').gives_rights)


MINTS = 'path "auth/approle/role/%s/secret-id" { capabilities = ["create", "update"] }\n'
READS = 'path "auth/approle/role/%s/role-id" { capabilities = ["read"] }'


def test_id_and_secret_of_any_role_of_a_mount_give_rights():
    assert value_of(policy(MINTS % "+" + READS % "+").gives_rights) == ("auth/approle/role/+/secret-id",)


@pytest.mark.parametrize(
    "text", [MINTS % "+", READS % "+", MINTS % "team-a" + READS % "+", MINTS % "+" + READS % "team-a"]
)
def test_one_without_the_other_or_of_one_role_does_not(text):
    assert not value_of(policy(text).gives_rights)


def test_default_is_denial():
    assert value_of(policy('path "a" { capabilities = ["read"] }').default) == "deny"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("other.hcl", 'terraform {\n  source = "x"\n}\ninputs = { capabilities = ["read"] }'),
        ("job.hcl", 'job "a" { group "g" { task "t" { csi { capabilities = ["x"] } } } }'),
        ("nomad.hcl", 'job "default" { policy = "write" }'),
        ("key.hcl", 'path "a" { other = "capabilities" }'),
        ("server.json", '{"capabilities": ["read"], "path": "x"}'),
        ("lsp.json", '{"path": {"a": {"x": "y"}}, "capabilities": {}}'),
    ],
)
def test_look_alikes_are_left(name, text):
    assert not read({name: text})


ROLE = '{"role_type": "jwt", "user_claim": "sub", "bound_audiences": "v", %s}'


@pytest.mark.parametrize(
    ("claims", "scope"),
    [
        ('"bound_claims": {"repository": "acme/site"}', "repository"),
        ('"bound_claims": {"repository": "acme/site", "ref": "refs/heads/main"}', "branch_or_environment"),
        ('"bound_claims": {"repository": "acme/site", "ref": ["main", "x"], "actor": "me"}', "branch_or_environment"),
        ('"bound_claims": {"repository_owner": "acme"}', "organization"),
        ('"bound_claims_type": "glob", "bound_claims": {"sub": "repo:acme/*"}', "organization"),
        ('"bound_claims_type": "glob", "bound_claims": {"repository": "*"}', "any"),
        ('"bound_claims_type": "glob", "bound_claims": {"repository": "acme/site", "ref": "refs/*"}', "repository"),
        ('"bound_subject": "repo:acme/site:environment:prod"', "branch_or_environment"),
        ('"bound_claims": {"repository": "acme/*"}', "workload"),
        (
            '"bound_claims": {"job_workflow_ref": "acme/ci/.github/workflows/d.yml@refs/heads/main"}',
            "branch_or_environment",
        ),
    ],
)
def test_bound_claims_narrow(claims, scope):
    (trust,) = read({"p.json": ROLE % claims})["p"].facts.trusts
    assert value_of(trust.subject_scope) == scope
    assert value_of(trust.issuer_kind) == "github"


def test_a_claim_that_may_name_somebody_is_unknown():
    (trust,) = read({"p.json": ROLE % '"bound_claims": {"workflow": "x"}'})["p"].facts.trusts
    assert isinstance(trust.subject_scope, Unknown)


def test_roles_for_people_are_left():
    assert not read({"p.json": '{"user_claim": "email", "bound_claims": {"groups": "x"}, "role_type": "oidc"}'})


def test_root_is_the_one_policy_known_by_name():
    found = read({"p.json": ROLE % '"bound_subject": "x", "policies": ["root", "admin"]'})["p"].facts
    assert value_of(found.managed_admin) == ("root",)


def test_kubernetes_roles():
    text = '{"bound_service_account_names": ["agent"], "bound_service_account_namespaces": ["a", "b"], "audience": "v"}'
    (trust,) = read({"p.json": text})["p"].facts.trusts
    assert value_of(trust.subjects) == ("system:serviceaccount:a:agent", "system:serviceaccount:b:agent")
    assert value_of(trust.subject_scope) == "workload"


@pytest.mark.parametrize(("namespace", "scope"), [("*", "any"), ("**", "any"), ("pr-*", "organization")])
def test_kubernetes_roles_for_namespaces_by_a_pattern(namespace, scope):
    text = f'{{"bound_service_account_names": ["agent"], "bound_service_account_namespaces": ["{namespace}"]}}'
    (trust,) = read({"p.json": text})["p"].facts.trusts
    assert value_of(trust.subject_scope) == scope
