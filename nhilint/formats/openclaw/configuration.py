"""The configuration of an OpenClaw gateway becomes an agent: who may talk to it, what it runs, who controls it.

Source: github.com/openclaw/openclaw, docs/gateway/configuration-reference.md, docs/gateway/security/audit-checks.md,
docs/tools/exec.md and docs/tools/permission-modes.md, read 2026-11-22. An account takes what it does not state from its
channel (extensions/telegram/src/account-config.ts): where every account states a policy, that of the channel decides
nothing. Private messages of strangers are answered with
a pairing code unless the policy of a channel is `open`. How commands are approved and confined when nothing is stated
changed between versions, so that only what is stated counts. The format is JSON5; files with keys without quotes are
not read.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from nhilint.formats.node import Node
from nhilint.formats.openclaw.commands import free_shell
from nhilint.formats.openclaw.control import inbound
from nhilint.formats.openclaw.keys import credentials
from nhilint.formats.templates import braces
from nhilint.model.fact import Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent, Sandbox, Trigger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.fact import Fact
    from nhilint.model.vocabulary.agent import OpenTo
    from nhilint.source.document import Document

_TELLING = frozenset({"gateway", "channels", "agents", "tools", "models", "plugins", "hooks", "wizard"})
_OWN_NAMES = frozenset({"openclaw.json", "openclaw.json5", "clawdbot.json", "moltbot.json"})
_TOKENS = ("botToken", "tokenFile", "token", "appToken")
"""Keys that make a channel an account of its own beside those that it lists."""
_MOST = 200


def extract(document: Document, claim: Claim) -> Extraction:
    """The agent behind one gateway; under another name a file needs two of its sections."""
    root = Node.root(document, braces)
    needed = 1 if document.path.rpartition("/")[2].lower() in _OWN_NAMES else 2
    if not root.is_mapping or sum(root[name].is_mapping for name in _TELLING) < needed:
        return Extraction(recognised=False)
    agent = Agent(
        at=root.at,
        name=Known(document.path, root.at),
        product=Known("openclaw", root.at),
        kind=Known("service", root.at),
        inbound=inbound(root["gateway"]),
        triggers=tuple(_triggers(root["channels"])),
        free_shell=free_shell(root["tools"]),
        sandbox=_sandbox(root.at_path("agents", "defaults", "sandbox")),
        credentials=tuple(credentials(root)),
    )
    return Extraction((Resource("agent", document.path, claim.format, agent),))


def _sandbox(node: Node) -> Sandbox | None:
    """A sandbox that is on; `non-main` leaves the owner's own session outside and confines those of others."""
    mode = node["mode"].text()
    if isinstance(mode, Unknown):
        return Sandbox(at=mode.at, enabled=mode)
    if mode is None or mode.value not in ("all", "non-main"):
        return None
    return Sandbox(at=mode.at, enabled=Known(value=True, at=mode.at))


def _triggers(channels: Node) -> Iterator[Trigger | Unknown]:
    """Messages that start the agent, for each channel and each account of it that is switched on."""
    for name, channel in islice(channels.entries(), _MOST):
        if name in ("defaults", "modelByChannel") or channel["enabled"].value is False:
            continue
        accounts = [(key, one) for key, one in channel["accounts"].entries() if one["enabled"].value is not False][
            :_MOST
        ]
        by_itself = "default" not in dict(accounts) and any(channel[key].exists for key in _TOKENS)
        silent = [own for _, own in accounts] if accounts and not by_itself else None
        yield from _policies(name, channel, channel, silent)
        for account, own in accounts:
            yield from _policies(f"{name} ({account})", own, channel)


def _policies(
    name: str, holder: Node, channel: Node, accounts: list[Node] | None = None
) -> Iterator[Trigger | Unknown]:
    """The policies that a channel or an account states. `accounts`: those for which a channel's policy would hold."""
    direct, groups = _direct(holder), holder["groupPolicy"]
    senders, members = (holder[key] if holder[key].exists else channel[key] for key in ("allowFrom", "groupAllowFrom"))
    for policy, open_to, what, decides in (
        (direct, _strangers_write(senders, direct), "private messages", _direct),
        (groups, _groups_write(members, groups), "group messages", lambda account: account["groupPolicy"]),
    ):
        if accounts is not None and all(decides(account).exists for account in accounts):
            continue
        stated = policy.text()
        if isinstance(stated, Unknown):
            yield stated
        elif stated is not None and stated.value != "disabled":
            yield Trigger(
                at=policy.at,
                event=Known(f"{what} on {name}", policy.at),
                open_to=open_to if stated.value == "open" else Known("writers", policy.at),
                carries_input=Known(value=True, at=policy.at),
            )


def _direct(holder: Node) -> Node:
    return holder["dmPolicy"] if holder["dmPolicy"].exists else holder.at_path("dm", "policy")


def _strangers_write(senders: Node, policy: Node) -> Fact[OpenTo]:
    """An open policy needs a list with a star; with another list the product refuses the file."""
    return Known("writers", policy.at) if _names_senders(senders) else Known("anyone", policy.at)


def _groups_write(senders: Node, policy: Node) -> Fact[OpenTo]:
    """An open policy passes over lists of groups; what it makes of a list of senders, the documentation leaves open."""
    if _names_senders(senders):
        return Unknown("a list of senders beside an open policy", policy.at)
    return Known("anyone", policy.at)


def _names_senders(senders: Node) -> bool:
    """Whether a list of senders does not name everybody."""
    return senders.is_list and bool(senders.value) and all(item.value != "*" for item in islice(senders.items(), _MOST))
