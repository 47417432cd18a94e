"""What changes around identities of clouds and clusters, and around policies of engines."""

from __future__ import annotations

import pytest

from tests.delta.two_states import allow, delta, role, words

ACCOUNT = 'resource "google_service_account" "bot" {\n  account_id = "bot"\n}\n'


def project(role_name):
    member = 'member = "serviceAccount:${google_service_account.bot.email}"'
    grant = f'resource "google_project_iam_member" "m" {{\n  project = "p"\n  role = "{role_name}"\n  {member}\n}}\n'
    return {"iam.tf": ACCOUNT + grant}


def subscription(role_name):
    return {
        "iam.tf": 'resource "azurerm_user_assigned_identity" "bot" {\n  name = "bot"\n}\n'
        'resource "azurerm_role_assignment" "x" {\n  scope = data.azurerm_subscription.main.id\n'
        f'  role_definition_name = "{role_name}"\n'
        "  principal_id = azurerm_user_assigned_identity.bot.principal_id\n}\n"
    }


def cluster(kind, verbs):
    return {
        "rbac.yaml": "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: bot, namespace: ops}\n---\n"
        f"apiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata: {{name: r, namespace: ops}}\n"
        f"rules:\n- {{apiGroups: [''], resources: [secrets], verbs: {verbs}}}\n---\n"
        f"apiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}Binding\nmetadata: {{name: b, namespace: ops}}\n"
        f"roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: {kind}, name: r}}\n"
        "subjects: [{kind: ServiceAccount, name: bot, namespace: ops}]\n"
    }


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            project("roles/viewer"),
            project("roles/owner"),
            "is given the role roles/owner on the whole project",
        ),
        (subscription("Reader"), subscription("Owner"), "is given the role Owner on a whole subscription"),
        (cluster("Role", "[get]"), cluster("ClusterRole", "[get]"), "may do get secrets in every namespace"),
        (cluster("Role", "[get]"), cluster("Role", "[get, list]"), "may do list secrets"),
        (
            role(allow("s3:GetObject")),
            role({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}),
            "may do everything but iam:*",
        ),
    ],
)
def test_in_words(before, after, said):
    assert any(found.startswith(said) for found in words(before, after)), words(before, after)
    assert not any(found.startswith(said) for found in words(after, before))


def test_what_a_role_is_for_is_said_once():
    """A role that gives everything is no list of thirty ways to gain more, and is told of its holder alone."""
    found = delta(project("roles/viewer"), project("roles/editor"))
    assert [d.kind for d in found] == ["identity"]
    assert [s.words for s in found[0].shifts if s.direction == "widened"] == [
        "is given the role roles/editor on the whole project"
    ]


def test_an_identity_that_is_gone_loses_only():
    before = role(allow("*"), allow("iam:*", effect="Deny"))
    assert words(before, {}) == []
    assert "may no longer do *" in words(before, {}, "narrowed")


def trusting(subject, operator="StringLike"):
    issuer = "token.actions.githubusercontent.com"
    statement = {
        "Effect": "Allow",
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Principal": {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}"},
        "Condition": {operator: {f"{issuer}:sub": subject}},
    }
    return role(allow("s3:GetObject"), AssumeRolePolicyDocument={"Statement": [statement]})


def test_a_wider_subject_is_said_once_and_covers_the_narrower():
    before, after = trusting("repo:acme/app:ref:refs/heads/main"), trusting("repo:acme/app:*")
    assert words(before, after) == ["lets repo:acme/app:* of token.actions.githubusercontent.com become it"]
    assert words(after, before) == []


def test_a_policy_of_an_engine():
    before = {"policies/app.hcl": 'path "secret/data/app/*" {\n  capabilities = ["read"]\n}\n'}
    after = {"policies/app.hcl": 'path "secret/data/app/*" {\n  capabilities = ["read", "update"]\n}\n'}
    assert any("secret/data/app/*" in said for said in words(before, after))
