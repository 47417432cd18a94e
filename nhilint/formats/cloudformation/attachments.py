"""Which policy documents of a template belong to which of its principals.

A policy resource names its principals (`Roles`, `Users`, `Groups`, `RoleName` …), a principal names managed policies by
ARN; either way round, a reference to a resource of the same template joins the two. Source: the pages of AWS::IAM::*
below docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_IAM.html, partly re-read 2026-11-22.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from nhilint.formats.aws.words import OWN_ACCOUNT, OWN_REGION
from nhilint.formats.cloudformation.referents import arn_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.cloudformation.declared import Declared
    from nhilint.formats.node import Node

POLICIES = {
    "AWS::IAM::Policy": ("Roles", "Users", "Groups"),
    "AWS::IAM::ManagedPolicy": ("Roles", "Users", "Groups"),
    "AWS::IAM::RolePolicy": ("RoleName",),
    "AWS::IAM::UserPolicy": ("UserName",),
    "AWS::IAM::GroupPolicy": ("GroupName",),
}
"""Resources that hold one document, with the properties that name its principals."""
_PART = Deferred(r"\$\{([^{}]*)\}")
_OF_STACK = ("AWS.StackName", *(part.removeprefix("${").removesuffix("}") for part in (OWN_ACCOUNT, OWN_REGION)))
"""What is the same wherever a template says it."""
_NAMES = {"AWS::IAM::Role": "RoleName", "AWS::IAM::User": "UserName", "AWS::IAM::Group": "GroupName"}


class Attachments:
    """The policies of a template, by the principal that they are attached to."""

    def __init__(self, resources: Iterable[Declared]) -> None:
        self._documents: dict[str, list[Node]] = defaultdict(list)
        self._managed: dict[str, Declared] = {}
        self._named: dict[str, str] = {}
        self._boundaries: set[str] = set()
        self._attached: set[str] = set()
        self._carried: dict[str, list[Declared]] = defaultdict(list)
        self._groups: dict[str, dict[str, Declared]] = defaultdict(dict)
        self._declared = {resource.logical_id: resource for resource in resources}
        self._known = dict(_own_names(list(resources)))
        for resource in resources:
            if resource.kind == "AWS::IAM::ManagedPolicy":
                self._managed[resource.logical_id] = resource
                self._named |= dict.fromkeys(_arns(resource), resource.logical_id)
            self._join(resource)
            self._boundaries.update(name for name, _ in resource.mentions("PermissionsBoundary") if name)
            for principal in self._principals(resource):
                self._documents[principal].append(resource["PolicyDocument"])
                self._attached.add(resource.logical_id)
                if resource.kind == "AWS::IAM::ManagedPolicy":
                    self._carried[principal].append(resource)

    def documents(self, principal: str) -> list[Node]:
        """The documents of policy resources that name a principal."""
        return self._documents.get(principal, [])

    def managed(self, principal: Declared, name: str) -> tuple[list[Node], list[Node]]:
        """A list of managed policies: the documents of those that the template declares, and the other entries."""
        documents: list[Node] = []
        elsewhere: list[Node] = []
        for referred_to, entry in principal.mentions(name):
            policy = self._managed.get(referred_to) or self._managed.get(self._named.get(str(entry.value), ""))
            if policy is None:
                elsewhere.append(entry)
            else:
                documents.append(policy["PolicyDocument"])
                self._attached.add(policy.logical_id)
                self._carried[principal.logical_id].append(policy)
        return documents, elsewhere

    def own_arns(self, principal: Declared) -> Iterator[str]:
        """What stands for the ARNs of a principal and of the managed policies of the template that it carries; asked
        after the list of its managed policies has been read."""
        for one in (principal, *self._carried.get(principal.logical_id, ())):
            yield arn_of(one.logical_id, one.kind)
            yield from _arns(one)

    def groups_of(self, user: Declared) -> Iterable[Declared]:
        """The groups of the template that it puts a user into."""
        return self._groups.get(user.logical_id, {}).values()

    def _join(self, resource: Declared) -> None:
        """What a resource says of users in groups."""
        if resource.kind == "AWS::IAM::User":
            users, groups = [resource.logical_id], list(self._named_in(resource, "Groups"))
        elif resource.kind == "AWS::IAM::UserToGroupAddition":
            users, groups = list(self._named_in(resource, "Users")), list(self._named_in(resource, "GroupName"))
        else:
            return
        for user in users:
            self._groups[user].update((group, self._declared[group]) for group in groups if group in self._declared)

    def _named_in(self, resource: Declared, name: str) -> Iterator[str]:
        """The principals of the template that a property names."""
        for logical_id, entry in resource.mentions(name):
            found = self._known.get(logical_id) or self._known.get(str(entry.value))
            if found:
                yield found

    def is_attached(self, policy: Declared) -> bool:
        """Whether a principal of the template has the policy; asked after every principal has been read."""
        return policy.logical_id in self._attached

    def is_boundary(self, policy: Declared) -> bool:
        """Whether a principal of the template is bounded by the policy."""
        return policy.logical_id in self._boundaries

    def boundary(self, principal: Declared) -> Node | None:
        """The document of the boundary of a principal, where the template declares it."""
        named = [self._managed[name] for name, _ in principal.mentions("PermissionsBoundary") if name in self._managed]
        return named[0]["PolicyDocument"] if named else None

    def _principals(self, resource: Declared) -> Iterator[str]:
        for name in POLICIES.get(resource.kind, ()):
            yield from self._named_in(resource, name)


def _own_names(resources: list[Declared]) -> Iterator[tuple[str, str]]:
    """Everything that a principal of the template may be called, with its logical id."""
    for resource in resources:
        if resource.kind in _NAMES:
            yield resource.name(_NAMES[resource.kind]), resource.logical_id
            if (text := _by_parameters(resource, _NAMES[resource.kind])) is not None:
                yield text, resource.logical_id
            yield resource.logical_id, resource.logical_id
        elif resource.kind.startswith("AWS::Serverless::"):
            yield f"{resource.logical_id}Role", resource.logical_id


def _by_parameters(resource: Declared, name: str) -> str | None:
    """A name that parameters without default make up, as every mention of it reads: what they are, both have."""
    stated = resource[name]
    text = str(stated.value) if stated.is_text else ""
    parts = _PART.findall(text)
    return text if parts and {*resource.resolver.scope.parameters, *_OF_STACK} >= set(parts) else None


def _arns(holder: Declared) -> Iterator[str]:
    """The ARN of a principal or managed policy whose name the template fixes, be it with parameters that others in it
    are named by as well."""
    name, kind = ("ManagedPolicyName", "policy") if holder.kind not in _NAMES else (_NAMES[holder.kind], "")
    stated, path = holder[name], holder["Path"]
    text = str(stated.value) if stated.is_text else ""
    below = str(path.value) if path.is_text else "/"
    if text and "${" not in below and ("${" not in text or _by_parameters(holder, name) is not None):
        yield f"arn:aws:iam::{OWN_ACCOUNT}:{kind or holder.kind.rpartition('::')[2].lower()}{below}{text}"
