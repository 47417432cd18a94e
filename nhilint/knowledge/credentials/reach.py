"""What somebody can do with a credential whose shape alone tells it.

The address of an incoming webhook takes messages for a channel and gives none out. Sources, read 2026-11-23:
https://docs.slack.dev/tools/slack-github-action/sending-data-slack-incoming-webhook,
https://docs.discord.com/developers/resources/webhook ("a low-effort way to post messages"), and for Teams
https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/what-are-webhooks-and-connectors (from a
survey, page not re-read).
"""

from __future__ import annotations

_INCOMING = frozenset({"slack-webhook", "teams-webhook", "discord-webhook"})
POSTS_MESSAGES = "whoever has it can post messages, and read none"


def only_posts(shape: str) -> bool:
    """Whether a credential of the shape is the address of an incoming webhook; `shape` is its id in the catalogue."""
    return shape in _INCOMING
