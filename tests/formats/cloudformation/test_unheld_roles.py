"""A role for services that its template hands to none is told one step less gravely."""

from __future__ import annotations

import pytest

from nhilint.api import scan
from nhilint.model.finding import Severity

STACK = """
Resources:
  Shop:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: ecs-tasks.amazonaws.com}}]
  Rights:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: all
      Roles: [!Ref Shop]
      PolicyDocument: {Statement: [{Effect: Allow, Action: "*", Resource: "*"}]}
"""
TASK = "  Task: {Type: 'AWS::ECS::TaskDefinition', Properties: {%s}}\n"
NAMED = STACK.replace("    Properties:\n      Assume", "    Properties:\n      RoleName: %s\n      Assume", 1)


def severity_of(folder, text, more=None):
    for path, content in {"stack.yaml": text, **(more or {})}.items():
        (folder / path).write_text(content)
    (found,) = [one for one in scan(folder, select=["full-admin-policy"]).findings if one.place.path == "stack.yaml"]
    assert (found.severity < Severity.HIGH) == found.message.endswith("and no output hands it out")
    return found.severity


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        (STACK, Severity.MEDIUM),
        (STACK + TASK % "ExecutionRoleArn: !GetAtt Other.Arn", Severity.MEDIUM),
        (STACK + TASK % "TaskRoleArn: !GetAtt Shop.Arn", Severity.HIGH),
        (STACK + TASK % "TaskRoleArn: {'Fn::Sub': 'arn:aws:iam::1:role/${Shop}'}", Severity.HIGH),
        (STACK + "Outputs: {Role: {Value: !Ref Shop}}\n", Severity.HIGH),
        (STACK + "Globals: {Function: {Role: !GetAtt Shop.Arn}}\n", Severity.HIGH),
        (STACK + TASK % "'Fn::Transform': {Name: 'AWS::Include'}", Severity.HIGH),
        (STACK.replace("Service: ecs-tasks.amazonaws.com", "AWS: '111122223333'"), Severity.HIGH),
        (NAMED % "shop", Severity.HIGH),
        (NAMED % "!Sub '${AWS::StackName}-Shop'", Severity.MEDIUM),
        (NAMED % "!Sub '${Environment}-Shop'", Severity.HIGH),
    ],
)
def test_what_a_template_hands_a_role_to(tmp_path, text, severity):
    assert severity_of(tmp_path, text) == severity


@pytest.mark.parametrize(
    ("other", "severity"),
    [
        ("Resources:\n" + TASK % "TaskRoleArn: !Sub 'arn:aws:iam::1:role/${Stack}-Shop'", Severity.HIGH),
        (NAMED % "!Sub '${AWS::StackName}-Shop'" + TASK % "TaskRoleArn: !GetAtt Shop.Arn", Severity.MEDIUM),
    ],
)
def test_another_template_that_names_it(tmp_path, other, severity):
    assert severity_of(tmp_path, NAMED % "!Sub '${AWS::StackName}-Shop'", {"tasks.yaml": other}) == severity


IMPORTS = """
Resources:
  Pay:
    Type: AWS::Lambda::Function
    Properties:
      Role:
        Fn::ImportValue:
          Fn::Sub: "${App}-Shop"
"""


@pytest.mark.parametrize(
    ("more", "severity"),
    [
        (IMPORTS, Severity.MEDIUM),
        (IMPORTS.replace("Fn::ImportValue:\n          ", ""), Severity.HIGH),
    ],
)
def test_what_others_import_is_an_output_of_somebody_else(tmp_path, more, severity):
    assert severity_of(tmp_path, STACK, {"pay.yaml": more}) == severity
