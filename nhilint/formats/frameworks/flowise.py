"""A flow exported by Flowise becomes agents: agent nodes of chatflows, of sequential teams and of agent flows.

In chatflows an edge or an input `{{node.data.instance}}` gives a tool to an agent; agent flows list them in
`agentTools`, where `agentSelectedToolRequiresHumanInput` puts a question before each call. Stored credentials are ids.
Sources: https://github.com/FlowiseAI/Flowise, packages/components/nodes/{agentflow/Agent,tools}, and the templates in
packages/server/marketplaces, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.frameworks.embedded import embedded_server
from nhilint.formats.frameworks.flowise_tools import FLOWISE, tool_of
from nhilint.formats.frameworks.framework import plain
from nhilint.formats.frameworks.secrets import literals_below
from nhilint.formats.node import Node
from nhilint.model.fact import Known, value_of
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent, Delegation
from nhilint.model.vocabulary.tool import Tool
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.place import Place
    from nhilint.source.document import Document

_AGENTS = frozenset({"Agents", "Multi Agents"})
_BY_NAME = frozenset({"seqAgent", "agentAgentflow", "seqToolNode"})
_POINTER = Deferred(r"\{\{([\w-]+)\.data\.instance\}\}")
_NOT_READ = frozenset(
    {"inputParams", "inputAnchors", "outputAnchors", "baseClasses", "description", "icon", "filePath"}
)
_MOST = 1_000


class Called(NamedTuple):
    """A tool of an agent: its type, the place that names it, an MCP configuration, and whether a person is asked."""

    name: str
    at: Place
    config: Node
    asks: bool


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent for each agent node; credentials in clear by themselves."""
    root = Node.root(document)
    nodes = [item for item in list(root["nodes"].items())[:_MOST] if item.is_mapping and _is_node(item["data"])]
    if not nodes or not root["edges"].is_list:
        return Extraction(recognised=False)
    by_id = {plain(item["id"]): item["data"] for item in nodes}
    resources = [r for item in nodes if _is_agent(item["data"]) for r in _read(item["data"], by_id, claim.format)]
    told = {resource.at.pointer for resource in resources if resource.kind == "tool"}
    found = (c for item in nodes for c in literals_below(item["data"]["inputs"], _NOT_READ) if c.at.pointer not in told)
    lone = (Resource("credential", value_of(c.name) or "credential", claim.format, c) for c in found)
    return Extraction((*resources, *lone))


def _is_node(data: Node) -> bool:
    return (
        data["name"].is_text
        and data["inputs"].is_mapping
        and (data["inputAnchors"].is_list or data["category"].is_text)
    )


def _is_agent(data: Node) -> bool:
    return plain(data["category"]) in _AGENTS or plain(data["name"]) in _BY_NAME


def _read(data: Node, by_id: dict[str, Node], format_id: str) -> Iterator[Resource]:
    inputs = data["inputs"]
    label = next(
        (n for n in (inputs["supervisorName"], inputs["workerName"], inputs["agentName"], data["label"]) if plain(n)),
        data["name"],
    )
    name = plain(label, "agent")
    held = tuple(_called(data, by_id))
    servers = tuple(_servers(held, format_id))
    tools = [tool_of(one.name, one.at, asks=one.asks) for one in held if not plain(one.config)]
    limit = inputs["maxIterations"].value
    agent = Agent(
        at=label.at,
        name=Known(name, label.at),
        product=Known(FLOWISE.product, data["name"].at),
        kind=Known("service", data["name"].at),
        purpose=None,
        tools_exposed=Known("list", inputs["tools"].at),
        delegations=tuple(_workers(data, by_id)),
        max_turns=Known(limit, inputs["maxIterations"].at) if type(limit) is int else None,
        tools=(*tools, *(s.facts for s in servers if isinstance(s.facts, Tool))),
    )
    yield Resource("agent", name, format_id, agent)
    yield from servers


def _called(data: Node, by_id: dict[str, Node]) -> Iterator[Called]:
    inputs = data["inputs"]
    for item in list(inputs["tools"].items())[:_MOST]:
        for pointer in _POINTER.findall(plain(item)[:10_000]):
            if pointer in by_id:
                part = by_id[pointer]
                asks = inputs["interrupt"].value is True
                yield Called(plain(part["name"]), part["name"].at, part["inputs"]["mcpServerConfig"], asks)
    for item in list(inputs["agentTools"].items())[:_MOST]:
        if item.is_mapping and item["agentSelectedTool"].is_text:
            config = item["agentSelectedToolConfig"]["mcpServerConfig"]
            asks = item["agentSelectedToolRequiresHumanInput"].value is True
            yield Called(plain(item["agentSelectedTool"]), item["agentSelectedTool"].at, config, asks)


def _servers(held: tuple[Called, ...], format_id: str) -> Iterator[Resource]:
    """Servers whose configuration is a JSON text of its own."""
    for called in held:
        if plain(called.config):
            found = embedded_server(called.name, called.config, FLOWISE, format_id)
            if found is not None:
                yield found


def _workers(data: Node, by_id: dict[str, Node]) -> Iterator[Delegation]:
    """The workers of a supervisor: those that point back to it."""
    if plain(data["name"]) != "supervisor":
        return
    for part in by_id.values():
        pointer = _POINTER.search(plain(part["inputs"]["supervisor"])[:500])
        if pointer and by_id.get(pointer[1]) is not None and by_id[pointer[1]].pointer == data.pointer:
            label = part["inputs"]["workerName"] if plain(part["inputs"]["workerName"]) else part["label"]
            yield Delegation(at=label.at, target=Known(plain(label), label.at), gate=Known("none", label.at))
