"""A Letta agent file (`.af`, JSON) becomes its agents with their tools, MCP servers and variables.

The present form lists agents and points to tools by id; the first form is one agent with its tools inside. A tool runs
unasked unless `default_requires_approval` or a tool rule of that type asks. Custom tools bring their Python with them;
`run_code` runs in a service of its own; the tools for files see those that come with the agent file.
Source: https://github.com/letta-ai/agent-file, the files under agents/ and the folders beside, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.frameworks.framework import Framework, Power, asked, plain, tool_by_name, tool_with
from nhilint.formats.frameworks.secrets import literals_below, named, text_credentials
from nhilint.formats.frameworks.servers import server
from nhilint.formats.mcp.dialect import Dialect, Gates, Keys
from nhilint.formats.node import Node
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.source.document import Document

LETTA = Framework(
    product="letta", title="Letta", known_as="letta", docs="https://docs.letta.com/guides/agents/agent-file"
)
_SERVERS = Dialect(
    client="letta",
    title="Letta",
    docs=LETTA.docs,
    keys=Keys(
        address=("server_url", "url"), headers=(("custom_headers",),), secrets=(("token",),), nested=("stdio_config",)
    ),
    gates=Gates(off=()),
)
_OWN_CODE = Power(category="other", access="execute", reads_untrusted=None, sends_out=None, private_data=None)
_ATTACHED = Power(category="files", access="read")
"""What the tools for files see lies in the agent file itself, and is as private as that."""
_VARIABLES = ("tool_exec_environment_variables", "secrets")
_MOST = 500


def extract(document: Document, claim: Claim) -> Extraction:
    """The agents of the file and its MCP servers."""
    root = Node.root(document)
    listed = root["agents"].is_list and root["tools"].is_list
    if not listed and not (root["agent_type"].is_text and root["core_memory"].exists):
        return Extraction(recognised=False)
    agents = [item for item in root["agents"].items() if item.is_mapping][:_MOST] if listed else [root]
    tools = {plain(item["id"]): item for item in list(root["tools"].items())[:_MOST] if item.is_mapping}
    servers = tuple(_servers(root["mcp_servers"], claim.format))
    resources = [
        _agent(node, _tools_of(node, tools if listed else None), servers if index == 0 else (), claim.format)
        for index, node in enumerate(agents)
    ]
    code = tuple(c for item in tools.values() for c in literals_below(item["source_code"])) if listed else ()
    lone = tuple(Resource("credential", "source_code", claim.format, c) for c in code)
    return Extraction((*resources, *servers, *lone))


def _tools_of(node: Node, by_id: dict[str, Node] | None) -> list[Node]:
    """The tools of an agent: those that its ids point to, or those that stand inside it."""
    if by_id is None:
        return list(node["tools"].items())[:_MOST]
    return [by_id[plain(item)] for item in node["tool_ids"].items() if plain(item) in by_id]


def _agent(node: Node, tools: list[Node], servers: tuple[Resource, ...], format_id: str) -> Resource:
    name = plain(node["name"], "agent")
    asking = {
        plain(rule["tool_name"]) for rule in node["tool_rules"].items() if plain(rule["type"]) == "requires_approval"
    }
    held = tuple(_tool(item, asking) for item in tools if item["name"].is_text)
    agent = Agent(
        at=node["name"].at,
        name=Known(name, node["name"].at),
        product=Known(LETTA.product, node["name"].at),
        kind=Known("service", node["name"].at),
        purpose=node["description"].text(),
        model=node["llm_config"]["model"].text(),
        tools_exposed=Known("list", node["tool_ids"].at if node["tool_ids"].exists else node["tools"].at),
        credentials=tuple(_credentials(node)),
        tools=(*held, *(s.facts for s in servers if isinstance(s.facts, Tool))),
    )
    return Resource("agent", name, format_id, agent)


def _tool(item: Node, asking: set[str]) -> Tool:
    name = plain(item["name"])
    rule = item["default_requires_approval"]
    asks = rule.value is True or name in asking
    gate = asked(rule.at if rule.value is True else item["name"].at, first=asks)
    if item["source_code"].is_text and not plain(item["tool_type"], "custom").startswith("letta"):
        return tool_with(LETTA, name, item["name"].at, gate, [_OWN_CODE])
    if plain(item["tool_type"]) == "letta_files_core":
        return tool_with(LETTA, name, item["name"].at, gate, [_ATTACHED])
    return tool_by_name(LETTA, name, item["name"].at, gate)


def _servers(servers: Node, format_id: str) -> Iterator[Resource]:
    for item in list(servers.items())[:_MOST]:
        if item.is_mapping and (item["server_url"].is_text or item["stdio_config"].is_mapping):
            yield server(plain(item["server_name"], plain(item["name"], "server")), item, _SERVERS, format_id)


def _credentials(node: Node) -> Iterator[Credential]:
    for key in _VARIABLES:
        variables = node[key]
        yield from named(variables, "env")
        for item in list(variables.items())[:_MOST] if variables.is_list else ():
            if item.is_mapping and item["key"].is_text:
                yield from text_credentials(item["value"], plain(item["key"]), "env")
    yield from literals_below(node["system"])
