"""Cedar statements that a template or a Terraform module hands to AgentCore or Verified Permissions become policies.

Sources, read 2026-11-22: AWS::BedrockAgentCore::Policy (`Definition.Cedar.Statement`) and
AWS::VerifiedPermissions::Policy (`Definition.Static.Statement`) in the CloudFormation template reference, and the
resources `aws_bedrockagentcore_policy` and `aws_verifiedpermissions_policy` of Terraform's AWS provider. A statement
that is filled in as a whole is no Cedar yet, and left alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nhilint.formats.aws.assembled import Assembled
from nhilint.formats.cedar.policy import policy_of
from nhilint.formats.terraform.interpolation import filled, heredoc
from nhilint.formats.terraform.module import NOWHERE
from nhilint.model.resource import Resource
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nhilint.formats.cloudformation.declared import Declared
    from nhilint.formats.node import Node
    from nhilint.formats.terraform.fragment import Fragment
    from nhilint.formats.terraform.resolver import Resolver
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.policy import Policy
    from nhilint.source.value import Value

TEMPLATE_KINDS: Final[dict[str, tuple[str, str]]] = {
    "AWS::BedrockAgentCore::Policy": ("Cedar", "Statement"),
    "AWS::VerifiedPermissions::Policy": ("Static", "Statement"),
}
MODULE_KINDS: Final[dict[str, str]] = {
    "aws_bedrockagentcore_policy": "cedar",
    "aws_verifiedpermissions_policy": "static",
}


def template_policies(resources: Iterable[Declared], format_id: str) -> Iterator[Resource]:
    """The policies that a template declares."""
    for resource in resources:
        keys = TEMPLATE_KINDS.get(resource.kind)
        if keys is None:
            continue
        name = resource.name("Name")
        found = _stated(name, resource["Definition"][keys[0]][keys[1]], resource.at)
        if found is not None:
            yield Resource("policy", name, format_id, found)


def module_policies(resolver: Resolver, by_path: Mapping[str, Fragment]) -> Iterator[Resource]:
    """The policies that a Terraform module declares."""
    for kind, inner in MODULE_KINDS.items():
        for block in resolver.module.of_kind(kind):
            definition = resolver.node(block.body.get("definition"), block.spot.to("definition"))
            held = _first(_first(definition)[inner])["statement"]
            written = _written(block.body.get("definition"), inner, resolver)
            stated = block.body.get("name")
            name = stated if isinstance(stated, str) and stated else block.label
            found = _stated(name, held if written is None else Assembled(written, held.at), block.at)
            if found is not None:
                home = by_path[block.at.path]
                yield Resource("policy", name, home.format, found, home.setting)


def _stated(name: str, statement: Node, at: Place) -> Policy | None:
    if not isinstance(statement.value, str):
        return None
    return policy_of(name, statement.value, at, lambda _start, _end: statement.at)


def _written(definition: Value, inner: str, resolver: Resolver) -> str | None:
    """The text of a heredoc with expressions in it; None for any other way to state it."""
    value = definition
    for key in (inner, "statement"):
        body = value[0] if isinstance(value, list) and value else value
        value = body.get(key) if isinstance(body, dict) else None
    lines = heredoc(value.text) if isinstance(value, Expression) and value.text.startswith("<<") else None
    return filled(lines[0], lambda source: resolver.text(Expression(source), NOWHERE)) if lines is not None else None


def _first(node: Node) -> Node:
    """The body of a block, or an object that is assigned."""
    return node[0] if node.is_list else node
