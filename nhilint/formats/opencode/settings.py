"""`opencode.json` becomes one agent for the session, one for each agent that it declares, and one tool for each server.

An agent's rules come after those of the session. An agent whose mode is not `subagent` is one that a person works with,
and is read like the session's own settings.
Sources: https://opencode.ai/v1/docs/config.md, /v1/docs/agents/ and https://opencode.ai/docs/config, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.claude.commands import describe_command, read_command
from nhilint.formats.claude.load_commands import read_load_commands
from nhilint.formats.claude.templates import engine_template
from nhilint.formats.mcp.dialects import DIALECTS
from nhilint.formats.mcp.servers import read_servers
from nhilint.formats.node import Node
from nhilint.formats.opencode.agents import read_agent
from nhilint.formats.opencode.permissions import ineffective_rules, read_autonomy, read_directories, read_permissions
from nhilint.formats.opencode.plugins import enabled_plugins
from nhilint.formats.opencode.providers import read_credentials, read_endpoints
from nhilint.formats.opencode.rules import read_rules
from nhilint.model.fact import Fact, Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent, Instruction
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.agent import ConfiguredCommand
    from nhilint.source.document import Document

SERVERS = "mcp-opencode"
"""The dialect of the servers, and the format that their resources bear."""

_TELLING = frozenset(
    {
        "permission", "permissions", "agent", "agents", "provider", "providers", "plugin", "plugins", "share",
        "autoshare", "command", "commands", "formatter", "lsp", "instructions", "tools", "mode", "model",
        "experimental",
    }
)  # fmt: skip
_HOME_FOLDER = Deferred(r"(?:^|/)(?:\.config|dot_config|config|home|[\w.-]*dotfiles?[\w.-]*)/(?:.*/)?opencode\.jsonc?$")
_MOST_AGENTS = 200
_MOST_COMMANDS = 200


def extract(document: Document, claim: Claim) -> Extraction:
    """The agents and the servers of the file; a file with neither is another product's."""
    root = Node.root(document, engine_template)
    servers = read_servers(Node.root(document), DIALECTS[SERVERS], SERVERS)
    is_told = root.is_mapping and not _TELLING.isdisjoint(root.value)
    if servers is None and not is_told:
        return Extraction(recognised=root.is_mapping and "opencode.ai" in str(root["$schema"].value))
    level: Literal["project", "user"] = "user" if _HOME_FOLDER.search(document.path) else "project"
    resources = [Resource("agent", document.path, claim.format, read_settings(root, level))] if is_told else []
    for key in ("agent", "agents", "mode"):
        for count, (name, node) in enumerate(root[key].entries()):
            if count < _MOST_AGENTS and node.is_mapping:
                resources.append(
                    Resource("agent", name, claim.format, read_agent(name, node, level, before=read_rules(root)))
                )
    return Extraction((*resources, *(servers or ())))


def read_settings(root: Node, level: Literal["project", "user"]) -> Agent:
    """The agent that the session's settings describe."""
    rules = read_rules(root)
    return Agent(
        at=root.at,
        name=Known(root.path, root.at),
        product=Known("opencode", root.at),
        kind=Known("settings", root.at),
        level=Known(level, root.at),
        model=root["model"].text() if root["model"].is_text else None,
        autonomy=read_autonomy(rules),
        initiation=Known("human", root.at),
        acts_as=Known("user_proxy", root.at),
        tools_exposed=Known("all", root.at),
        permissions=tuple(read_permissions(rules)),
        commands=tuple(_commands(root)),
        directories=tuple(read_directories(rules)),
        endpoints=tuple(read_endpoints(root)),
        plugins=tuple(enabled_plugins(root)),
        credentials=tuple(read_credentials(root)),
        instructions=tuple(_instructions(root["instructions"])),
        ineffective=tuple(ineffective_rules(rules)),
        sessions_published=_published(root),
    )


def _published(root: Node) -> Fact[bool]:
    """Whether every session is given a public address; left out, a person decides for each."""
    share = root["share"]
    if share.exists:
        text = share.text()
        return Known(text.value == "auto", share.at) if isinstance(text, Known) else text
    return Known(value=True, at=root["autoshare"].at) if root["autoshare"].value is True else None


def _commands(root: Node) -> Iterator[ConfiguredCommand]:
    """Formatters, language servers and hooks, and the commands that a command's text runs when it is loaded."""
    found = (
        *_programs(root["formatter"], "formatter"),
        *_programs(root["lsp"], "lsp"),
        *_hooks(root["experimental"]["hook"]),
    )
    yield from found[:_MOST_COMMANDS]
    for key in ("command", "commands"):
        for count, (_, node) in enumerate(root[key].entries()):
            if count < _MOST_COMMANDS:
                yield from (one.record for one in read_load_commands(node["template"]))


def _programs(holder: Node, event: str) -> Iterator[ConfiguredCommand]:
    for count, (name, node) in enumerate(holder.entries()):
        if count >= _MOST_COMMANDS:
            return
        yield from _program(node["command"], f"{event}.{name[:60]}")


def _hooks(hooks: Node) -> Iterator[ConfiguredCommand]:
    for event, entries in hooks.entries():
        holders = [inner for _, inner in entries.entries()] if entries.is_mapping else [entries]
        for holder in holders[:_MOST_COMMANDS]:
            for item in holder.items():
                yield from _program(item["command"], event[:60])


def _program(command: Node, event: str) -> Iterator[ConfiguredCommand]:
    words = [item.value for item in command.items() if item.is_text] if command.is_list else []
    if words:
        yield describe_command(event, words[0], command.at, words[1:]).record
    elif command.is_text:
        found = read_command(event, command)
        if found is not None:
            yield found.record


def _instructions(node: Node) -> Iterator[Instruction]:
    """Instructions that are fetched from an address, which whoever holds it can change."""
    for count, item in enumerate(node.items()):
        if count < _MOST_COMMANDS and item.is_text and item.value.startswith(("http://", "https://")):
            detail = Known(f"instructions fetched from {item.value.split('?', 1)[0][:120]}", item.at)
            yield Instruction(at=item.at, kind=Known("remote_instructions", item.at), detail=detail)
