"""A pipeline does not become a role whose own trust lets in other repositories alone."""

from __future__ import annotations

import pytest

from nhilint.api import scan

CHECK = "pipeline-becomes-powerful-role"
DOUBT = "the role's own trust here lets in other repositories only"

WORKFLOW = """
on: {push: {branches: [main]}}
permissions: {id-token: write}
jobs:
  site:
    runs-on: ubuntu-24.04
    steps:
      - uses: aws-actions/configure-aws-credentials@e3dd6a429d7300a6a4c196c26e071d42e0343502
        with:
          role-to-assume: arn:aws:iam::111122223333:role/site-deployer
          aws-region: eu-west-1
"""

ROLE = """
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = ["arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"]
    }
    condition {
      test     = "StringLike"
      variable = "token.actions.githubusercontent.com:sub"
      values   = SUBJECTS
    }
  }
}
resource "aws_iam_role" "deployer" {
  name               = "site-deployer"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
resource "aws_iam_role_policy" "all" {
  role   = aws_iam_role.deployer.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}
"""


def doubt_of(folder, subjects, *, remote="https://code.example/acme/site.git"):
    """The doubt of the only finding; empty for one that is told."""
    (folder / ".git").mkdir()
    (folder / ".git/config").write_text(f'[remote "origin"]\n  url = {remote}\n' if remote else "")
    (folder / ".github/workflows").mkdir(parents=True)
    (folder / ".github/workflows/deploy.yml").write_text(WORKFLOW)
    (folder / "main.tf").write_text(ROLE.replace("SUBJECTS", subjects))
    (found,) = scan(folder, select=[CHECK]).findings
    return found.doubt


@pytest.mark.parametrize(
    "subjects",
    [
        '["repo:acme/factory:*"]',
        '["repo:acme/factory:ref:refs/heads/main", "repo:other@12/shop@34:*"]',
        '["repo:factory:*", "repo:acme/factory:*"]',
        '["repo:factory:*"]',
    ],
)
def test_a_role_of_other_repositories_is_not_had(tmp_path, subjects):
    assert doubt_of(tmp_path, subjects) == DOUBT


@pytest.mark.parametrize(
    "subjects",
    [
        '["repo:acme/factory:*", "repo:acme/site:*"]',
        '["repo:former/Site:*"]',
        '["repo:acme/*"]',
        '["repo:acme/si*:*"]',
        '["repo:${var.name}:*"]',
    ],
)
def test_a_role_that_may_be_of_this_repository_is_told(tmp_path, subjects):
    assert doubt_of(tmp_path, subjects) == ""


def test_without_the_name_of_the_repository_nothing_is_doubted(tmp_path):
    assert doubt_of(tmp_path, '["repo:acme/factory:*"]', remote="") == ""
