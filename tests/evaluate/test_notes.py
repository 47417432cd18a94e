"""What a finding says of further places, and what it leaves unsaid."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.pipeline import scan
from nhilint.policies import builtin_folder, compile_policies
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

SLACK = (
    "display_information: {name: digest}\n"
    'oauth_config: {scopes: {user: ["search:read", "emoji:read"], bot: [commands]}}\n'
    "settings: {token_rotation_enabled: false, org_deploy_enabled: true}\n"
)
BINDING = (
    "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: b}\n"
    "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}\n"
    "subjects: [{kind: ServiceAccount, name: bot, namespace: ci}]\n"
)


@pytest.fixture(scope="module")
def checks():
    return compile_policies((builtin_folder(),)).checks


def notes(checks, check, path, content):
    settings = Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))
    run = scan(MemoryTree({path: content.encode()}), settings, checks)
    (finding,) = (found for found in run.findings if found.check == check)
    return [note.message for note in finding.related]


@pytest.mark.parametrize("check", ["static-tokens-for-sensitive-app", "organization-wide-sensitive-app"])
def test_records_of_which_the_template_says_nothing_are_left_out(checks, check):
    assert notes(checks, check, "slack-manifest.yaml", SLACK) == ["search:read"]


def test_a_list_without_records_is_no_place_of_its_own(checks):
    assert notes(checks, "administrator-policy-attached", "rbac.yaml", BINDING) == []


ROLES = """
resource "aws_iam_role" "plan" {
  for_each           = { plan-dev = "pull_request", plan-prod = "pull_request", apply = "ref:refs/heads/main" }
  name               = each.key
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRoleWithWebIdentity",
    Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" },
    Condition = { StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com",
      "token.actions.githubusercontent.com:sub" = "repo:acme/app:${each.value}" } } }] })
}
"""


def test_every_role_of_one_block_is_named_beside_the_first(checks):
    assert notes(checks, "oidc-trust-before-review", "main.tf", ROLES) == ["the same holds for plan-prod"]
