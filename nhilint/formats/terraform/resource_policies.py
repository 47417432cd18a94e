"""Policies on the resources of a module: who may use a bucket, queue, topic, key, secret, repository or function.

Source: the pages of these types below registry.terraform.io/providers/hashicorp/aws/latest/docs/resources, read
2026-11-22. The policy of a search domain counts where the domain stands in the same module, takes requests from the
internet and asks nobody to sign in: otherwise AWS itself recommends that its policy lets everybody through
(docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html, same day). To the address of a function with
`authorization_type = "NONE"` the provider adds the permission for everybody by itself
(internal/service/lambda/function_url.go of github.com/hashicorp/terraform-provider-aws, same day).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from nhilint.formats.aws.assembled import literal, mapping, sequence
from nhilint.formats.aws.documents import statements
from nhilint.formats.aws.identity import resource_policy
from nhilint.formats.aws.permission import (
    CALL_BY_ADDRESS,
    checks_its_callers,
    condition_of,
    open_address,
    principal_of,
    start_of_code,
)
from nhilint.formats.aws.trust import is_trust
from nhilint.formats.terraform.closed_buckets import is_closed
from nhilint.formats.terraform.lambda_callers import has_made_up_key, variables_given
from nhilint.formats.terraform.named_elsewhere import about_its_own
from nhilint.formats.terraform.referents import resource_named
from nhilint.model.fact import Known, value_of
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.formats.terraform.files import PolicyFiles
    from nhilint.formats.terraform.module import Block, Module
    from nhilint.formats.terraform.resolver import Resolver
    from nhilint.model.vocabulary.identity import ResourcePolicy
    from nhilint.source.value import Value

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
    "aws_efs_file_system_policy": ("policy", "elasticfilesystem"),
    "aws_elasticsearch_domain": ("access_policies", "es"),
    "aws_elasticsearch_domain_policy": ("access_policies", "es"),
    "aws_opensearch_domain": ("access_policies", "es"),
    "aws_opensearch_domain_policy": ("access_policies", "es"),
    "aws_glue_resource_policy": ("policy", "glue"),
    "aws_ses_identity_policy": ("policy", "ses"),
    "aws_sesv2_email_identity_policy": ("policy", "ses"),
    "aws_backup_vault_policy": ("policy", "backup"),
    "aws_cloudwatch_event_bus_policy": ("policy", "events"),
    "aws_cloudwatch_log_destination_policy": ("access_policy", "logs"),
    "aws_cloudwatch_log_resource_policy": ("policy_document", "logs"),
    "aws_codeartifact_domain_permissions_policy": ("policy_document", "codeartifact"),
    "aws_codeartifact_repository_permissions_policy": ("policy_document", "codeartifact"),
    "aws_kinesis_resource_policy": ("policy", "kinesis"),
    "aws_msk_cluster_policy": ("policy", "kafka"),
}
"""Resources that carry a document, with its attribute and the service it stands in."""
_DOMAINS: Final = ("aws_opensearch_domain", "aws_elasticsearch_domain")
_PERMISSIONS: Final = ("aws_lambda_permission", "aws_lambda_layer_version_permission")
_ADDRESS: Final = "aws_lambda_function_url"
_ASKS: Final = "authorization_type"
_MOST_WORDS: Final = 1_000
_ARCHIVE: Final = Deferred(r"data\.archive_file\.([\w-]{1,80})(?:\[[^\]]{1,20}\])?\.output_path$")


def resource_policies(resolver: Resolver, files: PolicyFiles) -> Iterator[tuple[str, ResourcePolicy]]:
    """The policies on resources of a module."""
    for block in resolver.module.resources.values():
        if block.kind in DOCUMENTS:
            name, service = DOCUMENTS[block.kind]
            if block.body.get(name) is None:
                continue
            document = resolver.document(block.body[name], block.spot.to(name))
            if service == "es" and not _is_open_domain(block, resolver):
                files.shield(document)
                continue  # a document that it refers to counts as used all the same
        elif block.kind in _PERMISSIONS:
            document, service = _permission(block, resolver), "lambda"
        elif block.kind == _ADDRESS and not _is_permitted_elsewhere(block, resolver):
            document, service = open_address(resolver.node(block.body.get(_ASKS), block.spot.to(_ASKS))), "lambda"
        else:
            continue
        if not document.exists or files.is_resource_policy(document):
            continue
        policy = about_its_own(resource_policy(document, block.label, block.at, service), document, block, resolver)
        if service == "lambda" and _asks_by_itself(block, resolver.module):
            policy = replace(policy, checks_callers=Known(value=True, at=block.at))
        if service == "lambda" and (runs := _start_of_code(block, resolver.module)):
            policy = replace(policy, runs=Known(runs, block.at))
        if service == "s3" and is_closed(block, resolver):
            policy = replace(policy, keeps_strangers_out=Known(value=True, at=block.at))
        yield block.label, policy


def loose_resource_policies(
    resolver: Resolver, referred_elsewhere: frozenset[str]
) -> Iterator[tuple[str, ResourcePolicy]]:
    """Policy documents that name principals and that no resource of the module uses; asked after all others."""
    shielded = _has_only_shielded_domains(resolver)
    for block in resolver.module.data.values():
        if block.kind != "aws_iam_policy_document" or block.label in referred_elsewhere or block.label in resolver.used:
            continue
        document = resolver.data_document(block)
        held = statements(document)
        names_somebody = any(s["Principal"].exists or s["NotPrincipal"].exists for s in held)
        if not names_somebody or all(is_trust(statement) for statement in held):
            continue
        policy = resource_policy(document, block.label, block.at)
        if not (shielded and value_of(policy.service) == "es"):
            yield block.label, policy


def _has_only_shielded_domains(resolver: Resolver) -> bool:
    """Whether the module has search domains, and none that strangers reach: a document about them stands on those,
    also where a condition decides whether it does."""
    domains = [block for kind in _DOMAINS for block in resolver.module.of_kind(kind)]
    return bool(domains) and not any(_is_open_domain(block, resolver) for block in domains)


def _is_open_domain(block: Block, resolver: Resolver) -> bool:
    """Whether the search domain that a policy stands on can be reached from the internet and knows no users."""
    named = resource_named(block.body.get("domain_name"))
    domain = resolver.module.resources.get(named) if named else block
    if domain is None or domain.kind.endswith("_policy") or "dynamic" in domain.body:
        return False
    return "vpc_options" not in domain.body and "advanced_security_options" not in domain.body


def _is_permitted_elsewhere(block: Block, resolver: Resolver) -> bool:
    """Whether the module itself writes the permission that the provider would add to a function's open address."""
    function = block.body.get("function_name")
    return any(
        other.kind == "aws_lambda_permission"
        and other.body.get("action") == CALL_BY_ADDRESS
        and other.body.get("principal") == "*"
        and _is_same_function(other.body.get("function_name"), function)
        for other in resolver.module.resources.values()
    )


