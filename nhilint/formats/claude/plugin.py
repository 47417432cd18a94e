"""A plug-in's manifest and its hooks become an agent of kind `plugin`: what runs by itself once it is switched on.

Servers that the manifest defines itself become tools. Its skills, commands and subagents are files of their own.
Source: https://code.claude.com/docs/en/plugins-reference (manifest schema, hooks, monitors), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.claude.commands import read_command
from nhilint.formats.claude.hooks import ReadHooks, looks_like_hooks, read_hooks
from nhilint.formats.claude.inline_servers import read_inline_servers
from nhilint.formats.claude.levels import folder_above
from nhilint.formats.claude.plugin_parts import parts_of
from nhilint.formats.claude.templates import engine_template
from nhilint.formats.node import Node
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.claude.commands import ReadCommand
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_MOST_MONITORS = 200


def extract(document: Document, claim: Claim) -> Extraction:
    """The plug-in of a manifest, or the hooks of hooks/hooks.json; other products' files are left alone."""
    root = Node.root(document, engine_template)
    if claim.format == "claude-plugin-hooks":
        if not looks_like_hooks(root["hooks"]):
            return Extraction(recognised=False)
        return _extraction(root, root["hooks"], _name_by_folder(document.path, "hooks"), claim)
    name = root["name"].value
    if not root.is_mapping or not isinstance(name, str):
        return Extraction(recognised=False)
    return _extraction(root, root["hooks"], name, claim)


def _extraction(root: Node, hooks_at: Node, name: str, claim: Claim) -> Extraction:
    hooks = read_hooks(hooks_at) if hooks_at.is_mapping else ReadHooks()
    monitors = tuple(_monitors(root))
    at = root["name"].at if root["name"].exists else hooks_at.at
    agent = Agent(
        at=at,
        name=Known(name, at),
        product=Known("claude-code", at),
        kind=Known("plugin", at),
        level=Known("plugin", at),
        purpose=root["description"].text(),
        parts=parts_of(root) if claim.format == "claude-plugin" else None,
        commands=(*hooks.commands, *(monitor.record for monitor in monitors)),
        endpoints=hooks.endpoints,
        credentials=(*hooks.credentials, *(c for monitor in monitors for c in monitor.credentials)),
        ineffective=hooks.ineffective,
    )
    servers = read_inline_servers(root["mcpServers"], claim.format)
    return Extraction((Resource("agent", name, claim.format, agent), *servers))


def _monitors(root: Node) -> Iterator[ReadCommand]:
    """Commands that run in the background as long as the plug-in is on."""
    stated = root.at_path("experimental", "monitors")
    for count, item in enumerate((stated if stated.exists else root["monitors"]).items()):
        if count >= _MOST_MONITORS:
            return
        found = read_command("monitor", item["command"]) if item.is_mapping else None
        if found is not None:
            yield found


def _name_by_folder(path: str, marker: str) -> str:
    return folder_above(path, marker).rsplit("/", 1)[-1] or "plugin"
