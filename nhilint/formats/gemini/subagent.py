"""`.gemini/agents/NAME.md` becomes an agent: a local one with its tools and servers, or a remote one by its address.

Without `tools` a local subagent has every tool of the session; subagents never start others. `max_turns` is 30 when
left out. A remote agent's credential is read from a variable (`$NAME`), printed by a command (`!command`) or written
out.
Sources: https://geminicli.com/docs/core/subagents/ and /core/remote-agents/, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from nhilint.formats.built_in_tools import client_tools
from nhilint.formats.claude.commands import describe_command
from nhilint.formats.claude.frontmatter import count_of, credentials_in, read_definition
from nhilint.formats.claude.instructions import read_instructions
from nhilint.formats.endpoints import endpoint_of
from nhilint.formats.gemini.settings import SERVERS
from nhilint.formats.mcp.dialect import Expansion
from nhilint.formats.mcp.dialects import DIALECTS
from nhilint.formats.mcp.holding import Slot, pointing, read_slot
from nhilint.formats.mcp.servers import read_servers
from nhilint.model.fact import Fact, Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.agent import ConfiguredCommand
    from nhilint.model.vocabulary.capability import Endpoint
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.source.document import Document

_SECRETS = ("key", "token", "password", "value", "client_secret", "clientSecret")
_MOST_TOOLS = 300
_TURNS = 30


def extract(document: Document, claim: Claim) -> Extraction:
    """One subagent and the servers that only it has; a file without a name and a description is documentation."""
    definition = read_definition(document)
    fields = definition.fields
    name = fields["name"]
    is_remote = fields["kind"].value == "remote"
    if not name.is_text or not (fields["description"].exists or is_remote):
        return Extraction(recognised=False)
    servers = read_servers(fields, DIALECTS[SERVERS], SERVERS) or ()
    agent = read_subagent(fields, definition.body)
    if servers:
        agent = replace(agent, servers=Known(tuple(server.name for server in servers), fields["mcpServers"].at))
    return Extraction((Resource("agent", name.value, claim.format, agent), *servers))


def read_subagent(fields: Node, body: Node) -> Agent:
    """The agent that a definition describes."""
    name = fields["name"]
    is_remote = fields["kind"].value == "remote"
    tools = [item for item in fields["tools"].items() if item.is_text][:_MOST_TOOLS]
    return Agent(
        at=name.at,
        name=name.text(),
        product=Known("gemini-cli", name.at),
        kind=Known("subagent", name.at),
        level=Known("project", name.at),
        purpose=fields["description"].text(),
        model=fields["model"].text(),
        initiation=Known("tool_mediated", name.at),
        acts_as=Known("user_proxy", name.at),
        tools_exposed=None if is_remote else _exposed(fields["tools"]),
        tools=client_tools("gemini-cli", "Gemini CLI", [(t.value, t.at) for t in tools if _is_built_in(t.value)]),
        servers=_servers(fields["tools"], tools),
        commands=tuple(_commands(fields["auth"])),
        endpoints=tuple(_endpoint(fields["agent_card_url"])),
        credentials=(*_credentials(fields["auth"]), *credentials_in(body)),
        instructions=read_instructions(fields, body),
        max_turns=None if is_remote else count_of(fields["max_turns"]) or Known(_TURNS, name.at),
    )


def _exposed(tools: Node) -> Fact[Literal["all", "list", "none"]]:
    if not tools.exists or tools.value is None:
        return Known("all", tools.at)
    names = [item.value for item in tools.items()]
    return Known("all" if "*" in names else "list" if names else "none", tools.at)


def _is_built_in(name: str) -> bool:
    return name != "*" and not name.startswith("mcp_")


def _servers(node: Node, tools: list[Node]) -> Fact[tuple[str, ...]]:
    """Servers whose tools it may use; `*` for every one of the session."""
    if not node.exists:
        return Known(("*",), node.at)
    named = [item.value for item in tools]
    if "*" in named or "mcp_*" in named:
        return Known(("*",), node.at)
    names = dict.fromkeys(name[4:].split("_", 1)[0] for name in named if name.startswith("mcp_"))
    return Known(tuple(names), node.at) if names else None


def _endpoint(node: Node) -> Iterator[Endpoint]:
    if node.is_text and node.value.strip():
        yield endpoint_of(node.value, node.at, "agent_card_url")


def _commands(auth: Node) -> Iterator[ConfiguredCommand]:
    """Commands that print a credential."""
    for key in _SECRETS:
        node = auth[key]
        if node.is_text and node.value.startswith("!") and not node.value.startswith("!!"):
            yield describe_command(f"auth.{key}", node.value[1:].strip(), node.at).record


def _credentials(auth: Node) -> Iterator[Credential]:
    for key in _SECRETS:
        node = auth[key]
        if not node.is_text or not node.value:
            continue
        text = node.value
        slot = Slot(key, node.at, "field", sensitive=True)
        if text.startswith("!") and not text.startswith("!!"):
            yield pointing(slot, None, "helper_command")
        elif text.startswith("$") and not text.startswith("$$"):
            yield pointing(slot, text[1:].strip("{}"), "env")
        else:
            yield from read_slot(text, slot, Expansion())[0]
