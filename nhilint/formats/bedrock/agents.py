"""An agent of Bedrock Agents becomes an agent: its role, its actions, whom it may start, what stands in between.

Source: docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-bedrock-agent.html and the
Terraform pages of aws_bedrockagent_agent, …_action_group and …_collaborator, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.bedrock.actions import actions
from nhilint.formats.bedrock.spelling import blocks, is_stated, part, told
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.agent import Agent, Delegation
from nhilint.model.vocabulary.capability import Guard, Inbound

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.formats.bedrock.spelling import Hosted
    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.tool import Tool

_MOST_GROUPS = 200


def agent_of(hosted: Hosted, groups: Sequence[Node] = (), collaborators: Sequence[Node] = ()) -> Agent:
    """The agent. `groups` and `collaborators` are those that resources of their own add to it."""
    own = list(blocks(hosted["ActionGroups"]))
    partners = (*blocks(hosted["AgentCollaborators"]), *collaborators)
    return Agent(
        at=hosted.at,
        name=Known(hosted.name, hosted.at),
        product=Known("bedrock-agents", hosted.at),
        kind=Known("service", hosted.at),
        purpose=told(hosted["Description"]),
        model=told(hosted["FoundationModel"]),
        acts_as=Known("own_identity", hosted.at),
        inbound=Inbound(at=hosted.at, kind=Known("platform", hosted.at)),
        runs_as=hosted.runs_as("AgentResourceRoleArn"),
        guards=tuple(_guardrail(hosted)),
        delegations=tuple(filter(None, map(_delegation, partners))),
        tools=tuple(_tools((*own, *groups))),
    )


def _tools(groups: Sequence[Node]) -> Iterator[Tool | Unknown]:
    for group in groups[:_MOST_GROUPS]:
        yield from actions(group, _function(group))


def _function(group: Node) -> str | None:
    """The name of the Lambda function that a group calls."""
    node = part(group, "ActionGroupExecutor", "Lambda")
    return str(node.value).rsplit(":", 1)[-1] if node.is_text and node.value else None


def _guardrail(hosted: Hosted) -> Iterator[Guard]:
    node = hosted["GuardrailConfiguration"]
    if is_stated(node):
        yield Guard(at=node.at, name=told(part(node, "GuardrailIdentifier")), kind=Known("content_filter", node.at))


def _delegation(partner: Node) -> Delegation | None:
    name = told(part(partner, "CollaboratorName"))
    return Delegation(at=partner.at, target=name, gate=Known("none", partner.at)) if name is not None else None
