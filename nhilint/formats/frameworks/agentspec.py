"""Open Agent Specification documents (JSON, YAML) become agents; their MCP transports become tools.

A document nests components or keeps them under `$referenced_components` and points to them by `$component_ref`. A
tool runs unasked unless `requires_confirmation` is true, which is false when it is missing. Managers hand work to their
workers, members of a swarm to those that `relationships` pair them with.
Source: https://github.com/oracle/agent-spec, docs/pyagentspec/source/agentspec/json_spec/
agentspec_json_spec_26_2_0.json, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.frameworks.framework import Framework, Power, asked, plain, tool_by_name, tool_with
from nhilint.formats.frameworks.secrets import field, named
from nhilint.formats.frameworks.servers import server
from nhilint.formats.mcp.dialect import Dialect, Gates, Keys
from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.fact import Known, Unknown, known_records
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent, Delegation
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.source.document import Document

SPEC = Framework(
    product="agent-spec",
    title="Open Agent Specification",
    known_as="agent-spec",
    docs="https://oracle.github.io/agent-spec/",
)
_SERVERS = Dialect(
    client="agent-spec",
    title=SPEC.title,
    docs=SPEC.docs,
    keys=Keys(headers=(("headers",), ("sensitive_headers",))),
    gates=Gates(off=()),
)
_AGENTS = frozenset({"Agent", "OciAgent", "A2AAgent", "RemoteAgent"})
_TEAMS = frozenset({"ManagerWorkers", "Swarm"})
_TELLING = frozenset(
    {*_AGENTS, *_TEAMS, "Flow", "SpecializedAgent", "MCPToolBox", "MCPTool", "RemoteTool", "ServerTool"}
)
_MOST = 4_000
_SECRETS = ("api_key", "client_secret", "password", "key")
_REMOTE = {"GET": "read", "HEAD": "read", "DELETE": "delete"}


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent for each component of that kind; the MCP servers of its toolboxes."""
    root = Node.root(document, braces)
    components = tuple(_components(root))
    kinds = {_kind(node) for node in components}
    if not (root["agentspec_version"].is_text or _kind(root) in _TELLING) or kinds.isdisjoint(_TELLING):
        return Extraction(recognised=False)
    by_id = {str(node["id"].value): node for node in components if node["id"].is_text}
    teams = tuple(node for node in components if _kind(node) in _TEAMS)
    resources: list[Resource] = []
    for node in components:
        if _kind(node) in _AGENTS:
            resources.extend(_read(node, by_id, teams, claim.format))
    return Extraction(tuple(resources))


def _kind(node: Node) -> str:
    value = node["component_type"].value
    return value if isinstance(value, str) else ""


def _components(root: Node) -> Iterator[Node]:
    waiting, seen = [root], 0
    while waiting and seen < _MOST * 5:
        node = waiting.pop()
        seen += 1
        if node.is_mapping:
            if _kind(node):
                yield node
            waiting.extend(reversed([inner for _, inner in node.entries() if inner.is_mapping or inner.is_list]))
        elif node.is_list:
            waiting.extend(reversed([item for item in node.items() if item.is_mapping]))


def _target(node: Node, by_id: dict[str, Node]) -> Node:
    """The component that a node is or points to."""
    pointer = node["$component_ref"].value
    return by_id.get(pointer, node) if isinstance(pointer, str) else node


def _name(node: Node) -> str:
    return str(node["name"].value) if node["name"].is_text else _kind(node) or "agent"


def _read(node: Node, by_id: dict[str, Node], teams: tuple[Node, ...], format_id: str) -> Iterator[Resource]:
    parts = [_target(item, by_id) for key in ("tools", "toolboxes") for item in list(node[key].items())[:_MOST]]
    servers = tuple(found for part in parts for found in _servers(part, by_id, format_id))
    tools = tuple(_tool(part) for part in parts if _kind(part) not in ("MCPToolBox", "MCPTool", ""))
    model = _target(node["llm_config"], by_id)
    label = node["name"] if node["name"].exists else node["component_type"]
    agent = Agent(
        at=label.at,
        name=Known(_name(node), label.at),
        product=Known(SPEC.product, node.at),
        kind=Known("service", node.at),
        purpose=node["description"].text(),
        model=model["model_id"].text(),
        initiation=Known("tool_mediated", node.at),
        tools_exposed=Known("list", node["tools"].at),
        delegations=tuple(_delegations(node, by_id, teams)),
        credentials=tuple(_credentials([model, *parts])),
        tools=(*tools, *(s.facts for s in servers if isinstance(s.facts, Tool))),
    )
    yield Resource("agent", _name(node), format_id, agent)
    yield from servers


def _tool(part: Node) -> Tool:
    confirm = part["requires_confirmation"]
    gate = asked(confirm.at if confirm.exists else part["name"].at, first=confirm.value is True)
    at = part["name"].at if part["name"].exists else part.at
    if _kind(part) == "RemoteTool":
        method = plain(part["http_method"], "GET").upper()
        access = _REMOTE.get(method, "write")
        return tool_with(SPEC, _name(part), at, gate, [Power(category="other", access=access, private_data=None)])  # type: ignore[arg-type]
    if _kind(part) == "BuiltinTool":
        return tool_by_name(SPEC, _name(part), at, gate, kind_of_tool=str(part["tool_type"].value))
    return tool_by_name(SPEC, _name(part), at, gate)


def _servers(part: Node, by_id: dict[str, Node], format_id: str) -> Iterator[Resource]:
    if _kind(part) not in ("MCPToolBox", "MCPTool"):
        return
    transport = _target(part["client_transport"], by_id)
    if not (transport["command"].is_text or transport["url"].is_text):
        return
    found = server(_name(part), transport, _SERVERS, format_id)
    if isinstance(found.facts, Tool):
        chosen = part["tool_filter"]
        names = (
            chosen.texts() if all(item.is_text for item in chosen.items()) else chosen.unknown("tools with conditions")
        )
        confirm = part["requires_confirmation"]
        gate = asked(confirm.at if confirm.exists else part["name"].at, first=confirm.value is True)
        held = found.facts.capabilities
        gated = held if isinstance(held, Unknown) else tuple(replace(one, gate=gate) for one in known_records(held))
        exposed = Known("list" if chosen.is_list and chosen.value else "all", chosen.at)
        facts = replace(found.facts, exposed=exposed, exposed_tools=names, capabilities=gated)
        yield replace(found, facts=facts)


def _delegations(node: Node, by_id: dict[str, Node], teams: tuple[Node, ...]) -> Iterator[Delegation]:
    for team in teams:
        for giver, taker, at in _pairs(team, by_id):
            if giver.pointer == node.pointer:
                yield Delegation(at=at.at, target=Known(_name(taker), at.at), gate=Known("none", at.at))


def _pairs(team: Node, by_id: dict[str, Node]) -> Iterator[tuple[Node, Node, Node]]:
    if _kind(team) == "ManagerWorkers":
        manager = _target(team["group_manager"], by_id)
        yield from ((manager, _target(item, by_id), item) for item in list(team["workers"].items())[:_MOST])
        return
    for pair in list(team["relationships"].items())[:_MOST]:
        if pair[0].is_mapping and pair[1].is_mapping:
            yield _target(pair[0], by_id), _target(pair[1], by_id), pair[1]


def _credentials(parts: list[Node]) -> Iterator[Credential]:
    for part in parts:
        for key in _SECRETS:
            if part[key].is_text:
                yield from field(part[key])
        yield from named(part["headers"], "header")
        yield from named(part["sensitive_headers"], "header")
