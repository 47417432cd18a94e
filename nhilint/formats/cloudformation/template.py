"""A CloudFormation or SAM template becomes its identities, the policies on its resources and the keys it makes.

Recognised by content: a mapping `Resources` that has an entry with a type of AWS. Templates that a
tool renders first (Jinja, Helm) are no YAML before that, and stay unread.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.aws.role_chains import Member, with_role_chains
from nhilint.formats.cloudformation.attachments import Attachments
from nhilint.formats.cloudformation.cluster_access import cluster_accesses, pod_identities
from nhilint.formats.cloudformation.declared import declared
from nhilint.formats.cloudformation.kept import kept
from nhilint.formats.cloudformation.loops import stated_resources
from nhilint.formats.cloudformation.on_request import on_request
from nhilint.formats.cloudformation.principals import loose_policies, principals
from nhilint.formats.cloudformation.referents import arn_of
from nhilint.formats.cloudformation.resolver import Resolver
from nhilint.formats.cloudformation.resource_policies import resource_policies
from nhilint.formats.cloudformation.scope import Scope, section
from nhilint.formats.cloudformation.serverless import serverless_roles
from nhilint.formats.cloudformation.stated_again import as_of_role
from nhilint.formats.cloudformation.written import written_in_template
from nhilint.model.fact import value_of
from nhilint.model.resource import Extraction, Resource
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.cloudformation.declared import Declared
    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.identity import Identity
    from nhilint.source.document import Document
    from nhilint.source.value import Value

STACK_SET = "AWS::CloudFormation::StackSet"
_MD5 = Deferred(r"[0-9a-f]{32}")
_PUT_INTO_A_BUCKET = ("CodeUri", "ContentUri", "DefinitionUri", "TemplateURL")


def extract(document: Document, claim: Claim) -> Extraction:
    """Everything of the template that holds or gives permissions."""
    template = document.value
    if not isinstance(template, dict) or not is_template(template):
        return Extraction(recognised=False)
    found = tuple(subjects_of(document, Scope(template), claim.format))
    keeps = () if _is_copy(template) else kept(document, template, holds=bool(found))
    waiting = on_request(template, document.path) if "Conditions" in template and not _is_copy(template) else ()
    return Extraction((*found, *written_in_template(document, claim), *keeps, *waiting))


def subjects_of(document: Document, scope: Scope, format_id: str = "aws-cloudformation") -> Iterable[Resource]:
    """What a template declares, as its values refer to what `scope` has; nothing for a document that is none."""
    template = document.value if isinstance(document.value, dict) else {}
    fills_in = "AWS::AccountId" in document.text
    resources = list(declared(template, Resolver(scope, document.path), fills_in=fills_in))
    found: Iterable[Resource] = subjects(resources, format_id)
    sets = [one for one in resources if one.kind == STACK_SET]
    if sets:
        from nhilint.formats.cloudformation.stack_sets import declared_in

        found = chain(found, *(subjects(declared_in(one), format_id) for one in sets))
    if _is_copy(template):
        found = (replace(resource, setting="copied") for resource in found)
    return found


def _is_copy(template: dict[str, Value]) -> bool:
    return _is_packaged(template) or _bootstraps_the_cdk(template)


def _bootstraps_the_cdk(template: dict[str, Value]) -> bool:
    """Whether it is what `cdk bootstrap` applies: AWS's own template, whose qualifier is a part of every role's name.

    Source, read 2026-11-22: docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html.
    """
    return "Qualifier" in section(template, "Parameters") and "CdkBootstrapVersion" in section(template, "Resources")


def _is_packaged(template: dict[str, Value]) -> bool:
    """Whether `sam package` or `aws cloudformation package` wrote it: the code lies in a bucket, named by its MD5.

    Its own source is the template that somebody decides about. Source, read 2026-11-22:
    docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html.
    """
    return any(map(_lies_in_a_bucket, section(template, "Resources").values()))


def _lies_in_a_bucket(body: Value) -> bool:
    properties = section(section({"": body}, ""), "Properties")
    keys = (section(properties, "Code").get("S3Key"), *filter(_is_address, map(properties.get, _PUT_INTO_A_BUCKET)))
    names = (key.rpartition("/")[2].removesuffix(".template") for key in keys if isinstance(key, str))
    return any(_MD5.fullmatch(name) is not None for name in names)


def _is_address(stated: Value) -> bool:
    return isinstance(stated, str) and stated.startswith(("s3://", "https://s3"))


def is_template(value: dict[str, Value]) -> bool:
    """Whether a mapping is a template."""
    kinds = (body.get("Type") for _, body, _ in stated_resources(value))
    return any(isinstance(kind, str) and kind.startswith("AWS::") for kind in kinds)


def subjects(resources: list[Declared], format_id: str) -> Iterator[Resource]:
    """What the resources of a template hold and give, in the order of the kinds."""
    attachments = Attachments(resources)
    named = [*principals(resources, attachments), *serverless_roles(resources, attachments)]
    chained = with_role_chains([Member(facts, _arns(facts)) for _, facts in named])
    accesses = cluster_accesses(resources)
    for (name, _), principal in zip(named, chained, strict=True):
        entered = tuple(accesses.get(str(principal.at.pointer[-1]) if principal.at.pointer else name, ()))
        facts = replace(principal, cluster_access=entered) if entered else principal
        yield Resource("identity", name, format_id, facts)
    for name, loose in loose_policies(resources, attachments):
        yield Resource("identity", name, format_id, as_of_role(loose, chained))
    for name, policy in resource_policies(resources):
        yield Resource("resource_policy", name, format_id, policy)
    yield from pod_identities(resources)
    if any(resource.kind == "AWS::Cognito::UserPoolClient" for resource in resources):
        from nhilint.formats.cognito.templates import pool_clients

        yield from pool_clients(resources, format_id)
    if any(resource.kind.startswith("AWS::Bedrock") for resource in resources):
        from nhilint.formats.bedrock.templates import hosted_subjects

        yield from hosted_subjects(resources, format_id)
    if any(resource.kind == "AWS::CodeBuild::Project" for resource in resources):
        from nhilint.formats.cloud_builds.templates import build_triggers

        yield from build_triggers(resources, format_id)
    if any(
        resource.kind in ("AWS::BedrockAgentCore::Policy", "AWS::VerifiedPermissions::Policy") for resource in resources
    ):
        from nhilint.formats.cedar.declared import template_policies

        yield from template_policies(resources, format_id)


def _arns(facts: Identity) -> tuple[str, ...]:
    """What references of the template make of a principal: its logical id, or its name, in the place of its name."""
    kind = {"role": "AWS::IAM::Role", "user": "AWS::IAM::User"}.get(value_of(facts.kind) or "")
    names = (str(facts.at.pointer[-1]) if facts.at.pointer else "", value_of(facts.name) or "")
    return tuple(arn_of(name, kind) for name in names if name) if kind else ()
