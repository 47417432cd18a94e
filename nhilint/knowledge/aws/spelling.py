"""Names that AWS does not know become the name that was probably meant, for messages such as "did you mean …".

A suggestion is a guess by likeness and a short list of prefixes that people write after the product's name. It is never
used to decide anything. `difflib` is imported on the first guess only.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from nhilint.knowledge.aws import action_table
from nhilint.knowledge.aws.wildcard import has_wildcard

if TYPE_CHECKING:
    from collections.abc import Iterable

_ALIKE = 0.75
"""difflib ratio below which two names are taken for strangers."""

_HARDLY_DIFFERENT = 0.92
"""The ratio from which a name is taken for a slip of the pen."""

_SHORTEST = 4
"""letters; a shorter name is a slip of too many others"""

_WRITTEN_FOR = {
    "alb": "elasticloadbalancing",
    "agentcore": "bedrock-agentcore",
    "apigw": "apigateway",
    "asg": "autoscaling",
    "cfn": "cloudformation",
    "cloudwatchlogs": "logs",
    "cognito": "cognito-idp",
    "docdb": "rds",
    "efs": "elasticfilesystem",
    "elasticbeanstalk-env": "elasticbeanstalk",
    "elasticsearch": "es",
    "elb": "elasticloadbalancing",
    "elbv2": "elasticloadbalancing",
    "emr": "elasticmapreduce",
    "eventbridge": "events",
    "identitycenter": "sso",
    "keyspaces": "cassandra",
    "msk": "kafka",
    "organization": "organizations",
    "parameterstore": "ssm",
    "secrets": "secretsmanager",
    "sfn": "states",
    "stepfunctions": "states",
    "vpc": "ec2",
}
"""Product names → the prefix AWS gave the product."""

_PERMITTED_BY = {
    "lambda:invoke": "InvokeFunction",
    "s3:completemultipartupload": "PutObject",
    "s3:createmultipartupload": "PutObject",
    "s3:deleteaccountpublicaccessblock": "PutAccountPublicAccessBlock",
    "s3:deletebucketanalyticsconfiguration": "PutAnalyticsConfiguration",
    "s3:deletebucketcors": "PutBucketCORS",
    "s3:deletebucketencryption": "PutEncryptionConfiguration",
    "s3:deletebucketintelligenttieringconfiguration": "PutIntelligentTieringConfiguration",
    "s3:deletebucketinventoryconfiguration": "PutInventoryConfiguration",
    "s3:deletebucketlifecycle": "PutLifecycleConfiguration",
    "s3:deletebucketmetricsconfiguration": "PutMetricsConfiguration",
    "s3:deletebucketownershipcontrols": "PutBucketOwnershipControls",
    "s3:deletebucketpublicaccessblock": "PutBucketPublicAccessBlock",
    "s3:deletebucketreplication": "PutReplicationConfiguration",
    "s3:deletebuckettagging": "PutBucketTagging",
    "s3:deleteobjects": "DeleteObject",
    "s3:deletepublicaccessblock": "PutBucketPublicAccessBlock",
    "s3:getbucketaccelerateconfiguration": "GetAccelerateConfiguration",
    "s3:getbucketencryption": "GetEncryptionConfiguration",
    "s3:getbucketlifecycle": "GetLifecycleConfiguration",
    "s3:getbucketlifecycleconfiguration": "GetLifecycleConfiguration",
    "s3:getbucketnotificationconfiguration": "GetBucketNotification",
    "s3:getbucketreplication": "GetReplicationConfiguration",
    "s3:getpublicaccessblock": "GetBucketPublicAccessBlock",
    "s3:headbucket": "ListBucket",
    "s3:headobject": "GetObject",
    "s3:listbuckets": "ListAllMyBuckets",
    "s3:listobjects": "ListBucket",
    "s3:listobjectsv2": "ListBucket",
    "s3:listobjectversions": "ListBucketVersions",
    "s3:putbucketencryption": "PutEncryptionConfiguration",
    "s3:putbucketlifecycle": "PutLifecycleConfiguration",
    "s3:putbucketlifecycleconfiguration": "PutLifecycleConfiguration",
    "s3:putbucketnotificationconfiguration": "PutBucketNotification",
    "s3:putbucketreplication": "PutReplicationConfiguration",
    "s3:putpublicaccessblock": "PutBucketPublicAccessBlock",
    "s3:uploadpart": "PutObject",
}
"""API operations that have no action of their own → the action that permits them: to delete a setting of a bucket is to
put it. Sources: what the Amazon S3 API reference says of each operation, as botocore 1.44.5 carries it; the User
Guide's "Required permissions for Amazon S3 API operations" for Intelligent-Tiering (the block of an account from a
survey) and its "Multipart upload API and permissions" for uploads in parts (all read 2026-11-22); AWS Lambda API
reference, Invoke. Operations of which none of these was seen to name the action are left out."""

_PERMITTED_TOGETHER = {"s3:copyobject": ("GetObject", "PutObject"), "s3:uploadpartcopy": ("GetObject", "PutObject")}
"""Those that two actions permit, one on the source and one on the target (docs.aws.amazon.com/AmazonS3/latest/API/
API_CopyObject.html)."""


def is_known_service(prefix: str) -> bool:
    """Whether AWS has actions under this prefix (`s3`, any case)."""
    return prefix.lower() in action_table.services()


@lru_cache(maxsize=512)
def nearest_service(prefix: str) -> str | None:
    """The prefix that was probably meant; the prefix itself when it is known; None when nothing is near."""
    written = prefix.lower()
    if written in action_table.services():
        return written
    return _WRITTEN_FOR.get(written) or _nearest(written, action_table.services())


def permitted_by(action: str) -> str | None:
    """The action that permits an API operation which has none of its own (`s3:HeadObject`); None for other names."""
    permitting = all_permitting(action)
    return permitting[0] if len(permitting) == 1 else None


def all_permitting(action: str) -> tuple[str, ...]:
    """All actions that an operation without its own needs: to copy an object is to read one and to write another."""
    prefix, _, _ = action.partition(":")
    meant = _PERMITTED_TOGETHER.get(action.lower()) or (_PERMITTED_BY.get(action.lower()),)
    return tuple(f"{prefix.lower()}:{name}" for name in meant if name)


def slip_of(action: str) -> str | None:
    """The action that was meant beyond doubt: it begins alike and hardly a letter differs, or its service was renamed.

    Much stricter than `nearest_action`: a name that AWS has withdrawn resembles what is left. None for a known action
    and for a name with wildcards.
    """
    prefix, _, name = action.partition(":")
    service = nearest_service(prefix)
    if service is None or len(name) < _SHORTEST or has_wildcard(name):
        return None
    written = name.lower()
    alike = {known.lower(): known for known in action_table.names_of(service) if known[:3].lower() == written[:3]}
    if written in alike:
        return None if service == prefix.lower() else f"{service}:{alike[written]}"
    near = _nearest(written, alike, _HARDLY_DIFFERENT)
    return f"{service}:{alike[near]}" if near else None


def nearest_action(action: str) -> str | None:
    """The action `service:Name` that was probably meant, in AWS's case.

    A known action is its own nearest. Where the service is unknown, the nearest service is tried. None when nothing is
    near, and for a name with wildcards.
    """
    prefix, _, name = action.partition(":")
    service = nearest_service(prefix)
    if service is None or not name or has_wildcard(name):
        return None
    permitting = all_permitting(f"{service}:{name}")
    if permitting:
        return permitting[-1]
    by_folded = {known.lower(): known for known in action_table.names_of(service)}
    near = name.lower() if name.lower() in by_folded else _nearest(name.lower(), by_folded)
    return f"{service}:{by_folded[near]}" if near else None


def _nearest(name: str, known: Iterable[str], alike: float = _ALIKE) -> str | None:
    from difflib import get_close_matches

    return next(iter(get_close_matches(name[:128], known, n=1, cutoff=alike)), None)
