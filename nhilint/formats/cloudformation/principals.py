"""IAM resources of a template become identities: roles, users, groups, and policies that nobody in it has.

Source: docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_IAM.html and the pages below it, read
2026-11-22. An access key that a template makes never expires, and its secret stands in the stack's outputs.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.aws.boundary import bounded
from nhilint.formats.aws.identity import LIMITS, Holding, IdentityKind, identity, statements_of_boundary
from nhilint.formats.cloudformation.attachments import POLICIES
from nhilint.model.fact import Known
from nhilint.model.vocabulary.credential import Credential

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.cloudformation.attachments import Attachments
    from nhilint.formats.cloudformation.declared import Declared
    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.identity import Identity

_KINDS: dict[str, tuple[IdentityKind, str]] = {
    "AWS::IAM::Role": ("role", "RoleName"),
    "AWS::IAM::User": ("user", "UserName"),
    "AWS::IAM::Group": ("group", "GroupName"),
}
_CONTROLS = ("SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY")
"""Types of an organisation's policies that are written in the policy language. Source:
docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-organizations-policy.html, from a survey."""


def principals(resources: Iterable[Declared], attachments: Attachments) -> Iterator[tuple[str, Identity]]:
    """The roles, users and groups of a template with all that it attaches to them."""
    keys = _keys(resources)
    for resource in resources:
        if resource.kind in _KINDS:
            kind, name = _KINDS[resource.kind]
            yield _principal(resource, kind, resource.name(name), attachments, keys)
    declared = {resource.logical_id for resource in resources}
    for user, made in keys.items():
        if user not in declared:  # made elsewhere, and named
            yield user, identity(Holding(kind="user", name=user, at=made[0].at, credentials=tuple(made)))


def loose_policies(resources: Iterable[Declared], attachments: Attachments) -> Iterator[tuple[str, Identity]]:
    """The policies that no principal of the template has; after `principals`, which finds out. Those of an organisation
    only ever limit."""
    for resource in resources:
        if resource.kind == "AWS::Organizations::Policy" and resource["Type"].value in _CONTROLS:
            name, content = resource.name("Name"), resource["Content"]
            at = resource.at
            yield name, identity(Holding(kind="control_policy", name=name, at=at, documents=(content,)))
        if resource.kind not in POLICIES or attachments.is_attached(resource):
            continue
        name = resource.name("ManagedPolicyName", "PolicyName")
        limits = attachments.is_boundary(resource) or LIMITS.search(name) or LIMITS.search(resource.logical_id)
        kind: IdentityKind = "control_policy" if limits else "policy"
        document = resource["PolicyDocument"]
        if document.exists:
            held = Holding(kind=kind, name=name, at=resource.at, documents=(document,))
            yield name, identity(replace(held, fills_in_account=resource.fills_in_account))


def _principal(
    resource: Declared,
    kind: IdentityKind,
    name: str,
    attachments: Attachments,
    keys: dict[str, list[Credential]],
) -> tuple[str, Identity]:
    declared_here, elsewhere = attachments.managed(resource, "ManagedPolicyArns")
    trust = resource["AssumeRolePolicyDocument"]
    bound = attachments.boundary(resource)
    facts = identity(
        Holding(
            kind=kind,
            name=name,
            at=resource.at,
            documents=(*_inline(resource), *attachments.documents(resource.logical_id), *declared_here),
            trust=trust if trust.exists else None,
            managed=tuple(elsewhere),
            boundary=resource["PermissionsBoundary"].text(),
            session=resource["MaxSessionDuration"].number(),
            credentials=tuple(keys.get(resource.logical_id, ())),
            name_at=resource.named_at(_KINDS[resource.kind][1]),
            fills_in_account=resource.fills_in_account,
            signs_in=kind == "user" and resource["LoginProfile"].exists,
        )
    )
    return name, bounded(facts, statements_of_boundary(bound) if bound is not None else None)


def _inline(resource: Declared) -> Iterator[Node]:
    for policy in resource["Policies"].items():
        document = policy["PolicyDocument"]
        if document.exists:
            yield document
        elif not policy.is_mapping:
            yield policy


def _keys(resources: Iterable[Declared]) -> dict[str, list[Credential]]:
    """The access keys that a template makes, by the logical id of their user, or by its name where it is elsewhere."""
    found: dict[str, list[Credential]] = defaultdict(list)
    declared = {resource.logical_id for resource in resources}
    users = {r.name("UserName"): r.logical_id for r in resources if r.kind == "AWS::IAM::User"}
    for resource in resources:
        if resource.kind == "AWS::IAM::AccessKey":
            for referred_to, stated in resource.mentions("UserName"):
                name = str(stated.value) if stated.is_text and "${" not in str(stated.value) else ""
                user = referred_to if referred_to in declared else users.get(name, name)
                if user:
                    found[user].append(access_key(resource.logical_id, resource))
    return found


def access_key(name: str, resource: Declared) -> Credential:
    """The long-lived key that a resource makes for a user."""
    at = resource.at
    return Credential(
        at=at,
        name=Known(name, at),
        type=Known("aws-access-key-id", at),
        type_title=Known("an AWS access key", at),
        provider=Known("AWS", at),
        principal=Known("workload", at),
        never_expires=Known(resource["Status"].value != "Inactive", at),
    )
