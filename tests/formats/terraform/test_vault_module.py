"""What the Vault blocks of a Terraform module turn into."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhilint.gather import gather
from nhilint.link import link
from nhilint.model.fact import Unknown, value_of
from nhilint.settings import Settings
from nhilint.testing import WHEN, tree_of

BACKEND = 'resource "vault_jwt_auth_backend" "ci" {\n  path = "ci"\n  bound_issuer = %s\n}\n'
ROLE = """
resource "vault_jwt_auth_backend_role" "deploy" {
  backend        = %s
  role_name      = "deploy"
  role_type      = "jwt"
  user_claim     = "sub"
  bound_claims   = { project_id = "42" }
  token_policies = %s
}
"""


def read(**files):
    named = {f"{name}.tf": text for name, text in files.items()}
    gathered = gather(tree_of(tuple(named.items())), Settings(root=Path(), now=WHEN))
    return {r.name: r.facts for r in link(gathered.resources)}


def test_the_issuer_is_the_methods():
    for backend in ("vault_jwt_auth_backend.ci.path", '"ci"'):
        found = read(a=BACKEND % '"https://gitlab.com"', b=ROLE % (backend, "[]"))["deploy"]
        assert value_of(found.trusts[0].issuer) == "gitlab.com"
        assert value_of(found.trusts[0].subject_scope) == "repository"


def test_an_issuer_from_elsewhere_is_unknown():
    found = read(a=BACKEND % "var.issuer", b=ROLE % ("vault_jwt_auth_backend.ci.path", "[]"))["deploy"]
    assert isinstance(found.trusts[0].issuer, Unknown)
    assert isinstance(found.trusts[0].subject_scope, Unknown)


def test_a_role_with_a_policy_from_elsewhere_may_be_an_administrator():
    found = read(b=ROLE % ('"ci"', "[vault_policy.other.name]"))["deploy"]
    assert isinstance(found.managed_admin, Unknown)


def test_a_role_knows_the_modules_policy_by_its_name():
    policy = 'resource "vault_policy" "a" {\n  name = "boss"\n  policy = "path \\"*\\" { policy = \\"sudo\\" }"\n}\n'
    found = read(a=policy, b=ROLE % ('"ci"', '["boss", "x"]'))["deploy"]
    assert value_of(found.managed_admin) == ("boss",)


def test_places_point_into_the_text():
    policy = 'resource "vault_policy" "a" {\n  name = "a"\n  policy = <<EOT\n# ${var.x}\npath "sys/*" {\n  capabilities = ["update"]\n}\nEOT\n}\n'
    at = read(a=policy)["a"].gives_rights.at
    assert policy[policy.index("<<EOT") :][slice(*at.within)] == 'path "sys/*"'


def test_a_policy_in_a_file_is_judged_there():
    policy = 'resource "vault_policy" "a" {\n  name = "a"\n  policy = file("${path.module}/a.hcl")\n}\n'
    assert "a" not in read(a=policy, b=ROLE % ('"ci"', "[vault_policy.a.name]"))


def test_a_secret_of_the_module_without_an_end_is_lasting():
    role = 'resource "vault_approle_auth_backend_role" "a" {\n  role_name = "a"\n}\n'
    made = 'resource "vault_approle_auth_backend_role_secret_id" "a" {\n  role_name = vault_approle_auth_backend_role.a.role_name\n%s}\n'
    assert value_of(read(a=role, b=made % "")["a"].lasting_secret) is True
    assert read(a=role, b=made % "  num_uses = 1\n")["a"].lasting_secret is None
    counted = made.replace("role.a.role_name", "role.a[0].role_name")
    assert read(a=role, b=counted % "  ttl = 86400\n")["a"].lasting_secret is None


ENGINE = 'resource "vault_aws_secret_backend_role" "a" {{\n  name = "a"\n  credential_type = "{kind}"\n  {stated}\n}}\n'


def test_users_that_vault_makes_in_aws_carry_what_it_gives_them():
    admin = 'policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"]'
    user = read(main=ENGINE.format(kind="iam_user", stated=admin))["a"]
    assert value_of(user.provider) == "aws"
    assert value_of(user.managed_admin) == ("arn:aws:iam::aws:policy/AdministratorAccess",)


def test_a_document_that_narrows_a_role_from_elsewhere_is_left():
    document = 'policy_document = jsonencode({Statement = [{Effect = "Allow", Action = "*", Resource = "*"}]})'
    assert not read(main=ENGINE.format(kind="assumed_role", stated=document))


def test_claims_that_nobody_can_tell_leave_it_unknown_rather_than_wide():
    backend = BACKEND % '"https://token.actions.githubusercontent.com"'
    role = ROLE % ("vault_jwt_auth_backend.ci.path", "[]")
    for claims in ('{ repository = "acme/site", (var.claim) = "x" }', '{ repository = "acme/site", ref = var.ref }'):
        found = read(a=backend, b=role.replace('{ project_id = "42" }', claims))["deploy"]
        assert isinstance(found.trusts[0].subject_scope, Unknown)
    starred = role.replace('{ project_id = "42" }', '{ repository = "acme/*" }\n  bound_claims_type = var.how')
    found = read(a=backend, b=starred)["deploy"].trusts[0]
    assert isinstance(found.subject_scope, Unknown)
    assert isinstance(found.impossible_subjects, Unknown)


@pytest.mark.parametrize(
    ("mount", "claims", "told"),
    [
        ("ci", '{ repository = "acme/site" }', None),
        ("another", '{ repository = "acme/site" }', True),
        ("ci", "{}", True),
    ],
)
def test_an_entity_of_the_method_may_have_policies_of_its_own(mount, claims, told):
    backend = BACKEND % '"https://token.actions.githubusercontent.com"'
    role = (ROLE % ("vault_jwt_auth_backend.ci.path", "[]")).replace('{ project_id = "42" }', claims)
    alias = 'resource "vault_identity_entity_alias" "site" {\n  name = "acme/site"\n'
    alias += f"  mount_accessor = vault_jwt_auth_backend.{mount}.accessor\n}}\n"
    assert value_of(read(a=backend, b=role, c=alias)["deploy"].gives_default_only) is told
