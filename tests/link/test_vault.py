"""Roles of Vault meet policies in files of their own, and the workflows that become them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.link import link
from nhilint.model.fact import known_records, value_of
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

EVERYTHING = 'path "*" { capabilities = ["create", "read", "update", "delete"] }'
ONE = 'path "secret/data/a/*" { capabilities = ["read"] }'
ROLE = {"role_type": "jwt", "user_claim": "sub", "bound_audiences": ["https://github.com/acme"]}
WORKFLOW = {
    "on": "push",
    "jobs": {"a": {"steps": [{"uses": "hashicorp/vault-action@v3", "with": {"method": "jwt", "role": "deploy"}}]}},
}


def role_of(resources):
    return next(one.facts for one in resources if value_of(getattr(one.facts, "provider", None)) == "vault")


def tree(policy=EVERYTHING, more=()):
    files = {
        "vault/roles/deploy.json": json.dumps({**ROLE, "token_policies": ["admin", "default"]}),
        "vault/policies/admin.hcl": policy,
        ".github/workflows/a.yml": json.dumps(WORKFLOW),
        **dict(more),
    }
    settings = Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))
    return link(gather(MemoryTree({k: v.encode() for k, v in files.items()}), settings).resources)


@pytest.mark.parametrize(("policy", "admin"), [(EVERYTHING, ("admin",)), (ONE, ())])
def test_a_policy_of_a_file(policy, admin):
    assert value_of(role_of(tree(policy)).managed_admin) == admin


def test_of_two_policies_with_one_name_neither_is_taken():
    assert value_of(role_of(tree(more=[("other/admin.hcl", ONE)])).managed_admin) == ()


def test_an_audience_alone_admits_everybody():
    (trust,) = known_records(role_of(tree()).trusts)
    assert value_of(trust.issuer_kind) == "github"
    assert value_of(trust.subject_scope) == "any"


@pytest.mark.parametrize(("policy", "power"), [(EVERYTHING, "administers"), (ONE, "limited")])
def test_a_workflow_that_becomes_it(policy, power):
    workflow = next(one.facts for one in tree(policy) if one.kind == "workflow")
    (step,) = [step for step in known_records(workflow.steps) if step.login is not None]
    assert value_of(step.login.power) == power


def test_of_two_roles_with_one_name_neither_is_meant():
    again = json.dumps({**ROLE, "bound_claims": {"repository": "acme/a"}})
    workflow = next(one.facts for one in tree(more=[("other/deploy.json", again)]) if one.kind == "workflow")
    (step,) = [step for step in known_records(workflow.steps) if step.login is not None]
    assert step.login.power is None


@pytest.mark.parametrize(
    ("claims", "guarded"),
    [({"repository": "acme/site", "ref": "refs/heads/main"}, True), ({"repository": "acme/site"}, False)],
)
def test_a_policy_knows_the_roles_that_hold_it(claims, guarded):
    role = json.dumps({**ROLE, "bound_claims": claims, "token_policies": ["admin"]})
    policy = next(one.facts for one in tree(more=[("vault/roles/deploy.json", role)]) if one.kind == "policy")
    assert value_of(policy.holders) == ("deploy",)
    assert value_of(policy.held_by_guarded) is guarded


def test_a_policy_that_no_role_names_has_no_holders():
    role = json.dumps({**ROLE, "token_policies": ["default"]})
    policy = next(one.facts for one in tree(more=[("vault/roles/deploy.json", role)]) if one.kind == "policy")
    assert policy.holders is None
    assert policy.held_by_guarded is None
