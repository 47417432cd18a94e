"""A policy in a file of its own is in force where something sends it to AWS."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.app_code import has_code
from nhilint.app_code.named_policies import with_unnamed_policies
from nhilint.gather import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

POLICY = json.dumps({"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
BUCKET = json.dumps({"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Principal": "*"}]})
SERVICE = json.dumps(
    {"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}}]}
)
ISSUER = json.dumps(
    {
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "sts:AssumeRoleWithWebIdentity",
                "Principal": {"Federated": "arn:aws:iam::444455556666:oidc-provider/gitlab.com"},
            }
        ]
    }
)
PRINTED = json.dumps(
    {
        "RoleDetailList": [
            {
                "RoleName": "bot",
                "Arn": "arn:aws:iam::444455556666:role/bot",
                "RolePolicyList": [{"PolicyName": "p", "PolicyDocument": json.loads(POLICY)}],
            }
        ]
    }
)
PATH = "iam/bot-rights.json"
ROLES = {"roles.tf": 'resource "aws_iam_role" "other" {\n  name = "other"\n}\n'}


def setting(files, path=PATH, scopes=()):
    tree = MemoryTree(files)
    gathered = gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC)))
    assert all(has_code(one) for one in gathered.resources if one.at.path == path)
    (found,) = {one.setting for one in with_unnamed_policies(gathered.resources, tree, scopes) if one.at.path == path}
    return found


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("main.tf", "locals { a = 1 }", "example"),
        ("main.tf", 'policy = file("iam/bot-rights.json")', "production"),
        ("main.tf", 'policy = file("iam/${var.name}.json")', "production"),
        ("main.tf", 'for_each = fileset("iam", "*.json")', "production"),
        ("main.tf", 'names = ["bot-rights"]', "production"),
        ("main.tf", 'module "bot" {\n  source = "./iam"\n}', "example"),
        ("main.tf", 'module "iam" {\n  source = "./iam"\n}', "example"),
        ("main.tf", 'module "bot" {\n  source = "./iam"\n  folder = "iam"\n}', "production"),
        ("iam/main.tf", 'for_each = fileset(path.module, "*.json")', "production"),
        ("iam/main.tf", 'policy = file("${path.module}/${var.name}.json")', "production"),
        ("iam/main.tf", "policy = data.aws_iam_policy_document.bot.json", "example"),
        ("run.sh", "for f in iam/*.json; do send $f; done", "production"),
        ("run.sh", "send iam/other.json", "example"),
        ("run.sh", "send gamma/bot-rights-old.json", "example"),
        ("tests/run.sh", "for f in iam/*.json; do send $f; done", "example"),
    ],
)
def test_code_names_a_policy_by_its_name_or_through_its_folder(path, text, found):
    assert setting({PATH: POLICY, path: text, **ROLES}) == found


def test_a_document_names_it_by_its_whole_name_alone():
    code = ROLES
    assert (
        setting({PATH: POLICY, **code, "README.md": "aws iam put-role-policy file://iam/bot-rights.json"})
        == "production"
    )
    assert setting({PATH: POLICY, **code, "README.md": "The folder `iam/` has the policies."}) == "example"


def test_what_the_user_names_is_meant():
    files = {PATH: POLICY, **ROLES}
    assert setting(files, scopes=("iam",)) == setting(files, scopes=(PATH,)) == "production"
    assert setting(files, scopes=("src",)) == "example"


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        (PATH, BUCKET, "example"),
        (PATH, SERVICE, "example"),
        (PATH, ISSUER, "production"),
        (PATH, PRINTED, "production"),
        ("iam/github-actions-policy.json", POLICY, "production"),
        ("app/.chalice/policy-dev.json", POLICY, "production"),
        ("iam/social-policy.json", POLICY, "example"),
    ],
)
def test_what_is_made_for_this_repository_is_in_force(path, text, found):
    assert setting({path: text, **ROLES}, path) == found


def test_many_policies_that_nothing_names_are_what_a_repository_is_about():
    files = {f"iam/rights-of-{number}.json": POLICY for number in range(30)} | ROLES
    assert setting(files, "iam/rights-of-1.json") == "production"


def test_without_code_nothing_is_said():
    assert setting({PATH: POLICY, "README.md": "Rights."}) == "production"


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("main.tf", 'resource "aws_s3_bucket" "b" {\n  bucket = "b"\n}\n', "production"),
        ("deploy/web.yaml", "apiVersion: apps/v1\nkind: Deployment\n", "production"),
        ("main.tf", 'resource "aws_s3_bucket_policy" "b" {\n  bucket = "b"\n}\n', "example"),
        ("stack.yaml", "Resources:\n  Bot:\n    Type: AWS::IAM::Role\n", "example"),
        ("run.sh", "aws iam create-role --role-name other\n", "example"),
        ("send.py", "client.put_role_policy(RoleName=name)\n", "example"),
        ("send.ps1", "Register-IAMRolePolicy -RoleName other\n", "example"),
        ("app.ts", "new iam.PolicyStatement({});\n", "example"),
    ],
)
def test_where_no_code_makes_anything_of_iam_somebody_sends_it_by_hand(path, text, found):
    assert setting({PATH: POLICY, path: text}) == found
