"""A role that chat channels act with is held within the guardrail policies of all its channels.

Amazon Q Developer in chat applications (AWS Chatbot) runs what people write in a channel with the role of the channel,
and no more than its guardrails allow. A channel without any has AdministratorAccess as its guardrail, which holds
nothing back. Only AWS-managed policies that read are followed: where there is another one, nothing is held back.
Sources, read 2026-11-23: docs.aws.amazon.com/cdk/api/latest/python/aws_cdk.aws_chatbot/
CfnSlackChannelConfigurationProps.html (`guardrail_policies` and its default); docs.aws.amazon.com/chatbot/latest/
adminguide/understanding-permissions.html, from a survey.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.boundary import within
from nhilint.formats.aws.ways_in import has_only, services_of
from nhilint.knowledge import aws
from nhilint.model.fact import known_records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.model.vocabulary.identity import Identity

_OF_CHATS = frozenset({"chatbot.amazonaws.com"})


def guarded(role: Identity, channels: Sequence[Sequence[str]]) -> Identity:
    """A role within the guardrails of its channels, each the ARNs that it names; as it is where somebody else takes it
    or one of them holds nothing back."""
    ways = known_records(role.trusts)
    only_theirs = has_only(role.trusts, ways) and all(services_of(way) == _OF_CHATS for way in ways)
    if not channels or not only_theirs or not all(map(_only_read, channels)):
        return role
    every = aws.everything()
    return within(role, every.at_level(aws.Level.READ) | every.at_level(aws.Level.LIST))


def _only_read(guardrails: Sequence[str]) -> bool:
    return bool(guardrails) and all(aws.managed_policy_level(policy) == "read" for policy in guardrails)
