"""Runtimes and managed harnesses of AgentCore become agents: who may call them, as what they run, what they are handed.

Source: the CloudFormation pages of AWS::BedrockAgentCore::Runtime and ::Harness and the Terraform page of
aws_bedrockagentcore_agent_runtime, read 2026-11-22. Environment variables are plain text for everybody who may read the
runtime. A header is handed to the agent's code only when it stands in the allow list.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Literal

from nhilint.formats.bedrock.callers import callers_of_runtime
from nhilint.formats.bedrock.secrets import environment, headers
from nhilint.formats.bedrock.spelling import blocks, part, told
from nhilint.model.fact import Fact, Known
from nhilint.model.vocabulary.agent import Agent
from nhilint.model.vocabulary.capability import Guard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.bedrock.spelling import Hosted
    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.credential import Credential

_MOST_HOOKS = 100
_MOST_TOOLS = 200


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


def harness(hosted: Hosted) -> Agent:
    """The agent that the platform itself runs from a description."""
    allowed = hosted["AllowedTools"].texts()
    everything = not isinstance(allowed, Known) or "*" in allowed.value
    turns = hosted["MaxIterations"].number()
    return Agent(
        at=hosted.at,
        name=Known(hosted.name, hosted.at),
        product=Known("bedrock-agentcore", hosted.at),
        kind=Known("service", hosted.at),
        acts_as=Known("own_identity", hosted.at),
        inbound=callers_of_runtime(hosted),
        runs_as=hosted.runs_as("ExecutionRoleArn"),
        tools_exposed=_exposed(allowed, hosted, everything=everything),
        guards=tuple(_hooks(hosted)),
        max_turns=Known(int(turns.value), turns.at) if isinstance(turns, Known) else turns,
        credentials=(*environment(hosted["EnvironmentVariables"]), *_headers_of_tools(hosted)),
    )


def _headers_of_tools(hosted: Hosted) -> Iterator[Credential]:
    """Credentials in the headers that the platform sends to the remote servers of a harness."""
    for name in ("Tools", "Tool"):
        for tool in islice(blocks(hosted[name]), _MOST_TOOLS):
            yield from headers(part(tool, "Config", "RemoteMcp", "Headers"))


def takes_token(headers: Fact[tuple[str, ...]]) -> Fact[bool]:
    """Whether the allow list of headers names the one that carries the caller's token."""
    if not isinstance(headers, Known):
        return headers
    return Known(any(name.lower() == "authorization" for name in headers.value), headers.at)


def _headers(hosted: Hosted) -> Fact[tuple[str, ...]]:
    nested = hosted["RequestHeaderConfiguration.RequestHeaderAllowlist"]
    return (nested if nested.exists else hosted["RequestHeaderAllowlist"]).texts()


def _exposed(
    allowed: Fact[tuple[str, ...]], hosted: Hosted, *, everything: bool
) -> Fact[Literal["all", "list", "none"]]:
    """Every tool unless a list says which."""
    if allowed is None:
        return Known("all", hosted.at)
    return Known("all" if everything else "list", allowed.at) if isinstance(allowed, Known) else allowed


def _hooks(hosted: Hosted) -> Iterator[Guard]:
    """Functions that the platform asks before a call, with what a failure of theirs means."""
    for hook in islice(blocks(hosted["Hooks"]), _MOST_HOOKS):
        for moment in ("BeforeToolCall", "BeforeInvocation"):
            yield from _asked(part(hook, moment), moment)


def _asked(hook: Node, moment: str) -> Iterator[Guard]:
    mode = part(hook, "Target", "Lambda", "FailureMode")
    if mode.is_text:
        fails: Literal["closed", "open"] = "open" if mode.value == "allow" else "closed"
        yield Guard(
            at=mode.at, name=Known(moment, mode.at), kind=Known("hook", mode.at), on_failure=Known(fails, mode.at)
        )
