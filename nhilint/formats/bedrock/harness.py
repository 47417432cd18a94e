"""Managed harnesses of AgentCore become agents: the platform runs the loop from a description.

Source: the CloudFormation page of AWS::BedrockAgentCore::Harness and the schema of harness.json in npm @aws/agentcore
0.30.0, read 2026-11-22. Tools: `harness_tools`.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Literal

from nhilint.formats.bedrock.callers import callers_of_runtime
from nhilint.formats.bedrock.harness_tools import listed, tools_of
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


def harness(hosted: Hosted) -> Agent:
    """The agent that the platform itself runs from a description."""
    allowed = hosted["AllowedTools"].texts()
    turns = hosted["MaxIterations"].number()
    return Agent(
        at=hosted.at,
        name=Known(hosted.name, hosted.at),
        product=Known("bedrock-agentcore", hosted.at),
        kind=Known("service", hosted.at),
        model=told(hosted["Model.ModelId"]),
        acts_as=Known("own_identity", hosted.at),
        inbound=callers_of_runtime(hosted),
        runs_as=hosted.runs_as("ExecutionRoleArn"),
        tools_exposed=_exposed(allowed, hosted),
        tools=tuple(tools_of(hosted, allowed)),
        guards=tuple(_hooks(hosted)),
        max_turns=Known(int(turns.value), turns.at) if isinstance(turns, Known) else turns,
        credentials=(*environment(hosted["EnvironmentVariables"]), *_headers_of_tools(hosted)),
    )


def _exposed(allowed: Fact[tuple[str, ...]], hosted: Hosted) -> Fact[Literal["all", "list", "none"]]:
    """Every tool unless a list says which."""
    if allowed is None:
        return Known("all", hosted.at)
    return Known("all" if "*" in allowed.value else "list", allowed.at) if isinstance(allowed, Known) else allowed


def _headers_of_tools(hosted: Hosted) -> Iterator[Credential]:
    """Credentials in the headers that the platform sends to the remote servers of a harness."""
    for tool in listed(hosted):
        yield from headers(part(tool, "Config", "RemoteMcp", "Headers"))


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
