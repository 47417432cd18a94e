"""Policies on the resources of a module: who may use a bucket, queue, topic, key, secret, repository or function.

Source: the pages of these types below registry.terraform.io/providers/hashicorp/aws/latest/docs/resources, read
2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nhilint.formats.aws.assembled import literal, mapping, sequence
from nhilint.formats.aws.documents import statements
from nhilint.formats.aws.identity import resource_policy
from nhilint.formats.aws.permission import condition_of, principal_of
from nhilint.formats.aws.trust import is_trust

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.formats.terraform.files import PolicyFiles
    from nhilint.formats.terraform.module import Block
    from nhilint.formats.terraform.resolver import Resolver
    from nhilint.model.vocabulary.identity import ResourcePolicy

DOCUMENTS: Final = {
    "aws_s3_bucket": ("policy", "s3"),
    "aws_s3_bucket_policy": ("policy", "s3"),
    "aws_sqs_queue": ("policy", "sqs"),
    "aws_sqs_queue_policy": ("policy", "sqs"),
    "aws_sns_topic": ("policy", "sns"),
    "aws_sns_topic_policy": ("policy", "sns"),
    "aws_kms_key": ("policy", "kms"),
    "aws_kms_key_policy": ("policy", "kms"),
    "aws_secretsmanager_secret": ("policy", "secretsmanager"),
    "aws_secretsmanager_secret_policy": ("policy", "secretsmanager"),
    "aws_glacier_vault": ("access_policy", "glacier"),
    "aws_ecr_repository_policy": ("policy", "ecr"),
    "aws_ecr_registry_policy": ("policy", "ecr"),
}
"""Resources that carry a document, with its attribute and the service it stands in."""
_PERMISSIONS: Final = ("aws_lambda_permission", "aws_lambda_layer_version_permission")


def resource_policies(resolver: Resolver, files: PolicyFiles) -> Iterator[tuple[str, ResourcePolicy]]:
    """The policies on resources of a module."""
    for block in resolver.module.resources.values():
        if block.kind in DOCUMENTS:
            name, service = DOCUMENTS[block.kind]
            if block.body.get(name) is None:
                continue
            document = resolver.document(block.body[name], block.spot.to(name))
        elif block.kind in _PERMISSIONS:
            document, service = _permission(block, resolver), "lambda"
        else:
            continue
        if files.is_resource_policy(document):
            continue
        yield block.label, resource_policy(document, block.label, block.at, service)


def loose_resource_policies(
    resolver: Resolver, referred_elsewhere: frozenset[str]
) -> Iterator[tuple[str, ResourcePolicy]]:
    """Policy documents that name principals and that no resource of the module uses; asked after all others."""
    for block in resolver.module.data.values():
        if block.kind != "aws_iam_policy_document" or block.label in referred_elsewhere or block.label in resolver.used:
            continue
        document = resolver.data_document(block)
        held = statements(document)
        names_somebody = any(s["Principal"].exists or s["NotPrincipal"].exists for s in held)
        if names_somebody and not all(is_trust(statement) for statement in held):
            yield block.label, resource_policy(document, block.label, block.at)


def _permission(block: Block, resolver: Resolver) -> Node:
    def stated(name: str) -> Node:
        return resolver.node(block.body.get(name), block.spot.to(name))

    keys = {
        "SourceArn": stated("source_arn"),
        "SourceAccount": stated("source_account"),
        "PrincipalOrgID": stated("principal_org_id"),
        "OrganizationId": stated("organization_id"),
        "EventSourceToken": stated("event_source_token"),
        "FunctionUrlAuthType": stated("function_url_auth_type"),
    }
    statement = {
        "Effect": literal("Allow", block.at),
        "Principal": principal_of(stated("principal")),
        "Action": stated("action"),
        "Resource": stated("function_name") if "function_name" in block.body else stated("layer_name"),
        "Condition": condition_of(keys, block.at),
    }
    return mapping({"Statement": sequence([mapping(statement, block.at)], block.at)}, block.at)
