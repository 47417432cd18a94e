"""An agent's JSON file of Kiro or Amazon Q becomes an agent that a person starts by name, and its own servers.

`tools` says what there is: `*` everything, `@builtin`, `@server`, `@server/tool`; left out the agent has none. The
project's list of servers is loaded only where `includeMcpJson` (Amazon Q: `useLegacyMcpJson`) says so.
Sources: https://github.com/aws/amazon-q-developer-cli, docs/agent-format.md, docs/hooks.md and schemas/agent-v1.json;
https://kiro.dev/docs/cli/custom-agents/configuration-reference/, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from nhilint.formats.assistant import chosen
from nhilint.formats.built_in_tools import client_tools
from nhilint.formats.claude.frontmatter import credentials_in, stem_of
from nhilint.formats.claude.templates import engine_template
from nhilint.formats.hook_commands import HookGrammar, read_hooks
from nhilint.formats.kiro.approvals import read_approvals
from nhilint.formats.mcp.dialects import DIALECTS
from nhilint.formats.mcp.servers import read_servers
from nhilint.formats.node import Node
from nhilint.model.fact import Fact, Known
from nhilint.model.resource import Extraction, Resource

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary import Agent
    from nhilint.source.document import Document

HOOKS = HookGrammar(
    title="Kiro",
    docs="https://github.com/aws/amazon-q-developer-cli/blob/main/docs/hooks.md",
    events=frozenset({"agentSpawn", "userPromptSubmit", "preToolUse", "postToolUse", "stop"}),
    guarding=frozenset({"preToolUse"}),
    told=frozenset({"preToolUse", "postToolUse", "userPromptSubmit"}),
    is_complete=False,
)
_TELLING = ("tools", "allowedTools", "toolsSettings", "prompt", "mcpServers", "resources", "useLegacyMcpJson")
_MOST = 300


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent, and the servers that only it has; a file with none of the keys is another tool's."""
    root = Node.root(document, engine_template)
    if not root.is_mapping or not any(root[key].exists for key in _TELLING):
        return Extraction(recognised=False)
    product = "amazon-q" if ".amazonq/" in document.path else "kiro"
    dialect = f"mcp-{product}"
    servers = read_servers(Node.root(document), DIALECTS[dialect], dialect) or ()
    name = root["name"].value if root["name"].is_text and root["name"].value.strip() else stem_of(document.path)
    agent = read_agent(root, product, name)
    return Extraction((Resource("agent", name, claim.format, agent), *servers))


def read_agent(root: Node, product: str, name: str) -> Agent:
    """The agent that a file describes. People work with it, so it is read like the settings of a session."""
    tools = [item for item in root["tools"].items() if item.is_text][:_MOST]
    own = [(item.value, item.at) for item in tools if not item.value.startswith("@") and item.value != "*"]
    approvals = read_approvals(root, product)
    title = "Amazon Q" if product == "amazon-q" else "Kiro"
    agent = chosen(root, product, name, root["name"])
    agent = replace(
        agent,
        kind=Known("settings", agent.at),
        initiation=Known("human", agent.at),
        tools_exposed=exposed(root["tools"], tools),
        tools=client_tools(product, title, own),
        servers=servers_named(root["tools"], tools),
        project_servers=root.first("includeMcpJson", "useLegacyMcpJson").boolean(default=False),
        permissions=approvals.permissions,
        credentials=tuple(credentials_in(root["prompt"])),
        ineffective=approvals.ineffective,
    )
    return read_hooks(root["hooks"], HOOKS).held_by(agent)


def exposed(node: Node, tools: list[Node]) -> Fact[Literal["all", "list", "none"]]:
    """Whether it has every tool or a list; none where the list is left out."""
    if any(item.value == "*" for item in tools):
        return Known("all", node.at)
    return Known("list" if tools else "none", node.at)


def servers_named(node: Node, tools: list[Node]) -> Fact[tuple[str, ...]]:
    """Servers that the list of tools names; `*` for every one."""
    if any(item.value == "*" for item in tools):
        return Known(("*",), node.at)
    named = dict.fromkeys(item.value[1:].split("/", 1)[0] for item in tools if item.value.startswith("@"))
    names = tuple(name for name in named if name not in ("builtin", ""))
    return Known(names, node.at) if names else None
