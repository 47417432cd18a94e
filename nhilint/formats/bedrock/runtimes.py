"""Runtimes of AgentCore become agents: who may call them, as what they run, what they are handed.

Source: the CloudFormation pages of AWS::BedrockAgentCore::Runtime and the Terraform page of
aws_bedrockagentcore_agent_runtime, read 2026-11-22. Environment variables are plain text for everybody who may read the
runtime. A header is handed to the agent's code only when it stands in the allow list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.bedrock.callers import callers_of_runtime
from nhilint.formats.bedrock.secrets import environment
from nhilint.formats.bedrock.spelling import told
from nhilint.model.fact import Fact, Known
from nhilint.model.vocabulary.agent import Agent

if TYPE_CHECKING:
    from nhilint.formats.bedrock.spelling import Hosted


def runtime(hosted: Hosted) -> Agent:
    """The agent that a runtime hosts."""
    return Agent(
        at=hosted.at,
        name=Known(hosted.name, hosted.at),
        product=Known("bedrock-agentcore", hosted.at),
        kind=Known("service", hosted.at),
        purpose=told(hosted["Description"]),
        acts_as=Known("own_identity", hosted.at),
        inbound=callers_of_runtime(hosted),
        runs_as=hosted.runs_as("RoleArn", "ExecutionRoleArn", "Aws.ExecutionRole"),
        takes_caller_token=takes_token(_headers(hosted)),
        credentials=(*environment(hosted["EnvironmentVariables"]), *environment(hosted["EnvVars"])),
    )


def takes_token(headers: Fact[tuple[str, ...]]) -> Fact[bool]:
    """Whether the allow list of headers names the one that carries the caller's token."""
    if not isinstance(headers, Known):
        return headers
    return Known(any(name.lower() == "authorization" for name in headers.value), headers.at)


def _headers(hosted: Hosted) -> Fact[tuple[str, ...]]:
    nested = hosted["RequestHeaderConfiguration.RequestHeaderAllowlist"]
    return (nested if nested.exists else hosted["RequestHeaderAllowlist"]).texts()
