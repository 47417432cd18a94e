"""A flow exported by Langflow becomes agents: agent components with the components whose output is their tool.

A field marked `password` with a value is a credential in clear unless `load_from_db` says that the value is the name of
a stored variable. Each component carries its Python in `code`; that is read for credentials of known shape alone.
Sources: https://docs.langflow.org/concepts-flows-import; lfx 1.13.0 on PyPI, lfx/inputs/inputs.py
(SecretStrInput); langflow-base 1.13.0, initial_setup/starter_projects, read 2026-11-22.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from nhilint.formats.frameworks.flowise_tools import LANGFLOW, tool_of
from nhilint.formats.frameworks.framework import plain
from nhilint.formats.frameworks.secrets import field, literals_below
from nhilint.formats.frameworks.servers import server
from nhilint.formats.mcp.dialect import Dialect, Gates, Keys
from nhilint.formats.node import Node
from nhilint.model.fact import Known, value_of
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.source.document import Document

_SERVERS = Dialect(
    client="langflow",
    title="Langflow",
    docs=LANGFLOW.docs,
    keys=Keys(address=("url", "sse_url")),
    gates=Gates(off=()),
)
_MOST = 1_000


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent for each agent component; credentials in clear by themselves."""
    root = Node.root(document)
    body = root["data"]
    nodes = [
        item for item in list(body["nodes"].items())[:_MOST] if item.at_path("data", "node", "template").is_mapping
    ]
    if not nodes or not body["edges"].is_list:
        return Extraction(recognised=False)
    by_id = {plain(item["id"]): item for item in nodes}
    called: dict[str, list[Node]] = defaultdict(list)
    for edge in list(body["edges"].items())[: _MOST * 5]:
        if _is_tool_edge(edge) and plain(edge["source"]) in by_id:
            called[plain(edge["target"])].append(by_id[plain(edge["source"])])
    resources = [r for item in nodes if _is_agent(item) for r in _read(item, called[plain(item["id"])], claim.format)]
    told = {resource.at.pointer for resource in resources if resource.kind == "tool"}
    lone = (
        Resource("credential", value_of(c.name) or "credential", claim.format, c)
        for item in nodes
        for c in _secrets(item)
        if not any(c.at.pointer[: len(place)] == place for place in told)
    )
    return Extraction((*resources, *lone))


def _is_tool_edge(edge: Node) -> bool:
    name = edge.at_path("data", "targetHandle", "fieldName")
    return "tools" in (plain(name) or plain(edge["targetHandle"])[:2_000])


def _kind(item: Node) -> str:
    return plain(item["data"]["type"])


def _is_agent(item: Node) -> bool:
    return "Agent" in _kind(item) and item.at_path("data", "node", "template", "tools").is_mapping


def _read(item: Node, parts: list[Node], format_id: str) -> Iterator[Resource]:
    node = item["data"]["node"]
    label = node["display_name"] if node["display_name"].is_text else item["data"]["type"]
    name = plain(label, "agent")
    servers = tuple(found for part in parts for found in _servers(part, format_id))
    limit = node["template"]["max_iterations"]["value"].value
    agent = Agent(
        at=label.at,
        name=Known(name, label.at),
        product=Known(LANGFLOW.product, label.at),
        kind=Known("service", label.at),
        purpose=node["description"].text(),
        tools_exposed=Known("list", node["template"]["tools"].at),
        max_turns=Known(limit, label.at) if type(limit) is int else None,
        tools=(
            *(
                tool_of(_kind(p), p["data"]["type"].at, asks=False, framework=LANGFLOW)
                for p in parts
                if not _is_server(p)
            ),
            *(s.facts for s in servers if isinstance(s.facts, Tool)),
        ),
    )
    yield Resource("agent", name, format_id, agent)
    yield from servers


def _is_server(part: Node) -> bool:
    return _kind(part).startswith("MCP")


def _servers(part: Node, format_id: str) -> Iterator[Resource]:
    """The server of an MCP component: a stored one with its configuration, or a command of its own."""
    if not _is_server(part):
        return
    chosen = part.at_path("data", "node", "template", "mcp_server", "value")
    config = chosen["config"] if chosen["config"].is_mapping else chosen
    if config["command"].is_text or config["url"].is_text:
        yield server(plain(chosen["name"], "MCP server"), config, _SERVERS, format_id)


def _secrets(item: Node) -> Iterator[Credential]:
    template = item["data"]["node"]["template"]
    for key, part in list(template.entries())[:_MOST]:
        if part["password"].value is True:
            if part["load_from_db"].value is not True and plain(part["value"]):
                yield from field(part["value"], name=key)
        elif part["load_from_db"].value is not True:
            yield from (c for c in literals_below(part["value"]) if value_of(c.shaped) is True)
