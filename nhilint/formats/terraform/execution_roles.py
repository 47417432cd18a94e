"""Roles that a module gives to Amazon ECS alone, to start its tasks with.

What runs in a container gets the credentials of the task role; those of the execution role go to the agent, which pulls
images, sends logs and fills in the secrets that the task definition names, and containers have no way to them. Source:
docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html and registry.terraform.io/providers/
hashicorp/aws/latest/docs/resources/ecs_task_definition, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.terraform.referents import resource_named

if TYPE_CHECKING:
    from nhilint.formats.terraform.module import Module

_TASK = "aws_ecs_task_definition"
_EXECUTION = "execution_role_arn"


def execution_roles(module: Module) -> frozenset[str]:
    """Labels of the roles that task definitions name to be started with, and that no resource is given besides."""
    started: set[str] = set()
    others: set[str] = set()
    for block in module.resources.values() if any(module.of_kind(_TASK)) else ():
        for name, value in block.body.items() if not block.kind.startswith("aws_iam_") else ():
            kind, label = resource_named(value) or ("", "")
            if kind == "aws_iam_role":
                (started if (block.kind, name) == (_TASK, _EXECUTION) else others).add(label)
    return frozenset(started - others)
