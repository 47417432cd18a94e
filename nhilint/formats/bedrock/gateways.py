"""Gateways of AgentCore and their targets become tools: who may call, what guards it, what the target is shown.

Source: docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-inbound-auth.html and gateway-outbound-auth.html,
the CloudFormation pages of AWS::BedrockAgentCore::Gateway and ::GatewayTarget, the Terraform pages of
aws_bedrockagentcore_gateway and …_gateway_target, and the schema of npm @aws/agentcore 0.30.0, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.bedrock.callers import callers_of_gateway, callers_of_runtime
from nhilint.formats.bedrock.spelling import blocks, is_stated, part, told
from nhilint.formats.endpoints import endpoint_of
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.vocabulary.capability import Endpoint, Guard
from nhilint.model.vocabulary.tool import Auth, Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.bedrock.callers import Kind
    from nhilint.formats.bedrock.spelling import Hosted
    from nhilint.formats.node import Node

Forwards = Literal["caller_token", "caller_identity", "own_identity", "stored_key", "oauth_token", "nothing"]

_CLIENT = "bedrock-agentcore"
_SHOWN: dict[str, Forwards] = {
    "JWT_PASSTHROUGH": "caller_token",
    "CALLER_IAM_CREDENTIALS": "caller_identity",
    "GATEWAY_IAM_ROLE": "own_identity",
    "API_KEY": "stored_key",
    "OAUTH": "oauth_token",
    "NONE": "nothing",
}
_BY_ROLE = frozenset({"smithyModel", "apiGateway", "lambda", "lambdaFunctionArn", "httpRuntime", "connector"})
"""Kinds of targets in the CLI's project file that are called with the gateway's role when nothing else is stated."""


def gateway(hosted: Hosted, *, unstated: Kind | None = None) -> Tool:
    """The server of tools that a gateway is. `unstated` is the authorizer that a missing type stands for."""
    return Tool(
        at=hosted.at,
        name=Known(hosted.name, hosted.at),
        client=Known(_CLIENT, hosted.at),
        kind=Known("mcp_server", hosted.at),
        transport=Known("http", hosted.at),
        inbound=callers_of_gateway(hosted, unstated=unstated),
        runs_as=hosted.runs_as("RoleArn", "ExecutionRoleArn"),
        guards=tuple(_guards(hosted)),
    )


def target(hosted: Hosted) -> Tool:
    """One system behind a gateway."""
    return Tool(
        at=hosted.at,
        name=Known(hosted.name, hosted.at),
        client=Known(_CLIENT, hosted.at),
        kind=Known("action", hosted.at),
        endpoint=_endpoint(hosted),
        forwards=_forwards(hosted),
        auth=_asking_for(hosted),
    )


def tool_server(hosted: Hosted) -> Tool:
    """A server of tools in a runtime of its own; a runtime without an authorizer takes signatures of the account."""
    return Tool(
        at=hosted.at,
        name=Known(hosted.name, hosted.at),
        client=Known(_CLIENT, hosted.at),
        kind=Known("mcp_server", hosted.at),
        transport=Known("http", hosted.at),
        inbound=callers_of_runtime(hosted),
    )


def _guards(hosted: Hosted) -> Iterator[Guard]:
    engine, firewall = hosted["PolicyEngineConfiguration"], hosted["WafConfiguration"]
    if is_stated(engine):
        yield Guard(
            at=engine.at, name=Known("policy engine", engine.at), kind=Known("policy", engine.at), mode=_mode(engine)
        )
    failure = told(part(firewall, "FailureMode"))
    if isinstance(failure, Known):
        at = failure.at
        fails: Literal["closed", "open"] = "open" if failure.value == "FAIL_OPEN" else "closed"
        yield Guard(at=at, name=Known("firewall", at), kind=Known("firewall", at), on_failure=Known(fails, at))


def _mode(engine: Node) -> Fact[Literal["enforces", "logs_only"]]:
    mode = told(part(engine, "Mode"))
    if not isinstance(mode, Known):
        return mode
    return Known("logs_only", mode.at) if mode.value == "LOG_ONLY" else Known("enforces", mode.at)


def _forwards(hosted: Hosted) -> Fact[Forwards]:
    for name in ("CredentialProviderConfigurations", "CredentialProviderConfiguration"):
        for provider in blocks(hosted[name]):
            return _provided(provider)
    outbound = hosted["OutboundAuth"]
    stated = _kind(told(part(outbound, "Type"))) if is_stated(outbound) else None
    if stated is None or (isinstance(stated, Known) and stated.value == "nothing"):
        kind = hosted["TargetType"]
        return Known("own_identity", kind.at) if kind.is_text and kind.value in _BY_ROLE else stated
    return stated


def _asking_for(hosted: Hosted) -> Auth | None:
    """The scopes of the token that is fetched for a target; None where it is shown something else."""
    names = ("CredentialProviderConfigurations", "CredentialProviderConfiguration")
    providers = [provider for name in names for provider in blocks(hosted[name])]
    routes = (("CredentialProvider", "OauthCredentialProvider", "Scopes"), ("OAuth", "Scopes"))
    stated = (*(part(one, *route) for one in providers for route in routes), hosted["OutboundAuth.Scopes"])
    scopes = next(filter(is_stated, stated), None)
    return Auth(at=scopes.at, kind=Known("oauth", scopes.at), scopes=scopes.texts()) if scopes is not None else None


def _provided(provider: Node) -> Fact[Forwards]:
    """A type in a key of its own; in Terraform the name of the block inside."""
    stated = told(part(provider, "CredentialProviderType"))
    if stated is not None:
        return _kind(stated)
    for name, inner in provider.entries():
        if name.upper() in _SHOWN and inner.exists and inner.value not in ([], None):
            return Known(_SHOWN[name.upper()], inner.at)
    return None


def _kind(stated: Fact[str]) -> Fact[Forwards]:
    if not isinstance(stated, Known):
        return stated
    shown = _SHOWN.get(stated.value.upper())
    return Known(shown, stated.at) if shown is not None else Unknown("a kind that is not known here", stated.at)


def _endpoint(hosted: Hosted) -> Endpoint | None:
    for route in (
        "TargetConfiguration.Mcp.McpServer.Endpoint",
        "TargetConfiguration.Http.Passthrough.Endpoint",
        "Passthrough.Endpoint",
        "Endpoint",
    ):
        fact = told(hosted[route])
        if isinstance(fact, Known):
            return endpoint_of(fact.value, fact.at, "endpoint")
    return None
