"""A role called after deploying is no deployment's where the commands of its builds only build and copy."""

from __future__ import annotations

import pytest

from nhilint.api import scan

STACK = """
Resources:
  DeploySite:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: codebuild.amazonaws.com}}]
      ManagedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"]
"""
PROJECT = """
  %s:
    Type: AWS::CodeBuild::Project
    Properties:
      ServiceRole: !GetAtt DeploySite.Arn
      Source:
        Type: CODEPIPELINE
        BuildSpec: |
          version: 0.2
          phases:
            build:
              commands:
"""


def told(folder, *projects):
    text = STACK
    for number, commands in enumerate(projects):
        text += PROJECT % f"Build{number}" + "".join(f"                - {command}\n" for command in commands)
    (folder / "stack.yaml").write_text(text)
    return len(scan(folder, select=["administrator-policy-attached"]).findings)


SITE = ("cd site && npm ci", "URL=$(cat ../url.txt) npm run build", "aws s3 sync out/ s3://$BUCKET/")


@pytest.mark.parametrize(
    ("projects", "number"),
    [
        ((SITE,), 1),
        ((("npm ci", "node_modules/.bin/hugo deploy"),), 1),
        ((), 0),
        (((*SITE, "npx cdk deploy"),), 0),
        ((("cd site && npm ci; terraform apply",),), 0),
        ((("npm run deploy",),), 0),
        ((SITE, ("serverless deploy",)), 0),
        ((("echo Replaced when it is started",),), 0),
    ],
)
def test_a_role_called_after_deploying(tmp_path, projects, number):
    assert told(tmp_path, *projects) == number
