"""Policy documents are found wherever a JSON file holds them, with what stands around them: a role, a user, a name.

Shapes: a bare document; what `create-role`, `put-role-policy`, `create-policy` and `get-account-authorization-details`
of the command line take and print (docs.aws.amazon.com/cli/latest/reference/iam, partly re-read 2026-11-22); lists of
those. Only the version of a managed policy that is in force counts, and AWS's own managed policies are not the reader's
to change. CloudFormation templates, Terraform state, what the CDK leaves behind and captured API events hold statements
too, but mean something else and are left alone. So do stack policies, which say what an update may touch and let nobody
in (docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html, read 2026-11-22), and the
settings of SeaweedFS, an object store that speaks AWS's language about its own buckets: its roles and policies rule
nothing in AWS (github.com/seaweedfs/seaweedfs, test/s3/iam/iam_config.json, read 2026-11-22).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.formats.aws.other_clouds import is_of_another_cloud

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node

_DEEPEST = 12
_MOST = 2_000
_ELSEWHERE = frozenset(
    {"AWSTemplateFormatVersion", "terraform_version", "planned_values", "Records", "$schema", "eventSource"}
)
_MOST_JOINED = 30_000
"""Statements of attached policies that are joined with the principals of one file: some thousand principals' worth."""
_OWNERS = ("RoleName", "UserName", "GroupName")
_HOLDS = ("AssumeRolePolicyDocument", "RolePolicyList", "UserPolicyList", "GroupPolicyList", "PolicyDocument")
_GENERATED = "aws:cdk:"
"""How keys of the tree that the CDK writes beside its templates begin; the template says the same."""
_BY_AWS = ":iam::aws:policy/"


class Found(Struct, frozen=True):
    """A document, or a principal with its documents.

    `owner` is the mapping that names the principal, if any, `name` what a mapping beside a loose document calls it,
    `attached` the documents of managed policies that the file has and the principal carries. `printed` is what AWS
    itself wrote down: the state of an account, not the wish for one.
    """

    owner: Node | None
    documents: tuple[Node, ...]
    trust: Node | None = None
    attached: tuple[Node, ...] = ()
    name: str = ""
    printed: bool = False


def find(root: Node) -> Iterator[Found]:
    """Every principal and every loose document of a file, in file order."""
    if root.is_mapping and (not _ELSEWHERE.isdisjoint(root.value) or _is_cloudformation(root) or _is_seaweedfs(root)):
        return
    managed = _managed_documents(root)
    groups = {str(node["GroupName"].value): node for node in root["GroupDetailList"].items()}
    waiting = [root]
    seen = 0
    budget = _MOST_JOINED
    while waiting and seen < _MOST:
        node = waiting.pop()
        seen += 1
        if is_document(node):
            yield Found(None, (node,))
        elif _is_owner(node):
            attached, budget = _within(budget, _attached(node, managed, groups))
            yield Found(node, tuple(_inside(node)), _trust_of(node), attached, printed=_is_printed(node))
        elif _is_managed_policy(node):
            yield from _in_force(node)
        elif len(node.pointer) < _DEEPEST:
            waiting.extend(reversed(list(_children(node))))


def is_document(node: Node) -> bool:
    """Whether a node is a policy document: a mapping whose statements have an effect."""
    if not node.is_mapping or "Statement" not in node.value:
        return False
    held = statements(node)
    is_policy = any("Effect" in item.value for item in held) and not is_of_another_cloud(node)
    return is_policy and not all(map(_is_about_updates, held))


def _is_about_updates(statement: Node) -> bool:
    """Whether a statement is of a stack policy: what an update of a stack may touch, whoever starts it."""
    words = [str(word).lower() for key in ("Action", "NotAction") for word in statement.values_under(key)]
    return bool(words) and all(word.startswith("update:") for word in words)


def statements(document: Node) -> list[Node]:
    """The statements of a document, one or several."""
    return [item for item in document["Statement"].items() if item.is_mapping]


