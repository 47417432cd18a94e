"""What messages name where the words of a file and what they mean differ."""

from __future__ import annotations

import json

import pytest

import nhilint

VIEWER = """
resource "google_organization_iam_member" "site" {
  org_id = "111122223333"
  role   = "roles/viewer"
  member = "serviceAccount:site@acme-prod.iam.gserviceaccount.com"
}
"""


def said(folder, check):
    return [finding.message for finding in nhilint.scan(folder).findings if finding.check == check]


@pytest.mark.parametrize(
    ("actions", "told"),
    [
        (["dynamodb:*"], "may call dynamodb:* on everything"),
        (["s3:GetObject", "s3:PutObject"], "may call s3:GetObject on everything"),
        (["bedrock:Retrieve", "sqs:SendMessage"], "may call bedrock:Retrieve on every knowledge base"),
    ],
)
def test_a_whole_service_is_told_by_its_star(tmp_path, actions, told):
    document = {"Statement": [{"Effect": "Allow", "Action": actions, "Resource": "*"}]}
    (tmp_path / "agent.json").write_text(json.dumps(document))
    (message,) = said(tmp_path, "stored-data-of-every-workload")
    assert told in message


def test_a_role_over_an_organisation_names_its_member(tmp_path):
    (tmp_path / "main.tf").write_text(VIEWER)
    (message,) = said(tmp_path, "basic-role-on-organization-or-folder")
    assert message.endswith(" to site@acme-prod.iam.gserviceaccount.com")


def test_services_as_a_whole_are_never_an_empty_list(tmp_path):
    """Where a way to more privilege tells a statement's services already, the statement that has others comes first."""
    for name in ("iam s3", "s3 iam", "kms lambda", "ssm s3", "lambda kms"):
        blocks = ['resource "aws_iam_role" "r" {\n  name = "r"\n}\n']
        (tmp_path / name).mkdir()
        for service in name.split():
            document = {"Statement": [{"Effect": "Allow", "Action": f"{service}:*", "Resource": "*"}]}
            (tmp_path / name / f"{service}.json").write_text(json.dumps(document))
            blocks.append(
                f'resource "aws_iam_role_policy" "{service}" {{\n  role   = aws_iam_role.r.id\n'
                f'  policy = file("${{path.module}}/{service}.json")\n}}\n'
            )
        (tmp_path / name / "main.tf").write_text("".join(blocks))
    told = {message.partition(" on every resource")[0] for message in said(tmp_path, "whole-service-wildcard")}
    assert told == {"r may do everything in kms", "r may do everything in s3"}
    assert {message.partition(":")[0] for message in said(tmp_path, "identity-can-escalate")} == {
        "r can take more than it was given with iam",
        "r can take more than it was given with lambda",
        "r can take more than it was given with ssm",
    }


@pytest.mark.parametrize(
    ("issuer", "subject", "told"),
    [
        ("aws_eks_cluster.main.identity[0].oidc[0].issuer", "*:*", "the cluster whose provider it names"),
        ('"https://oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF"', "*:bot", "system:serviceaccount:*:bot"),
    ],
)
def test_a_cluster_is_named_only_as_a_file_names_it(tmp_path, issuer, subject, told):
    (tmp_path / "main.tf").write_text(f"""
resource "aws_eks_cluster" "main" {{
  name = "main"
}}
resource "aws_iam_openid_connect_provider" "main" {{
  url            = {issuer}
  client_id_list = ["sts.amazonaws.com"]
}}
resource "aws_iam_role" "bot" {{
  name = "bot"
  assume_role_policy = jsonencode({{ Statement = [{{
    Effect    = "Allow"
    Action    = "sts:AssumeRoleWithWebIdentity"
    Principal = {{ Federated = aws_iam_openid_connect_provider.main.arn }}
    Condition = {{ StringLike = {{
      "${{replace(aws_iam_openid_connect_provider.main.url, "https://", "")}}:sub" = "system:serviceaccount:{subject}"
    }} }}
  }}] }})
}}
""")
    (message,) = said(tmp_path, "cluster-trust-open-to-every-workload")
    assert told in message


@pytest.mark.parametrize(
    ("refused", "told"),
    [
        ({"StringNotLike": "repo:acme/site:pull_request"}, "on any branch ("),
        ({"StringNotEquals": "repo:acme/site:pull_request"}, "on any branch ("),
        ({"StringNotLike": "repo:acme/*:pull_*"}, "on any branch ("),
        ({"StringNotEquals": "repo:acme/*:pull_request"}, "on any branch or pull request ("),
        ({"StringNotLike": "repo:acme/shop:pull_request"}, "on any branch or pull request ("),
        ({"StringNotLike": "repo:acme/site:environment:*"}, "on any branch or pull request ("),
    ],
)
def test_pull_requests_that_a_negated_comparison_refuses_are_not_named(tmp_path, refused, told):
    issuer = "token.actions.githubusercontent.com"
    compared = {
        "StringEquals": {f"{issuer}:aud": "sts.amazonaws.com"},
        "StringLike": {f"{issuer}:sub": ["repo:acme/site:*", "repo:acme/site:ref:refs/heads/*"]},
        **{operator: {f"{issuer}:sub": value} for operator, value in refused.items()},
    }
    entered = {
        "Effect": "Allow",
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Principal": {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}"},
        "Condition": compared,
    }
    role = {"RoleName": "deploy", "AssumeRolePolicyDocument": {"Statement": [entered]}}
    (tmp_path / "role.json").write_text(json.dumps(role))
    (message,) = said(tmp_path, "oidc-trust-before-review")
    assert told in message


@pytest.mark.parametrize(
    ("context", "told"),
    [
        ("ref:refs/heads/*", "on any branch ("),
        ("environment:*", "on any environment ("),
        ("*", "on any branch or pull request ("),
        ("pull_request", "on any pull request ("),
    ],
)
def test_pull_requests_are_named_where_a_subject_admits_them(tmp_path, context, told):
    issuer = "token.actions.githubusercontent.com"
    (tmp_path / "main.tf").write_text(f"""
resource "aws_iam_role" "deploy" {{
  name = "deploy"
  assume_role_policy = jsonencode({{ Statement = [{{
    Effect    = "Allow"
    Action    = "sts:AssumeRoleWithWebIdentity"
    Principal = {{ Federated = "arn:aws:iam::111122223333:oidc-provider/{issuer}" }}
    Condition = {{
      StringEquals = {{ "{issuer}:aud" = "sts.amazonaws.com" }}
      StringLike   = {{ "{issuer}:sub" = "repo:acme/site:{context}" }}
    }}
  }}] }})
}}
""")
    (message,) = said(tmp_path, "oidc-trust-before-review")
    assert told in message


def test_a_token_without_end_says_whose_power_it_carries(tmp_path):
    token = {
        "apiVersion": "v1",
        "kind": "Secret",
        "type": "kubernetes.io/service-account-token",
        "metadata": {
            "name": "hands",
            "namespace": "shop",
            "annotations": {"kubernetes.io/service-account.name": "hands"},
        },
    }
    binding = {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRoleBinding",
        "metadata": {"name": "hands"},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"},
        "subjects": [{"kind": "ServiceAccount", "name": "hands", "namespace": "shop"}],
    }
    (tmp_path / "token.json").write_text(json.dumps(token))
    assert said(tmp_path, "token-secret-without-end")[0].endswith("that never expires")
    (tmp_path / "binding.json").write_text(json.dumps(binding))
    assert said(tmp_path, "token-secret-without-end")[0].endswith("and has cluster-admin over the whole cluster")
