"""`.gemini/settings.json` becomes one agent and, for its MCP servers, one tool each.

A file that states nothing but servers and matters of display gives no agent. Settings of a folder apply once the folder
is trusted; without a person an untrusted folder stops the run.
Sources: https://geminicli.com/docs/reference/configuration/ and /cli/trusted-folders/; schemas/settings.schema.json of
google-gemini/gemini-cli, commit 5411f11 of 2026-08-21, read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.agent_settings import extract_settings, turns_of
from nhilint.formats.claude.commands import read_command
from nhilint.formats.endpoints import endpoint_of
from nhilint.formats.gemini.hooks import GEMINI
from nhilint.formats.gemini.ineffective import ineffective_keys
from nhilint.formats.gemini.permissions import read_permissions
from nhilint.formats.gemini.sandbox import read_sandbox
from nhilint.formats.hook_commands import read_hooks
from nhilint.formats.mcp.paths import path_reach
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.vocabulary.agent import Agent, Autonomy
from nhilint.model.vocabulary.tool import Mount
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.claude.commands import ReadCommand
    from nhilint.formats.format import Claim
    from nhilint.formats.node import Node
    from nhilint.model.resource import Extraction
    from nhilint.model.vocabulary.capability import Endpoint
    from nhilint.source.document import Document

SERVERS = "mcp-gemini"
"""The dialect of the servers, and the format that their resources bear."""

_MODES: dict[str, Autonomy] = {"default": "asks", "auto_edit": "asks_for_writes", "plan": "suggest"}
_TELLING = frozenset(
    {
        "general", "tools", "mcp", "security", "hooks", "hooksConfig", "telemetry", "agents", "policyPaths", "context",
        "admin", "model", "excludeTools", "coreTools", "allowedTools", "autoAccept", "allowMCPServers", "sandbox",
        "excludeMCPServers", "adminPolicyPaths", "skills", "extensions",
    }
)  # fmt: skip
_HOME_FOLDER = Deferred(
    r"(?:^|/)(?:home|users?|stow|chezmoi|[\w.-]*dotfiles?[\w.-]*)/(?:.*/)?\.gemini/", flags=re.IGNORECASE
)
_MOST_DIRECTORIES = 300


def extract(document: Document, claim: Claim) -> Extraction:
    """The agent and the servers of the file."""
    return extract_settings(document, claim, SERVERS, _TELLING, read_settings)


def read_settings(root: Node) -> Agent:
    """The agent that settings describe."""
    rules = read_permissions(root)
    hooks = read_hooks(root["hooks"], GEMINI)
    helpers = tuple(_helpers(root))
    is_on = root["hooksConfig"]["enabled"].value is not False and root["hooks"]["enabled"].value is not False
    return Agent(
        at=root.at,
        name=Known(root.path, root.at),
        product=Known("gemini-cli", root.at),
        kind=Known("settings", root.at),
        level=Known("user" if _HOME_FOLDER.search(root.path) else "project", root.at),
        model=root["model"].text() if root["model"].is_text else root["model"]["name"].text(),
        autonomy=_autonomy(root["general"]["defaultApprovalMode"]),
        initiation=Known("human", root.at),
        acts_as=Known("user_proxy", root.at),
        tools_exposed=Known("list" if root["tools"]["core"].is_list else "all", root["tools"]["core"].at),
        permissions=rules.permissions,
        commands=(*(hooks.commands if is_on else ()), *(helper.record for helper in helpers)),
        directories=tuple(_directories(root["context"]["includeDirectories"])),
        sandbox=read_sandbox(root["tools"]),
        endpoints=(*hooks.endpoints, *_telemetry(root["telemetry"])),
        credentials=(*hooks.credentials, *(c for helper in helpers for c in helper.credentials)),
        ineffective=(*rules.ineffective, *hooks.ineffective, *ineffective_keys(root)),
        max_turns=turns_of(root["model"]["maxSessionTurns"]),
    )


def _autonomy(mode: Node) -> Fact[Autonomy]:
    text = mode.text()
    if text is None or isinstance(text, Unknown):
        return text
    autonomy = _MODES.get(text.value)
    return Known(autonomy, mode.at) if autonomy else None


def _helpers(root: Node) -> Iterator[ReadCommand]:
    """Programs that list or run further tools, and a server started by a command line alone."""
    for event, node in (
        ("tools.discoveryCommand", root["tools"]["discoveryCommand"]),
        ("tools.callCommand", root["tools"]["callCommand"]),
        ("mcp.serverCommand", root["mcp"]["serverCommand"]),
    ):
        found = read_command(event, node) if node.is_text else None
        if found is not None:
            yield found


def _directories(node: Node) -> Iterator[Mount | Unknown]:
    for count, item in enumerate(node.items()):
        if count >= _MOST_DIRECTORIES:
            return
        text = item.text()
        if isinstance(text, Unknown):
            yield text
        elif text is not None:
            reach = path_reach(text.value)
            known = Known(reach, item.at) if reach else Unknown("a path that a variable decides", item.at)
            yield Mount(at=item.at, source=text, read_only=Known(value=False, at=item.at), reach=known)


def _telemetry(telemetry: Node) -> Iterator[Endpoint]:
    """Where telemetry goes when it is switched on and sent to a collector of its own."""
    node = telemetry["otlpEndpoint"]
    if node.is_text and node.value.strip() and telemetry["enabled"].value is True:
        yield replace(endpoint_of(node.value, node.at, "telemetry.otlpEndpoint"), carries=Known("telemetry", node.at))
