"""Agents, gateways and tools that a Terraform module declares; action groups and collaborators join their agent.

Source: the pages of aws_bedrockagent_* and aws_bedrockagentcore_* below
registry.terraform.io/providers/hashicorp/aws/latest/docs/resources, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import literal, mapping
from nhilint.formats.bedrock.spelling import Hosted, plain, told
from nhilint.formats.bedrock.subjects import NAMES, subject
from nhilint.model.fact import Known
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.formats.terraform.module import Block
    from nhilint.formats.terraform.resolver import Resolver
    from nhilint.model.place import Place
    from nhilint.model.resource import Resource

_KINDS = {
    "aws_bedrockagent_agent": "Bedrock::Agent",
    "aws_bedrockagentcore_agent_runtime": "BedrockAgentCore::Runtime",
    "aws_bedrockagentcore_harness": "BedrockAgentCore::Harness",
    "aws_bedrockagentcore_gateway": "BedrockAgentCore::Gateway",
    "aws_bedrockagentcore_gateway_target": "BedrockAgentCore::GatewayTarget",
    "aws_bedrockagentcore_code_interpreter": "BedrockAgentCore::CodeInterpreterCustom",
    "aws_bedrockagentcore_browser": "BedrockAgentCore::BrowserCustom",
    "aws_bedrockagentcore_oauth2_credential_provider": "BedrockAgentCore::OAuth2CredentialProvider",
    "aws_bedrockagentcore_api_key_credential_provider": "BedrockAgentCore::ApiKeyCredentialProvider",
    "aws_bedrockagentcore_workload_identity": "BedrockAgentCore::WorkloadIdentity",
}
_ROLE = Deferred(r"\baws_iam_role\.([\w-]{1,200})(?:\[[^\[\]]{0,100}\])?\.arn\b")
_AGENT = Deferred(r"\baws_bedrockagent_agent\.([\w-]{1,200})(?:\[[^\[\]]{0,100}\])?\.")


def hosted_subjects(resolver: Resolver) -> Iterator[Resource]:
    """The subjects of a module; the format is named by the caller, who knows their files."""
    groups = _of_agents(resolver, "aws_bedrockagent_agent_action_group")
    collaborators = _of_agents(resolver, "aws_bedrockagent_agent_collaborator")
    for block in resolver.module.resources.values():
        kind = _KINDS.get(block.kind)
        if kind is not None:
            hosted = _hosted(block, kind, resolver)
            yield subject(hosted, "", groups.get(block.label, ()), collaborators.get(block.label, ()))


def _hosted(block: Block, kind: str, resolver: Resolver) -> Hosted:
    node = node_of(block, resolver)
    roles: dict[str, Place] = {}
    for name, value in block.body.items():
        found = _ROLE.search(value.text) if name.endswith("role_arn") and isinstance(value, Expression) else None
        role = resolver.module.resources.get(("aws_iam_role", found[1])) if found else None
        if role is not None:
            roles[plain(name)] = role.at
    hosted = Hosted(kind, block.label, node, block.at, roles)
    stated = told(hosted[NAMES[kind]])
    return Hosted(kind, stated.value, node, block.at, roles) if isinstance(stated, Known) and stated.value else hosted


def _of_agents(resolver: Resolver, kind: str) -> dict[str, list[Node]]:
    """The blocks of a type by the label of the agent that each refers to."""
    found: dict[str, list[Node]] = {}
    for block in resolver.module.of_kind(kind):
        value = block.body.get("agent_id")
        match = _AGENT.search(value.text) if isinstance(value, Expression) else None
        if match is not None:
            found.setdefault(match[1], []).append(node_of(block, resolver))
    return found


def node_of(block: Block, resolver: Resolver) -> Node:
    """The body of a block; parts that an expression makes as often as it likes are there and unknown."""
    node = resolver.node(block.body, block.spot)
    dynamic = block.body.get("dynamic")
    made = {name: literal("${dynamic}", block.at) for name in (dynamic if isinstance(dynamic, dict) else ())}
    return mapping({**made, **dict(node.entries())}, block.at) if made else node