def _is_same_function(one: Value, other: Value) -> bool:
    """Whether both name one function: a resource of the module, or whatever the same reference or name means."""
    named = resource_named(one)
    if named is not None:
        return named == resource_named(other)
    return one == other and isinstance(one, str | Expression) and one != ""


def _asks_by_itself(block: Block, module: Module) -> bool:
    """Whether the function that a permission or address stands on checks its callers itself."""
    function = block.body.get("function_name")
    addresses = [one for one in module.of_kind(_ADDRESS) if _is_same_function(one.body.get("function_name"), function)]
    headers = [word for one in addresses for word in _words(one.body.get("cors"))]
    made = module.resources.get(resource_named(function) or ("", ""))
    if made is None:
        return checks_its_callers(headers, ())
    named = [*_words(made.body.get("environment"), keys=True), *variables_given(made, block, module)]
    return checks_its_callers(headers, named) or has_made_up_key(made, block, module)


def _start_of_code(block: Block, module: Module) -> str:
    """Where the code of the function starts that a permission or address stands on; empty where it is not told."""
    made = module.resources.get(resource_named(block.body.get("function_name")) or ("", ""))
    if made is None or made.kind != "aws_lambda_function":
        return ""
    packed = made.body.get("filename")
    archive = _ARCHIVE.match(packed.text) if isinstance(packed, Expression) else None
    source = module.data.get(("archive_file", archive[1])) if archive is not None else None
    folder = source.body.get("source_dir") if source is not None else None
    return start_of_code(made.body.get("handler"), folder.text if isinstance(folder, Expression) else folder or "")


def _words(value: Value, *, keys: bool = False) -> Iterator[str]:
    """The texts and expressions of a value, up to a bound; with `keys` the names in it and no texts."""
    waiting, seen = [value], 0
    while waiting and seen < _MOST_WORDS:
        current = waiting.pop()
        seen += 1
        if isinstance(current, Expression):
            yield current.text[:_MOST_WORDS]
        elif isinstance(current, str) and not keys:
            yield current
        elif isinstance(current, dict):
            yield from (name for name in current if keys)
            waiting.extend(current.values())
        elif isinstance(current, list):
            waiting.extend(current)


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
        "InvokedViaFunctionUrl": stated("invoked_via_function_url"),
    }
    statement = {
        "Effect": literal("Allow", block.at),
        "Principal": principal_of(stated("principal")),
        "Action": stated("action"),
        "Resource": stated("function_name") if "function_name" in block.body else stated("layer_name"),
        "Condition": condition_of(keys, block.at),
    }
    return mapping({"Statement": sequence([mapping(statement, block.at)], block.at)}, block.at)
