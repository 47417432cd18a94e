"""What a resource of a template says that nothing makes by default is told less gravely, with its parameter."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhilint.pipeline import settle
from nhilint.policies import builtin_folder, compile_policies
from nhilint.settings import Settings
from nhilint.testing import WHEN, tree_of

STACK = """
Parameters:
  Whole:
    Type: String
    Default: %s
Conditions:
  Wanted: %s
  Also: !And [!Condition Wanted, !Not [!Equals [!Ref AWS::Region, us-east-1]]]
Resources:
  Ops:
    Type: AWS::IAM::Role
    Condition: %s
    Properties:
      AssumeRolePolicyDocument:
        Statement: {Effect: Allow, Action: sts:AssumeRole, Principal: {Service: ec2.amazonaws.com}}
      Policies:
        - PolicyName: all
          PolicyDocument: {Statement: {Effect: Allow, Action: "iam:AttachRolePolicy", Resource: "*"}}
Outputs: {Ops: {Condition: Wanted, Value: !Ref Ops}}
"""
IS_TRUE = "!Equals [!Ref Whole, 'true']"


@pytest.fixture(scope="module")
def check():
    return [one for one in compile_policies((builtin_folder(),)).checks if one.id == "identity-can-escalate"]


def told(check, stack, more=None):
    tree = tree_of((("app/stack.yaml", stack), *(more or {}).items()))
    (finding,) = settle(tree, Settings(root=Path(), now=WHEN), check).now.findings
    return finding.severity.word, "made where Whole is" in finding.message


@pytest.mark.parametrize(
    ("default", "asked", "condition"),
    [
        ("'false'", IS_TRUE, "Wanted"),
        ("false", "!Equals ['true', !Ref Whole]", "Wanted"),
        ("'no'", "!Equals [!Ref Whole, 'yes']", "Wanted"),
        ("'false'", IS_TRUE, "Also"),
    ],
)
def test_a_switch_that_is_off_by_default(check, default, asked, condition):
    assert told(check, STACK % (default, asked, condition)) == ("medium", True)


@pytest.mark.parametrize(
    ("default", "asked", "condition"),
    [
        ("'true'", IS_TRUE, "Wanted"),
        ("test", "!Equals [!Ref Whole, 'prod']", "Wanted"),
        ("'false'", f"!Not [{IS_TRUE}]", "Wanted"),
        ("'false'", f"!Or [{IS_TRUE}, !Equals [!Ref AWS::Region, us-east-1]]", "Wanted"),
        ("'false'", IS_TRUE, "Other"),
    ],
)
def test_what_is_made_or_is_no_switch(check, default, asked, condition):
    assert told(check, STACK % (default, asked, condition)) == ("high", False)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("deploy.sh", "aws cloudformation deploy --parameter-overrides Whole=true\n"),
        ("deploy.sh", 'aws cloudformation deploy --parameter-overrides Whole="$WHOLE"\n'),
        ("samconfig.toml", 'parameter_overrides = "Whole=\\"true\\""\n'.replace('\\"', "'")),
        ("prod.json", '[{"ParameterKey": "Whole", "ParameterValue": "true"}]'),
        ("prod.yaml", "- ParameterKey: Whole\n  ParameterValue: 'true'\n"),
        ("main.yaml", "Resources: {App: {Properties: {Parameters: {Whole: 'true'}}}}\n"),
        ("main.yaml", "Parameters:\n  Whole: !If [Prod, 'true', 'false']\n"),
    ],
)
def test_what_something_of_the_repository_turns_on(check, path, text):
    assert told(check, STACK % ("'false'", IS_TRUE, "Wanted"), {path: text}) == ("high", False)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("deploy.sh", "aws cloudformation deploy --parameter-overrides Whole=false\n"),
        ("deploy.sh", "aws cloudformation deploy --parameter-overrides NotWhole=true\n"),
        ("prod.json", '[{"ParameterKey": "Whole", "ParameterValue": "false"}]'),
    ],
)
def test_what_is_said_otherwise_turns_nothing_on(check, path, text):
    assert told(check, STACK % ("'false'", IS_TRUE, "Wanted"), {path: text}) == ("medium", True)
