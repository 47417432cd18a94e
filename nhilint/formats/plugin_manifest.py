"""A plug-in's manifest in the form that Codex, Copilot and Cursor share becomes an agent of kind `plugin`.

Hooks and servers that the manifest writes out are read here; where it names a file instead, that file is one of its
own. What a plug-in ships for the model to read (skills, agents, commands) are files of their own as well.
Sources, read 2026-11-22: https://github.com/openai/codex, codex-rs/core-plugins/src/manifest.rs (hooks: a path, paths,
one object or several; mcpServers: a path or an object) and codex-rs/codex-mcp/src/plugin_config.rs (servers below
`mcpServers`, or bare); https://docs.github.com/en/copilot/reference/copilot-cli-reference/cli-plugin-reference (hooks
and mcpServers: a path or an object); https://cursor.com/docs/plugins/building.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from nhilint.formats.claude.templates import engine_template
from nhilint.formats.hook_commands import HookGrammar, ReadHooks, read_hooks
from nhilint.formats.mcp.entry import Entry
from nhilint.formats.mcp.server import read_server
from nhilint.formats.mcp.servers import looks_like_server
from nhilint.formats.node import Node
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.formats.mcp.dialect import Dialect
    from nhilint.source.document import Document

_PARTS = ("skills", "agents", "commands", "hooks", "mcpServers", "lspServers", "apps", "rules", "interface")
_METADATA = ("version", "description", "author", "keywords", "repository", "homepage")
_MOST = 200
"""Objects with hooks, and servers, of one manifest that are read."""


class PluginGrammar(NamedTuple):
    """What one product makes of a manifest: the hooks that it has, and how it reads a server."""

    product: str
    hooks: HookGrammar
    servers: Dialect


def read_manifest(document: Document, claim: Claim, grammar: PluginGrammar) -> Extraction:
    """The plug-in and the servers that its manifest defines; any other file of that name is left alone."""
    root = Node.root(document, engine_template)
    if not is_manifest(root):
        return Extraction(recognised=False)
    name = root["name"].value
    agent = Agent(
        at=root["name"].at,
        name=Known(name, root["name"].at),
        product=Known(grammar.product, root["name"].at),
        kind=Known("plugin", root["name"].at),
        level=Known("plugin", root["name"].at),
        purpose=root["description"].text(),
    )
    found = tuple(read_hooks(hooks, grammar.hooks) for hooks in _inline_hooks(root["hooks"]))
    servers = _servers(root["mcpServers"], claim, grammar)
    return Extraction((Resource("agent", name, claim.format, _with_hooks(agent, found)), *servers))


def is_manifest(root: Node) -> bool:
    """Whether a mapping names a plug-in and says anything that such a manifest says."""
    if not root.is_mapping or not isinstance(root["name"].value, str):
        return False
    return any(root[key].exists for key in (*_PARTS, *_METADATA))


def _with_hooks(agent: Agent, found: tuple[ReadHooks, ...]) -> Agent:
    """The agent with what its hooks run and send."""
    return replace(
        agent,
        commands=tuple(one for hooks in found for one in hooks.commands),
        endpoints=tuple(one for hooks in found for one in hooks.endpoints),
        credentials=tuple(one for hooks in found for one in hooks.credentials),
        ineffective=tuple(one for hooks in found for one in hooks.ineffective),
    )


def _inline_hooks(stated: Node) -> Iterator[Node]:
    """The mappings of events; one may stand below a further `hooks`, as it does in a file of hooks."""
    for count, node in enumerate(stated.items() if stated.is_list else (stated,)):
        if count >= _MOST:
            return
        yield node["hooks"] if node["hooks"].is_mapping else node


def _servers(stated: Node, claim: Claim, grammar: PluginGrammar) -> tuple[Resource, ...]:
    found: list[Resource] = []
    for count, holder in enumerate(stated.items() if stated.is_list else (stated,)):
        if count >= _MOST:
            break
        servers = holder["mcpServers"] if holder["mcpServers"].is_mapping else holder
        for name, node in servers.entries():
            if len(found) < _MOST and looks_like_server(node, grammar.servers):
                found.append(read_server(Entry(name, node, grammar.servers), claim.format))
    return tuple(found)
