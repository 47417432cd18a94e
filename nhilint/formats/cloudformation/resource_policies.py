"""Policies on the resources of a template: who may use a bucket, queue, topic, key, secret, repository or function.

Source: the pages of these types below docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference, partly re-read
2026-11-22. A Lambda permission is a statement in single properties. The policy of a search domain counts where the
domain takes requests from the internet and asks nobody to sign in: otherwise AWS itself recommends that it lets
everybody through (docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html, same day). To the open
address of its own functions SAM adds the permission for everybody by itself (pull request 3735 of
github.com/aws/serverless-application-model, same day); an `AWS::Lambda::Url` opens nothing without a permission beside
it. A bucket of the template whose own block refuses public policies, or serves nobody by them, keeps strangers out
(docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html, known, not re-read).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from nhilint.formats.aws.assembled import literal, mapping, sequence
from nhilint.formats.aws.identity import resource_policy
from nhilint.formats.aws.permission import (
    CONDITIONS,
    checks_its_callers,
    condition_of,
    names_in,
    open_address,
    principal_of,
    start_of_code,
    value_within,
)
from nhilint.formats.cloudformation.declared import referred
from nhilint.model.fact import Known

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.formats.cloudformation.declared import Declared
    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.identity import ResourcePolicy

_DOCUMENTS: Final = {
    "AWS::S3::BucketPolicy": ("PolicyDocument", "s3"),
    "AWS::SQS::QueuePolicy": ("PolicyDocument", "sqs"),
    "AWS::SQS::QueueInlinePolicy": ("PolicyDocument", "sqs"),
    "AWS::SNS::TopicPolicy": ("PolicyDocument", "sns"),
    "AWS::SNS::TopicInlinePolicy": ("PolicyDocument", "sns"),
    "AWS::KMS::Key": ("KeyPolicy", "kms"),
    "AWS::KMS::ReplicaKey": ("KeyPolicy", "kms"),
    "AWS::SecretsManager::ResourcePolicy": ("ResourcePolicy", "secretsmanager"),
    "AWS::ECR::Repository": ("RepositoryPolicyText", "ecr"),
    "AWS::ECR::RegistryPolicy": ("PolicyText", "ecr"),
    "AWS::EFS::FileSystem": ("FileSystemPolicy", "elasticfilesystem"),
    "AWS::Elasticsearch::Domain": ("AccessPolicies", "es"),
    "AWS::OpenSearchService::Domain": ("AccessPolicies", "es"),
    "AWS::Backup::BackupVault": ("AccessPolicy", "backup"),
    "AWS::CodeArtifact::Domain": ("PermissionsPolicyDocument", "codeartifact"),
    "AWS::CodeArtifact::Repository": ("PermissionsPolicyDocument", "codeartifact"),
    "AWS::Kinesis::ResourcePolicy": ("ResourcePolicy", "kinesis"),
    "AWS::MSK::ClusterPolicy": ("Policy", "kafka"),
}
_SHIELDS: Final = ("VPCOptions", "AdvancedSecurityOptions")
"""Properties of a search domain that keep the internet out or ask everybody to sign in."""
_CLOSES: Final = ("RestrictPublicBuckets", "BlockPublicPolicy")


def resource_policies(resources: Sequence[Declared]) -> Iterator[tuple[str, ResourcePolicy]]:
    """The policies on resources of a template."""
    buckets = {resource.logical_id: resource for resource in resources if resource.kind == "AWS::S3::Bucket"}
    for resource in resources:
        if resource.kind in _DOCUMENTS:
            name, service = _DOCUMENTS[resource.kind]
            if service == "es" and any(shield in resource.raw for shield in _SHIELDS):
                continue
            document = resource[name]
        elif resource.kind in ("AWS::Lambda::Permission", "AWS::Lambda::LayerVersionPermission"):
            document, service = _permission(resource), "lambda"
        elif resource.kind == "AWS::Serverless::Function":
            document, service = open_address(resource["FunctionUrlConfig"]["AuthType"]), "lambda"
        elif resource.kind == "AWS::Events::EventBusPolicy":
            document, service = _bus_policy(resource), "events"
        else:
            continue
        if document.exists:
            policy = resource_policy(document, resource.logical_id, resource.at, service)
            if service == "lambda" and _asks_by_itself(resource):
                policy = replace(policy, checks_callers=Known(value=True, at=resource.at))
            if runs := start_of_code(resource.raw.get("Handler"), resource.raw.get("CodeUri", "")):
                policy = replace(policy, runs=Known(runs, resource.at))
            if service == "s3" and _is_closed(buckets.get(referred(resource.raw.get("Bucket")))):
                policy = replace(policy, keeps_strangers_out=Known(value=True, at=resource.at))
            yield resource.logical_id, policy


def _is_closed(bucket: Declared | None) -> bool:
    """Whether a bucket's own block keeps out whom only a public policy lets in."""
    block = bucket["PublicAccessBlockConfiguration"] if bucket is not None else None
    return block is not None and any(block[name].value in (True, "true") for name in _CLOSES)


def _asks_by_itself(function: Declared) -> bool:
    """Whether a function of SAM checks its callers itself."""
    headers = value_within(function.raw, "FunctionUrlConfig", "Cors", "AllowHeaders")
    variables = value_within(function.raw, "Environment", "Variables")
    return checks_its_callers(names_in(headers), names_in(variables))


def _permission(resource: Declared) -> Node:
    keys = {name: resource[name] for name in CONDITIONS}
    function = resource["FunctionName"] if resource["FunctionName"].exists else resource["LayerVersionArn"]
    statement = {
        "Effect": literal("Allow", resource.at),
        "Principal": principal_of(resource["Principal"]),
        "Action": resource["Action"],
        "Resource": function,
        "Condition": condition_of(keys, resource.at),
    }
    return mapping({"Statement": sequence([mapping(statement, resource.at)], resource.at)}, resource.at)


def _bus_policy(resource: Declared) -> Node:
    stated = resource["Statement"]
    statement: Node = stated
    if not stated.exists:
        given = {"Principal": principal_of(resource["Principal"]), "Action": resource["Action"]}
        effect = {"Effect": literal("Allow", resource.at), "Condition": _organisation(resource)}
        statement = mapping(effect | given, resource.at)
    return mapping({"Statement": sequence([statement], resource.at)}, resource.at)


def _organisation(resource: Declared) -> Node:
    """The `Condition` property of an event bus policy: key, type and value as three properties."""
    stated = resource["Condition"]
    if not stated.is_mapping:
        return stated
    inner = mapping({str(stated["Key"].value): stated["Value"]}, stated.at)
    return mapping({str(stated["Type"].value): inner}, stated.at)