def _children(node: Node) -> Iterator[Node]:
    if node.is_mapping:
        for key, child in node.entries():
            if (child.is_mapping or child.is_list) and not key.startswith(_GENERATED):
                yield child
    elif node.is_list:
        yield from (child for child in node.items() if child.is_mapping or child.is_list)


def _is_owner(node: Node) -> bool:
    if not node.is_mapping:
        return False
    return any(node[key].is_text for key in _OWNERS) and any(key in node.value for key in _HOLDS)


def _trust_of(owner: Node) -> Node | None:
    document = owner["AssumeRolePolicyDocument"]
    return document if is_document(document) else None


def _inside(owner: Node) -> Iterator[Node]:
    for key in ("RolePolicyList", "UserPolicyList", "GroupPolicyList"):
        for entry in owner[key].items():
            if is_document(entry["PolicyDocument"]):
                yield entry["PolicyDocument"]
    if is_document(owner["PolicyDocument"]):
        yield owner["PolicyDocument"]


def _is_managed_policy(node: Node) -> bool:
    return node.is_mapping and (
        node["PolicyVersionList"].is_list or (node["PolicyName"].is_text and is_document(node["PolicyDocument"]))
    )


def _in_force(policy: Node) -> Iterator[Found]:
    """The document of a managed policy; nothing for one of AWS's own."""
    if _BY_AWS in str(policy["Arn"].value):
        return
    document = _document_of(policy)
    if document is not None:
        name = str(policy["PolicyName"].value) if policy["PolicyName"].is_text else ""
        yield Found(None, (document,), name=name, printed=_is_printed(policy))


def _is_printed(owner: Node) -> bool:
    """Whether a principal or policy has what AWS adds to it and nobody states."""
    return any(owner[key].exists for key in ("CreateDate", "PolicyId", "RoleId", "UserId", "GroupId"))


def _document_of(policy: Node) -> Node | None:
    """The document in force: that of the default version, else the only one there is."""
    versions = [version for version in policy["PolicyVersionList"].items() if is_document(version["Document"])]
    default = [version for version in versions if version["IsDefaultVersion"].value is True]
    if default or versions:
        return (default or versions)[0]["Document"]
    return policy["PolicyDocument"] if is_document(policy["PolicyDocument"]) else None


def _managed_documents(root: Node) -> dict[str, Node]:
    """Documents of customer-managed policies by their ARN, as account details list them."""
    found: dict[str, Node] = {}
    for policy in root["Policies"].items():
        document = _document_of(policy)
        if document is not None and policy["Arn"].is_text and _BY_AWS not in policy["Arn"].value:
            found[policy["Arn"].value] = document
    return found


def _attached(owner: Node, managed: dict[str, Node], groups: dict[str, Node]) -> Iterator[Node]:
    """What a principal carries beside its own documents: managed policies, and all that its groups have."""
    for entry in owner["AttachedManagedPolicies"].items():
        document = managed.get(str(entry["PolicyArn"].value))
        if document is not None:
            yield document
    for name in owner["GroupList"].items():
        group = groups.get(str(name.value))
        if group is not None:
            yield from _inside(group)
            yield from _attached(group, managed, {})


def _within(budget: int, documents: Iterator[Node]) -> tuple[tuple[Node, ...], int]:
    """The documents that a budget of statements allows, and what is left of it."""
    taken: list[Node] = []
    for document in documents:
        budget -= len(document["Statement"].value) if document["Statement"].is_list else 1
        if budget < 0:
            break
        taken.append(document)
    return tuple(taken), budget


def _is_cloudformation(root: Node) -> bool:
    resources = root["Resources"]
    return any(str(resource["Type"].value).startswith("AWS::") for _, resource in resources.entries())


def _is_seaweedfs(root: Node) -> bool:
    """Whether a root holds an object store's own keys or token service beside roles or policies spelt its way."""
    if not (root.at_path("sts", "signingKey").exists or root["identities"].is_list):
        return False
    roles = any(role["roleName"].is_text and role["trustPolicy"].is_mapping for role in root["roles"].items())
    return roles or any(one["name"].is_text and is_document(one["document"]) for one in root["policies"].items())
