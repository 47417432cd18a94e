"""A declared resource becomes the subject that its type stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.bedrock.agents import agent_of
from nhilint.formats.bedrock.gateways import gateway, target
from nhilint.formats.bedrock.harness import harness
from nhilint.formats.bedrock.interpreters import browser, interpreter
from nhilint.formats.bedrock.providers import client
from nhilint.formats.bedrock.runtimes import runtime
from nhilint.model.resource import Resource

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nhilint.formats.bedrock.spelling import Hosted
    from nhilint.formats.node import Node
    from nhilint.model.vocabulary import Agent, App, Kind, Tool

NAMES = {
    "Bedrock::Agent": "AgentName",
    "BedrockAgentCore::Runtime": "AgentRuntimeName",
    "BedrockAgentCore::Harness": "HarnessName",
    "BedrockAgentCore::Gateway": "Name",
    "BedrockAgentCore::GatewayTarget": "Name",
    "BedrockAgentCore::CodeInterpreterCustom": "Name",
    "BedrockAgentCore::BrowserCustom": "Name",
    "BedrockAgentCore::OAuth2CredentialProvider": "Name",
    "BedrockAgentCore::ApiKeyCredentialProvider": "Name",
    "BedrockAgentCore::PaymentCredentialProvider": "Name",
    "BedrockAgentCore::WorkloadIdentity": "Name",
}
"""The types that are read, without `AWS::`, with the property that names each."""

_READERS: dict[str, tuple[Kind, Callable[[Hosted], Agent | Tool | App]]] = {
    "BedrockAgentCore::Runtime": ("agent", runtime),
    "BedrockAgentCore::Harness": ("agent", harness),
    "BedrockAgentCore::Gateway": ("tool", gateway),
    "BedrockAgentCore::GatewayTarget": ("tool", target),
    "BedrockAgentCore::CodeInterpreterCustom": ("tool", interpreter),
    "BedrockAgentCore::BrowserCustom": ("tool", browser),
}


def subject(
    hosted: Hosted, format_id: str, groups: Sequence[Node] = (), collaborators: Sequence[Node] = ()
) -> Resource:
    """The subject of one resource. `groups` and `collaborators` are what other resources add to an agent."""
    if hosted.kind == "Bedrock::Agent":
        return Resource("agent", hosted.name, format_id, agent_of(hosted, groups, collaborators))
    if hosted.kind in _READERS:
        kind, reader = _READERS[hosted.kind]
        return Resource(kind, hosted.name, format_id, reader(hosted))
    return Resource("app", hosted.name, format_id, client(hosted))
