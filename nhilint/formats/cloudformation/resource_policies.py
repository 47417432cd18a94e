"""Policies on the resources of a template: who may use a bucket, queue, topic, key, secret, repository or function.

Source: the pages of these types below docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference, partly re-read
2026-11-22. A Lambda permission is a statement in single properties.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nhilint.formats.aws.assembled import literal, mapping, sequence
from nhilint.formats.aws.identity import resource_policy
from nhilint.formats.aws.permission import CONDITIONS, condition_of, principal_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
}


def resource_policies(resources: Iterable[Declared]) -> Iterator[tuple[str, ResourcePolicy]]:
    """The policies on resources of a template."""
    for resource in resources:
        if resource.kind in _DOCUMENTS:
            name, service = _DOCUMENTS[resource.kind]
            document = resource[name]
        elif resource.kind in ("AWS::Lambda::Permission", "AWS::Lambda::LayerVersionPermission"):
            document, service = _permission(resource), "lambda"
        elif resource.kind == "AWS::Events::EventBusPolicy":
            document, service = _bus_policy(resource), "events"
        else:
            continue
        if document.exists:
            yield resource.logical_id, resource_policy(document, resource.logical_id, resource.at, service)


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
