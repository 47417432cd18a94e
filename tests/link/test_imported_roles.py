"""What another template imports a role for says who holds it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.gather import gather
from nhilint.link import link
from nhilint.model.fact import value_of
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

ROLES = """
Resources:
  Starter:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: {Effect: Allow, Action: sts:AssumeRole, Principal: {Service: ecs-tasks.amazonaws.com}}
Outputs:
  Starter: {Value: !GetAtt Starter.Arn, Export: {Name: NAME}}
"""


def starts_tasks(tasks, name="tasks-starter", head="", more="", **files):
    task = f"{head}Resources:\n  Task:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n"
    held = {"roles.yaml": ROLES.replace("NAME", name) + more, "task.yaml": task + f"      {tasks}\n"}
    tree = MemoryTree(held | {f"{stem}.yaml": text for stem, text in files.items()})
    found = gather(tree, Settings(root=Path(), now=datetime(2026, 11, 23, tzinfo=UTC))).resources
    (role,) = (one for one in link(found) if one.kind == "identity" and one.name == "Starter")
    return value_of(role.facts.starts_tasks)


@pytest.mark.parametrize(
    ("given", "starts"),
    [
        ("ExecutionRoleArn: !ImportValue tasks-starter", True),
        ("ExecutionRoleArn: {'Fn::ImportValue': tasks-starter}", True),
        ("ExecutionRoleArn: !ImportValue tasks-other", None),
        ("TaskRoleArn: !ImportValue tasks-starter", None),
        ("ExecutionRoleArn: !ImportValue tasks-starter\n      TaskRoleArn: !ImportValue tasks-starter", None),
        ("ExecutionRoleArn: !ImportValue tasks-starter\n      TaskRoleArn: {'Fn::ImportValue': !Ref Role}", None),
        ("ContainerDefinitions: [{Name: !ImportValue tasks-starter}]", None),
    ],
)
def test_the_execution_role_of_another_template_only_starts_tasks(given, starts):
    assert starts_tasks(given) is starts


STACK = "!Sub '${AWS::StackName}:Starter'"


@pytest.mark.parametrize(
    ("imported", "starts"),
    [
        ("!Sub '${Roles}:Starter'", True),
        ("!Join [':', [!Ref Roles, Starter]]", True),
        ("!Sub '${Named}:Starter'", True),
        ("!Sub '${Roles}:Runner'", None),
        ("!Sub '${Roles}-Starter'", None),
    ],
)
def test_a_parameter_stands_for_the_name_of_the_stack_that_exports(imported, starts):
    head = "Parameters:\n  Roles: {Type: String}\n  Named: {Type: String, Default: acme-roles}\n"
    assert starts_tasks(f"ExecutionRoleArn: {{'Fn::ImportValue': {imported}}}", STACK, head) is starts


def test_two_roles_that_an_import_may_mean_are_told_by_neither():
    head = "Parameters:\n  Roles: {Type: String}\n"
    imported = "ExecutionRoleArn: {'Fn::ImportValue': !Sub '${Roles}:Starter'}"
    other = ROLES.replace("Starter", "Second").replace("NAME", "!Sub '${AWS::StackName}:Starter'")
    assert starts_tasks(imported, STACK, head, other=other) is None


def test_a_use_in_the_other_template_takes_back_what_its_own_says():
    own = "  Own:\n    Type: AWS::ECS::TaskDefinition\n    Properties: {ExecutionRoleArn: !GetAtt Starter.Arn}\n"
    held = ROLES.replace("NAME", "tasks-starter").replace("Outputs:", f"{own}Outputs:")
    job = "{Type: container, ContainerProperties: {JobRoleArn: !ImportValue tasks-starter}}"
    task = f"Resources:\n  Job:\n    Type: AWS::Batch::JobDefinition\n    Properties: {job}\n"
    tree = MemoryTree({"roles.yaml": held, "task.yaml": task})
    found = gather(tree, Settings(root=Path(), now=datetime(2026, 11, 23, tzinfo=UTC))).resources
    (role,) = (one for one in link(found) if one.kind == "identity" and one.name == "Starter")
    assert value_of(role.facts.starts_tasks) is None
