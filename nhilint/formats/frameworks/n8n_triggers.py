"""What starts a workflow, and who can cause it: the trigger nodes of n8n.

Webhooks, forms, chats and MCP triggers let their author choose an authentication, which is none when it is missing; a
Telegram bot takes a list of chats or users, and without one answers everybody. A mailbox or phone number cannot be
locked. A condition between trigger and agent that looks at the sender leaves the answer open.
Source: npm n8n-nodes-base 2.41.2 and @n8n/n8n-nodes-langchain 2.41.1, dist/types/nodes.json, read 2026-11-22.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Literal

from nhilint.formats.frameworks.framework import plain
from nhilint.model.fact import Fact, Known, Unknown, value_of
from nhilint.model.vocabulary.agent import Trigger
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.formats.node import Node
    from nhilint.model.place import Place

OpenTo = Literal["anyone", "contributors", "writers", "nobody"]

_LOCKABLE = frozenset({"webhook", "formTrigger", "mcpTrigger"})
_CHANNELS = frozenset(
    {
        "gmailTrigger", "emailReadImap", "microsoftOutlookTrigger", "postmarkTrigger", "whatsAppTrigger",
        "twilioTrigger", "typeformTrigger", "jotFormTrigger", "surveyMonkeyTrigger", "wufooTrigger",
        "formstackTrigger", "formIoTrigger", "koBoToolboxTrigger", "zendeskTrigger", "helpScoutTrigger",
        "facebookTrigger", "facebookLeadAdsTrigger", "rssFeedReadTrigger",
    }
)  # fmt: skip
"""Anybody may write there, and the platform offers no lock."""
_OWN = frozenset({"manualTrigger", "manualChatTrigger", "scheduleTrigger", "cron", "interval", "errorTrigger", "start"})
_TESTS = frozenset({"if", "switch", "filter", "code", "function", "functionItem"})
_ABOUT_SENDER = Deferred(
    r"chat[._]?id|\bfrom\b|from[._]?id|sender|token|secret|signature|headers|user_?name|user_?id|user\.id|api.?key|allow",
    flags=re.IGNORECASE,
)
_LONGEST = 20_000
_CONDITIONS = "a matter of the conditions that stand between the trigger and the agent"


def is_trigger(kind: str) -> bool:
    """Whether a node type starts workflows."""
    return kind.endswith("Trigger") or kind in ("webhook", "emailReadImap", "cron", "interval", "start")


def trigger_of(name: str, kind: str, node: Node, between: Iterable[Node]) -> Trigger:
    """One trigger. `between` are the steps on the ways from it to the agent."""
    at = node["type"].at
    open_to, authenticated, place = _who(kind, node)
    if value_of(open_to) == "anyone" and _is_tested(between):
        open_to = authenticated = Unknown(_CONDITIONS, at)
    return Trigger(
        at=place,
        name=Known(name, node["name"].at),
        event=Known(kind, at),
        open_to=open_to,
        authenticated=authenticated,
        carries_input=Known(kind not in _OWN, at),
    )


def _who(kind: str, node: Node) -> tuple[Fact[OpenTo], Fact[bool], Place]:
    """Who can cause it, whether they prove who they are, and where that is decided."""
    parameters, at = node["parameters"], node["type"].at
    if kind in _OWN:
        return Known("nobody", at), None, at
    if kind == "chatTrigger" and parameters["public"].value is not True:
        return Known("writers", at), Known(value=True, at=at), at
    if kind in _LOCKABLE or kind == "chatTrigger":
        return _lockable(parameters, at)
    if kind == "telegramTrigger":
        return _by_list(parameters["additionalFields"], at)
    if kind in _CHANNELS:
        sender = parameters["filters"]["sender"]
        filtered = Unknown("a matter of a filter for the sender", sender.at)
        return (filtered if plain(sender) else Known("anyone", at)), None, at
    return Unknown("a matter of who may write there", at), None, at


def _lockable(parameters: Node, at: Place) -> tuple[Fact[OpenTo], Fact[bool], Place]:
    chosen = parameters["authentication"]
    place = chosen.at if chosen.exists else at
    text = chosen.text()
    if isinstance(text, Unknown):
        return text, text, place
    if plain(parameters["options"]["ipWhitelist"]):
        unknown = Unknown("a matter of a list of addresses", parameters["options"]["ipWhitelist"].at)
        return unknown, unknown, place
    if text is None or text.value == "none":
        return Known("anyone", place), Known(value=False, at=place), place
    return Unknown("a matter of who was given the credential", place), Known(value=True, at=place), place


def _by_list(fields: Node, at: Place) -> tuple[Fact[OpenTo], Fact[bool], Place]:
    for key in ("chatIds", "userIds"):
        if plain(fields[key]):
            return Known("contributors", fields[key].at), Known(value=True, at=fields[key].at), at
    return Known("anyone", at), Known(value=False, at=at), at


def _is_tested(between: Iterable[Node]) -> bool:
    for node in between:
        if str(node["type"].value).rsplit(".", 1)[-1] in _TESTS:
            text = json.dumps(node["parameters"].value if node["parameters"].exists else "", default=str)[:_LONGEST]
            if _ABOUT_SENDER.search(text):
                return True
    return False
