"""Which policy documents of a template belong to which of its principals.

A policy resource names its principals (`Roles`, `Users`, `Groups`, `RoleName` …), a principal names managed policies by
ARN; either way round, a reference to a resource of the same template joins the two. Source: the pages of AWS::IAM::*
below docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_IAM.html, partly re-read 2026-11-22.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from nhilint.formats.aws.words import OWN_ACCOUNT
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
_STACK = "AWS.StackName"
_NAMES = {"AWS::IAM::Role": "RoleName", "AWS::IAM::User": "UserName", "AWS::IAM::Group": "GroupName"}


class Attachments:
    """The policies of a template, by the principal that they are attached to."""

    def __init__(self, resources: Iterable[Declared]) -> None:
        self._documents: dict[str, list[Node]] = defaultdict(list)
        self._managed: dict[str, Declared] = {}
        self._named: dict[str, str] = {}
        self._boundaries: set[str] = set()
        self._attached: set[str] = set()
        self._known = dict(_own_names(list(resources)))
        for resource in resources:
            if resource.kind == "AWS::IAM::ManagedPolicy":
                self._managed[resource.logical_id] = resource
                self._named |= dict.fromkeys(_arns(resource), resource.logical_id)
            self._boundaries.update(name for name, _ in resource.mentions("PermissionsBoundary") if name)
            for principal in self._principals(resource):
                self._documents[principal].append(resource["PolicyDocument"])
                self._attached.add(resource.logical_id)

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
        return documents, elsewhere

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
            for logical_id, entry in resource.mentions(name):
                found = self._known.get(logical_id) or self._known.get(str(entry.value))
                if found:
                    yield found


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
    return text if parts and {*resource.resolver.scope.parameters, _STACK} >= set(parts) else None


def _arns(policy: Declared) -> Iterator[str]:
    """The ARN by which a principal may name a managed policy whose name the template fixes."""
    stated = policy["ManagedPolicyName"]
    text = str(stated.value) if stated.is_text else ""
    if text and ("${" not in text or _by_parameters(policy, "ManagedPolicyName") is not None):
        yield f"arn:aws:iam::{OWN_ACCOUNT}:policy/{text}"
