"""IAM resources of a template become identities: roles, users, groups, and policies that nobody in it has.

Source: docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_IAM.html and the pages below it, read
2026-11-22. An access key that a template makes never expires; its secret may stand in the outputs of the stack.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.aws.boundary import bounded
from nhilint.formats.aws.deployers import purpose
from nhilint.formats.aws.guardrails import guarded
from nhilint.formats.aws.identity import LIMITS, Holding, IdentityKind, identity, statements_of_boundary
from nhilint.formats.aws.ways_in import has_only, of_accounts
from nhilint.formats.cloudformation.attachments import POLICIES
from nhilint.formats.cloudformation.build_roles import roles_of_plain_builds
from nhilint.formats.cloudformation.custom_resources import roles_of_custom_resources
from nhilint.formats.cloudformation.declared import referred, referred_branch
from nhilint.formats.cloudformation.referents import arn_of
from nhilint.formats.cloudformation.unheld_roles import lessened, roles_handed_to_nothing
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.place import Place
from nhilint.model.vocabulary.credential import Credential
from nhilint.source.deferred import Deferred
from nhilint.source.value import Tagged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nhilint.formats.cloudformation.attachments import Attachments
    from nhilint.formats.cloudformation.declared import Declared
    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact
    from nhilint.model.vocabulary.identity import Identity
    from nhilint.source.value import Value

_KINDS: dict[str, tuple[IdentityKind, str]] = {
    "AWS::IAM::Role": ("role", "RoleName"),
    "AWS::IAM::User": ("user", "UserName"),
    "AWS::IAM::Group": ("group", "GroupName"),
}
_KEPT_THINGS = frozenset(
    {
        "AWS::DynamoDB::Table",
        "AWS::ECR::Repository",
        "AWS::Kinesis::Stream",
        "AWS::KinesisFirehose::DeliveryStream",
        "AWS::S3::Bucket",
        "AWS::SNS::Topic",
        "AWS::SQS::Queue",
    }
)
"""What a stack makes that holds data or messages, and no secrets or code."""
_TASK = "AWS::ECS::TaskDefinition"
_PIPELINE = "AWS::CodePipeline::Pipeline"
_CHANNELS = ("AWS::Chatbot::SlackChannelConfiguration", "AWS::Chatbot::MicrosoftTeamsChannelConfiguration")
_MOST_OUTPUTS = 200
"""AWS takes no more (docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html)."""
_DEEPEST_JOIN = 6
"""Lists within lists in which a text is put together, as `Fn::Join` and `Fn::If` have them."""
_FILLED_LATER = Deferred(r"\$\{[^{}]*\}")
_CONTROLS = ("SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY")
"""Types of an organisation's policies that are written in the policy language. Source:
docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-organizations-policy.html, from a survey."""


def principals(resources: Iterable[Declared], attachments: Attachments) -> Iterator[tuple[str, Identity]]:
    """The roles, users and groups of a template with all that it attaches to them."""
    keys = _keys(resources)
    started, acting = _execution_roles(resources), _action_roles(resources)
    customizing, channels = roles_of_custom_resources(resources), _guardrails(resources)
    unheld, building = roles_handed_to_nothing(resources), roles_of_plain_builds(resources)
    for resource in resources:
        if resource.kind in _KINDS:
            kind, name = _KINDS[resource.kind]
            called, facts = _principal(resource, kind, resource.name(name), attachments, keys)
            facts = guarded(facts, channels.get(resource.logical_id, ()))
            facts = lessened(facts) if resource.logical_id in unheld else facts
            if resource.logical_id in acting and _is_entered_by_accounts(facts):
                facts = replace(facts, taken_by=Known("definition", facts.at))
            if resource.logical_id in building and value_of(facts.taken_by) == "deployment":
                facts = replace(facts, taken_by=Known("anything", facts.at))
            tasks = Known(value=True, at=facts.at) if resource.logical_id in started else None
            if resource.logical_id in customizing:
                facts = replace(facts, of_custom_resources=Known(value=True, at=facts.at))
            yield called, replace(facts, starts_tasks=tasks) if tasks is not None else facts
    declared = {resource.logical_id for resource in resources}
    for user, made in keys.items():
        if user not in declared:  # made elsewhere, and named
            yield user, identity(Holding(kind="user", name=user, at=made[0].at, credentials=tuple(made)))


def _execution_roles(resources: Iterable[Declared]) -> frozenset[str]:
    """The logical ids of roles that only start the tasks of Amazon ECS, whose containers never hold them. Source:
    docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html, read 2026-11-22."""
    started: set[str] = set()
    others: set[str] = set()
    for resource in resources if any(one.kind == _TASK for one in resources) else ():
        for name, value in resource.raw.items() if not resource.kind.startswith("AWS::IAM::") else ():
            by_start = (resource.kind, name) == (_TASK, "ExecutionRoleArn")
            (started if by_start else others).add(referred(value) or referred_branch(value))
    return frozenset(started - others)


def _action_roles(resources: Iterable[Declared]) -> frozenset[str]:
    """The logical ids of roles that actions of a pipeline run with: CodePipeline's own role takes them, which their
    trust says of the whole account. Source: docs.aws.amazon.com/codepipeline/latest/userguide/
    action-reference.html and reference-pipeline-structure.html (`roleArn` of an action), read 2026-11-23."""
    return frozenset(
        referred(action["RoleArn"])
        for pipeline in resources
        if pipeline.kind == _PIPELINE
        for stage in _records(pipeline.raw.get("Stages"))
        for action in _records(stage.get("Actions"))
        if "RoleArn" in action
    ) - {""}


def _guardrails(resources: Iterable[Declared]) -> dict[str, list[list[str]]]:
    """The guardrails of each chat channel, by the logical id of the role that it acts with. Source:
    docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Chatbot.html, from a survey."""
    found: dict[str, list[list[str]]] = defaultdict(list)
    for channel in resources:
        if channel.kind in _CHANNELS:
            named = [str(policy.value) for policy in channel["GuardrailPolicies"].items()]
            found[referred(channel.raw.get("IamRoleArn"))].append(named)
    return found


def _is_entered_by_accounts(facts: Identity) -> bool:
    ways = known_records(facts.trusts)
    return has_only(facts.trusts, ways) and all(map(of_accounts, ways))


def _records(value: Value | None) -> Iterator[dict[str, Value]]:
    for one in value if isinstance(value, list) else ():
        if isinstance(one, dict):
            yield one


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
            called = _called(resource, "ManagedPolicyName")
            held = Holding(kind=kind, name=name, at=resource.at, documents=(document,), called=called)
            yield name, identity(replace(held, fills_in_account=resource.fills_in_account))


def _of_groups(groups: Sequence[Declared], attachments: Attachments) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """The documents that groups carry, and what is attached to them by a name from elsewhere."""
    managed = [attachments.managed(group, "ManagedPolicyArns") for group in groups]
    documents = (
        *(document for group in groups for document in _inline(group)),
        *(document for group in groups for document in attachments.documents(group.logical_id)),
        *(document for declared_here, _ in managed for document in declared_here),
    )
    return documents, tuple(entry for _, elsewhere in managed for entry in elsewhere)


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
    made = tuple(keys.get(resource.logical_id, ()))
    signs_in = kind == "user" and resource["LoginProfile"].exists
    groups = tuple(attachments.groups_of(resource)) if made and not signs_in else ()
    shared, attached_to_groups = _of_groups(groups, attachments)
    facts = identity(
        Holding(
            kind=kind,
            name=name,
            at=resource.at,
            documents=(*_inline(resource), *attachments.documents(resource.logical_id), *declared_here),
            trust=trust if trust.exists else None,
            attached=shared,
            managed=(*elsewhere, *attached_to_groups),
            boundary=resource["PermissionsBoundary"].text(),
            session=resource["MaxSessionDuration"].number(),
            credentials=made,
            own=tuple(attachments.own_arns(resource)),
            name_at=resource.named_at(_KINDS[resource.kind][1]),
            called=_called(resource, _KINDS[resource.kind][1]),
            fills_in_account=resource.fills_in_account,
            signs_in=signs_in,
        )
    )
    if made and not groups:
        alone = Known(_is_on_one_resource(facts, resource.resolver.scope.types), resource.at)
        facts = replace(facts, on_one_resource=alone)
    return name, bounded(facts, statements_of_boundary(bound) if bound is not None else None)


def _is_on_one_resource(facts: Identity, types: dict[str, str]) -> bool:
    """Whether all that a principal is given names one resource of its template that holds what the stack keeps there,
    or the things within it."""
    held = known_records(facts.grants)
    if facts.managed is not None or isinstance(facts.grants, Unknown) or len(held) < len(facts.grants):
        return False
    named = [value_of(one.resources) or ("",) for one in held if value_of(one.effect) != "deny"]
    meant = {text.removesuffix("/*") for texts in named for text in texts}
    ours = {arn_of(logical_id, kind) for logical_id, kind in types.items() if kind in _KEPT_THINGS}
    return len(meant) == 1 and meant <= ours


def _called(resource: Declared, name: str) -> str:
    """All that a template says of what a principal is: its logical id, the stated part of its name, its purpose."""
    stated, told = resource[name], resource["Description"]
    part = _FILLED_LATER.sub(" ", str(stated.value)) if stated.is_text else ""
    return f"{resource.logical_id} {part} {purpose(str(told.value)) if told.is_text else ''}"


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
    for key in (resource for resource in resources if resource.kind == "AWS::IAM::AccessKey"):
        for referred_to, stated in key.mentions("UserName"):
            name = str(stated.value) if stated.is_text and "${" not in str(stated.value) else ""
            user = referred_to if referred_to in declared else users.get(name, name)
            if user:
                found[user].append(access_key(key.logical_id, key))
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
        shown_by_outputs=_shown_by_outputs(name, resource),
    )


def _shown_by_outputs(name: str, key: Declared) -> Fact[bool]:
    """Whether an output of the same template gives the secret of a key, and which."""
    if key.at.pointer[:1] != ("Resources",):
        return None
    for output, stated in islice(key.resolver.scope.outputs.items(), _MOST_OUTPUTS):
        value = stated.get("Value") if isinstance(stated, dict) else None
        if _gives_secret(value, name):
            return Known(value=True, at=Place(key.at.path, ("Outputs", output, "Value")))
    return None


def _gives_secret(value: Value, name: str, depth: int = 0) -> bool:
    """Whether a value is the secret of a key, or a text that is put together with it."""
    argument = value.value if isinstance(value, Tagged) else value
    if isinstance(argument, dict) and len(argument) == 1:
        argument = next(iter(argument.values()))
    if isinstance(argument, list):
        further = argument if depth < _DEEPEST_JOIN else []
        return argument == [name, "SecretAccessKey"] or any(_gives_secret(one, name, depth + 1) for one in further)
    wanted = f"{name}.SecretAccessKey"
    return isinstance(argument, str) and (argument == wanted or "${" + wanted + "}" in argument)
