"""The project file of the AgentCore CLI becomes all that it deploys: runtimes, gateways, tools, wallets.

Source: the schema in npm @aws/agentcore 0.30.0 (https://schema.agentcore.aws.dev/v1/agentcore.json), read 2026-11-22.
What is left out decides here: a gateway without a type of authorizer lets everybody call, a target without outbound
authentication is called without one. Older files name their runtimes `agents`. Targets in `unassignedTargets` stand
behind no gateway and are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.bedrock.deployed import engine, own_role, running_as
from nhilint.formats.bedrock.gateways import gateway, target, tool_server
from nhilint.formats.bedrock.payments import wallet
from nhilint.formats.bedrock.providers import client
from nhilint.formats.bedrock.runtimes import runtime
from nhilint.formats.bedrock.spelling import Hosted
from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.resource import Extraction, Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary import Agent, Tool
    from nhilint.source.document import Document

_TELLING = ("runtimes", "agentCoreGateways", "agents", "harnesses")
_MOST = 500


def extract(document: Document, claim: Claim) -> Extraction:
    """Everything that the project deploys; a file without a name and a list of that is a look-alike."""
    root = Node.root(document, braces)
    if not root["name"].is_text or not any(root[key].is_list for key in _TELLING):
        return Extraction(recognised=False)
    return Extraction(tuple(_subjects(root, claim.format)))


def _subjects(root: Node, format_id: str) -> Iterator[Resource]:
    for key in ("runtimes", "agents"):
        for hosted in _hosted(root[key], "BedrockAgentCore::Runtime"):
            yield from _with_role("agent", hosted, runtime(hosted), format_id)
    for hosted in _hosted(root["agentCoreGateways"], "BedrockAgentCore::Gateway"):
        yield Resource("tool", hosted.name, format_id, gateway(hosted, unstated="none"))
        for one in _hosted(hosted["targets"], "BedrockAgentCore::GatewayTarget"):
            yield from _with_role("tool", one, target(one), format_id)
    for hosted in _hosted(root["mcpRuntimeTools"], "BedrockAgentCore::Runtime"):
        yield from _with_role("tool", hosted, tool_server(hosted), format_id)
    for hosted in _hosted(root["policyEngines"], "BedrockAgentCore::PolicyEngine"):
        yield from engine(hosted, format_id)
    for hosted in _hosted(root["credentials"], "BedrockAgentCore::OAuth2CredentialProvider"):
        if hosted["AuthorizerType"].value == "OAuthCredentialProvider":
            yield Resource("app", hosted.name, format_id, client(hosted))
    for hosted in _hosted(root["payments"], "BedrockAgentCore::PaymentManager"):
        yield Resource("tool", hosted.name, format_id, wallet(hosted))


def _with_role(
    kind: Literal["agent", "tool"], hosted: Hosted, facts: Agent | Tool, format_id: str
) -> Iterator[Resource]:
    """A runtime or tool, with the role that the project makes for it where it says more of it than that."""
    role = own_role(hosted, format_id)
    yield Resource(kind, hosted.name, format_id, running_as(facts, role))
    if role is not None:
        yield role


def _hosted(holder: Node, kind: str) -> Iterator[Hosted]:
    for index, item in enumerate(holder.items()):
        if index == _MOST:
            return
        if item.is_mapping:
            name = item["name"]
            yield Hosted(kind, str(name.value) if name.is_text else item.key, item, item.at)
