"""Settings of VS Code that concern chat become one agent; servers in the same file become one tool each.

`chat.permissions.default` chooses how sessions start and is taken from a workspace. `chat.tools.global.autoApprove` is
not: only the user's settings and those of a machine count, and a development container's settings are a machine's.
The sandbox is off unless switched on, and has no network unless that is.
Sources: https://github.com/microsoft/vscode, chat.shared.contribution.ts (scope of GlobalAutoApprove, values of
DefaultPermissionLevel) and terminalChatAgentToolsConfiguration.ts (agent sandbox);
https://repello.ai/blog/vscode-copilot-workspace-trust-bypass (2026-06-04), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.claude.ineffective import Fault, ineffective_setting
from nhilint.formats.claude.templates import engine_template
from nhilint.formats.copilot.approvals import ADDRESSES, EDITS, SWITCH, TERMINAL, read_approvals
from nhilint.formats.mcp.dialects import DIALECTS
from nhilint.formats.mcp.servers import read_servers
from nhilint.formats.node import Node
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent, Autonomy, Opening, Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.tool import IneffectiveSetting
    from nhilint.source.document import Document

SERVERS = "mcp-vscode"
"""The dialect of the servers, and the format that their resources bear."""

LEVEL = "chat.permissions.default"
GLOBAL = ("chat.tools.global.autoApprove", "chat.tools.autoApprove")
SANDBOX = "chat.agent.sandbox.enabled"
NETWORK = ("chat.agent.sandbox.network.allowNetwork", "chat.agent.sandbox.allowNetwork")
_LEVELS: dict[str, Autonomy] = {"default": "asks_for_writes", "autoApprove": "ungated", "autopilot": "ungated"}
_TELLING = frozenset({TERMINAL, SWITCH, EDITS, ADDRESSES, LEVEL, SANDBOX, *GLOBAL})
_SOURCE = "https://code.visualstudio.com/docs/agents/approvals"


def extract(document: Document, claim: Claim) -> Extraction:
    """The agent and the servers of the file."""
    root = Node.root(document, engine_template)
    servers = read_servers(Node.root(document), DIALECTS[SERVERS], SERVERS)
    settings = _settings(root)
    is_told = settings.is_mapping and not _TELLING.isdisjoint(settings.value)
    if servers is None and not is_told:
        return Extraction(recognised=False)
    agents = (Resource("agent", document.path, claim.format, read_settings(settings)),) if is_told else ()
    return Extraction((*agents, *(servers or ())))


def _settings(root: Node) -> Node:
    """The mapping of settings: the file itself, or what a workspace or a development container keeps below a key."""
    if root.path.endswith(".code-workspace"):
        return root["settings"]
    if root.path.endswith("devcontainer.json"):
        nested = root.at_path("customizations", "vscode", "settings")
        return nested if nested.exists else root["settings"]
    return root


def read_settings(settings: Node) -> Agent:
    """The agent that settings describe."""
    is_machine = settings.path.endswith("devcontainer.json")
    return Agent(
        at=settings.at,
        name=Known(settings.path, settings.at),
        product=Known("vscode", settings.at),
        kind=Known("settings", settings.at),
        level=Known("project", settings.at),
        autonomy=_autonomy(settings, is_machine=is_machine),
        initiation=Known("human", settings.at),
        acts_as=Known("user_proxy", settings.at),
        tools_exposed=Known("all", settings.at),
        permissions=tuple(read_approvals(settings)),
        sandbox=_sandbox(settings),
        ineffective=() if is_machine else tuple(_ineffective(settings)),
    )


def _autonomy(settings: Node, *, is_machine: bool) -> Fact[Autonomy]:
    for key in GLOBAL:
        if is_machine and settings[key].value is True:
            return Known("ungated", settings[key].at)
    text = settings[LEVEL].text()
    if text is None or isinstance(text, Unknown):
        return text
    level = _LEVELS.get(text.value)
    return Known(level, text.at) if level else Unknown("no level that VS Code knows", text.at)


def _sandbox(settings: Node) -> Sandbox | None:
    node = settings[SANDBOX]
    if not (isinstance(node.value, bool) or node.value in ("on", "off", "allowNetwork")):
        return None
    is_on = node.value is True or node.value in ("on", "allowNetwork")
    network = node if node.value == "allowNetwork" else settings.first(*NETWORK)
    is_open = network is node or network.value is True
    openings = (_opening(network),) if is_on and is_open else ()
    reached: Literal["none", "list", "all"] = "all" if is_open or not is_on else "none"
    return Sandbox(
        at=node.at,
        enabled=Known(is_on, node.at),
        network=Known(reached, network.at if network.exists else node.at),
        filesystem=Known("workspace" if is_on else "all", node.at),
        openings=openings,
    )


def _opening(network: Node) -> Opening:
    setting, reason = Known(network.key, network.at), Known("commands reach every host", network.at)
    return Opening(at=network.at, setting=setting, lets=Known("any_host", network.at), reason=reason)


def _ineffective(settings: Node) -> Iterator[IneffectiveSetting]:
    for key in GLOBAL:
        node = settings[key]
        if isinstance(node.value, bool):
            reason = "VS Code takes it from the settings of the user or the machine only, not from a workspace"
            fault = Fault(reason, "remove it, or set it by policy", _SOURCE, protects=False)
            yield ineffective_setting(f"{key}: {str(node.value).lower()}", fault, node.at)
