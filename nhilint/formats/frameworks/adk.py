"""An agent configuration of Google's Agent Development Kit becomes an agent; its MCP toolsets become tools.

An agent may hand the conversation to its sub-agents unasked. Sub-agents stand in files of their own
(`config_path`, relative to the file that names them) or in code. A missing `tool_filter` means every tool of a
toolset. Gates (`require_confirmation`, callbacks) are set in Python; the configuration has none for tools of its own.
Sources: google-adk 2.13.0 (PyPI), agents/config_schemas/AgentConfig.json, agents/common_configs.py,
tools/tool_configs.py, tools/mcp_tool/mcp_toolset.py, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.endpoints import endpoint
from nhilint.formats.frameworks.framework import Framework, asked, plain, tool_by_name
from nhilint.formats.frameworks.secrets import literals_below
from nhilint.formats.frameworks.servers import server
from nhilint.formats.mcp.dialect import Dialect, Gates
from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.fact import Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent, Delegation
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.capability import Endpoint
    from nhilint.source.document import Document

ADK = Framework(
    product="google-adk",
    title="Google ADK",
    known_as="google-adk",
    docs="https://google.github.io/adk-docs/agents/config/",
)
_SERVERS = Dialect(
    client="google-adk", title="Google ADK", docs=ADK.docs, gates=Gates(chosen=(("tool_filter",),), off=())
)
_CLASSES = frozenset({"LlmAgent", "LoopAgent", "ParallelAgent", "SequentialAgent"})
_TOOLSETS = frozenset({"MCPToolset", "McpToolset"})
_MOST = 300


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent and the MCP servers that it starts."""
    root = Node.root(document, braces)
    if not _is_agent(root):
        return Extraction(recognised=False)
    name = str(root["name"].value)
    servers = tuple(_servers(root["tools"], claim.format))
    found = tuple(_tools(root["tools"]))
    limit = root["max_iterations"].value
    agent = Agent(
        at=root["name"].at,
        name=Known(name, root["name"].at),
        product=Known(ADK.product, root.at),
        kind=Known("service", root.at),
        purpose=root["description"].text(),
        model=root["model"].text(),
        initiation=Known("tool_mediated", root.at),
        tools_exposed=Known("list" if root["tools"].exists else "none", root["tools"].at),
        delegations=tuple(_delegations(root)),
        endpoints=tuple(_endpoints(root)),
        credentials=literals_below(root, {"tools", "instruction", "description"}),
        max_turns=Known(limit, root["max_iterations"].at) if type(limit) is int else None,
        tools=(*found, *(s.facts for s in servers if isinstance(s.facts, Tool))),
    )
    return Extraction((Resource("agent", name, claim.format, agent), *servers))


def _is_agent(root: Node) -> bool:
    """A class of the kit, or an instruction beside what only the kit spells that way."""
    if not root.is_mapping or not isinstance(root["name"].value, str):
        return False
    kind = root["agent_class"].value
    if isinstance(kind, str):
        return kind in _CLASSES or "." in kind
    paths = any(item["config_path"].is_text for item in root["sub_agents"].items() if item.is_mapping)
    return paths or (root["instruction"].is_text and root["model"].is_text and _has_tools(root["tools"]))


def _has_tools(tools: Node) -> bool:
    items = list(tools.items()) if tools.is_list else []
    return bool(items) and all(item.is_mapping and set(item.value) <= {"name", "args"} for item in items)


def _tools(tools: Node) -> Iterator[Tool]:
    for item in list(tools.items())[:_MOST]:
        text = item["name"].text() if item.is_mapping else None
        if isinstance(text, Known) and text.value.rsplit(".", 1)[-1] not in {*_TOOLSETS, "AgentTool"}:
            yield tool_by_name(ADK, text.value, item["name"].at, asked(item.at, first=False))


def _servers(tools: Node, format_id: str) -> Iterator[Resource]:
    for item in list(tools.items())[:_MOST]:
        if not item.is_mapping or str(item["name"].value).rsplit(".", 1)[-1] not in _TOOLSETS:
            continue
        arguments = item["args"]
        node = _parameters(arguments)
        if node is None:
            continue
        label = plain(arguments["tool_name_prefix"], _label(node))
        found = server(label, node, _SERVERS, format_id)
        facts = found.facts
        if isinstance(facts, Tool):
            chosen = arguments["tool_filter"].texts()
            known = Known("list" if chosen is not None else "all", arguments["tool_filter"].at)
            more = literals_below(arguments["auth_credential"])
            facts = replace(facts, exposed=known, exposed_tools=chosen, credentials=(*_known(facts), *more))
            yield replace(found, facts=facts)


def _known(tool: Tool) -> tuple[object, ...]:
    return () if isinstance(tool.credentials, Unknown) else tool.credentials


def _parameters(arguments: Node) -> Node | None:
    """The node that starts or addresses the server, in whichever of the four forms."""
    for key in (
        "stdio_server_params",
        "stdio_connection_params",
        "sse_connection_params",
        "streamable_http_connection_params",
    ):
        node = arguments[key]
        if node.is_mapping:
            return node["server_params"] if node["server_params"].is_mapping else node
    return None


def _label(node: Node) -> str:
    arguments = [str(item.value) for item in node["args"].items() if not str(item.value).startswith("-")]
    return arguments[0] if arguments else plain(node["command"], plain(node["url"], "server"))


def _delegations(root: Node) -> Iterator[Delegation]:
    for item in list(root["sub_agents"].items())[:_MOST]:
        yield from _delegation(item["config_path"] if item["config_path"].exists else item["code"])
    for item in list(root["tools"].items())[:_MOST]:
        if str(item["name"].value) == "AgentTool":
            agent = item["args"]["agent"]
            yield from _delegation(agent["config_path"] if agent.is_mapping else agent)


def _delegation(node: Node) -> Iterator[Delegation]:
    text = node.text()
    if isinstance(text, Known):
        yield Delegation(at=node.at, target=text, gate=Known("none", node.at))


def _endpoints(root: Node) -> Iterator[Endpoint]:
    base = root.at_path("generate_content_config", "http_options", "base_url")
    found = endpoint(base)
    if found is not None and not isinstance(found, Unknown):
        yield replace(found, carries=Known("model_traffic", base.at))
