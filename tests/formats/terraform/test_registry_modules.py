"""Roles that well-known modules of the registry make, told by the module's address and variables."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.link import link
from nhilint.model.fact import Unknown, value_of
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"


def identities(text: str):
    tree = MemoryTree({"main.tf": text.encode()})
    found = link(gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))).resources)
    return {one.name: one.facts for one in found if one.kind == "identity"}


def call(module: str, arguments: str) -> str:
    return f'module "m" {{\n  source = "terraform-aws-modules/iam/aws//modules/{module}"\n  {arguments}\n}}\n'


@pytest.mark.parametrize(
    ("module", "arguments"),
    [
        ("iam-role", f'name = "r"\n  policies = {{ admin = "{ADMIN}" }}'),
        ("iam-github-oidc-role", f'name = "r"\n  policies = {{ admin = "{ADMIN}" }}'),
        ("iam-role-for-service-accounts-eks", f'role_name = "r"\n  role_policy_arns = {{ admin = "{ADMIN}" }}'),
        ("iam-assumable-role", f'role_name = "r"\n  create_role = true\n  custom_role_policy_arns = ["{ADMIN}"]'),
        ("iam-assumable-role", 'role_name = "r"\n  create_role = true\n  attach_admin_policy = true'),
        ("iam-assumable-role-with-oidc", f'role_name = "r"\n  create_role = true\n  role_policy_arns = ["{ADMIN}"]'),
        ("iam-user", f'name = "r"\n  policies = {{ admin = "{ADMIN}" }}'),
    ],
)
def test_the_policies_that_a_module_attaches(module, arguments):
    found = identities(call(module, arguments))
    assert value_of(found["r"].managed_admin) == (ADMIN,)


def test_who_enters_the_role_of_a_module():
    arguments = 'name = "r"\n  subjects = ["acme/site:environment:production", "repo:acme/docs:*"]'
    (trust,) = identities(call("iam-github-oidc-role", arguments))["r"].trusts
    assert value_of(trust.issuer_kind) == "github"
    assert value_of(trust.subjects) == ("repo:acme/site:environment:production", "repo:acme/docs:*")
    assert value_of(trust.subject_scope) == "repository"
    newer = 'name = "r"\n  enable_github_oidc = true\n  oidc_wildcard_subjects = ["acme/*"]'
    (trust,) = identities(call("iam-role", newer))["r"].trusts
    assert value_of(trust.subject_scope) == "organization"
    other = 'role_name = "r"\n  create_role = true\n  provider_url = "https://gitlab.com"\n  '
    other += 'oidc_fully_qualified_subjects = ["project_path:acme/site:ref_type:branch:ref:main"]'
    (trust,) = identities(call("iam-assumable-role-with-oidc", other))["r"].trusts
    assert value_of(trust.issuer_kind) == "gitlab"


def test_what_is_left_out_or_unknown():
    assert "r" not in identities(call("iam-assumable-role", 'role_name = "r"\n  attach_admin_policy = true'))
    assert "r" not in identities(call("iam-role", 'name = "r"\n  create = false'))
    assert identities(call("iam-policy", 'name = "r"')) == {}
    found = identities(call("iam-role", "name = var.name\n  policies = { a = var.policy }"))["m"]
    assert isinstance(found.managed, Unknown)
    assert found.trusts == ()
