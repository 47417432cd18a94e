"""The guardrail policies of the chat channels that a module sets up, by the role that they act with.

Source: registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/chatbot_slack_channel_configuration (and
…/chatbot_teams_channel_configuration), from a survey; the resources of the provider awscc have the properties of
CloudFormation's, which docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Chatbot.html lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.terraform.referents import resource_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.terraform.module import Block
    from nhilint.formats.terraform.resolver import Resolver

_GUARDRAILS = {
    "aws_chatbot_slack_channel_configuration": "guardrail_policy_arns",
    "aws_chatbot_teams_channel_configuration": "guardrail_policy_arns",
    "awscc_chatbot_microsoft_teams_channel_configuration": "guardrail_policies",
    "awscc_chatbot_slack_channel_configuration": "guardrail_policies",
}
_ROLE = "iam_role_arn"


def guardrails_of(role: Block, resolver: Resolver) -> list[list[str]]:
    """The guardrails of each channel that acts with a role of the module; none where no channel names it."""
    return list(_guardrails(role, resolver))


def _guardrails(role: Block, resolver: Resolver) -> Iterator[list[str]]:
    for kind, attribute in _GUARDRAILS.items():
        for channel in resolver.module.of_kind(kind):
            if resource_named(channel.body.get(_ROLE)) == (role.kind, role.label):
                named = resolver.node(channel.body.get(attribute), channel.spot.to(attribute))
                yield [str(policy.value) for policy in named.items()]
