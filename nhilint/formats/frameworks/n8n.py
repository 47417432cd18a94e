"""An n8n workflow with AI agent nodes becomes agents: their tool nodes, and the triggers from which they are reached.

`connections` says who feeds whom: tools by `ai_tool`, steps by `main`. The export leaves out parameters that are at
their default, so a missing one is the node's default. A workflow without an agent is read for credentials in clear
alone. An export that is switched off answers nobody, and neither does a page of the template store or a piece copied
from the editor: they are templates. Not here: steps after the agent (their recipient is the author's choice), workflows
that others call.
Sources: npm n8n-nodes-base 2.41.2 and @n8n/n8n-nodes-langchain 2.41.1, dist/types/nodes.json, read 2026-11-22.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec.structs import replace

from nhilint.formats.frameworks.n8n_tools import N8N, expression, tool_of
from nhilint.formats.frameworks.n8n_triggers import is_trigger, trigger_of
from nhilint.formats.frameworks.secrets import literals_below
from nhilint.formats.node import Node
from nhilint.model.fact import Known, value_of
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent, Delegation
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.agent import Trigger
    from nhilint.setting import Setting
    from nhilint.source.document import Document

_AGENTS = frozenset({"agent", "agentTool", "mcpTrigger"})
"""Node types that call tools as a model decides; the last offers its tools to agents elsewhere."""
_PREFIXES = ("n8n-nodes-base.", "@n8n/n8n-nodes-langchain.", "n8n-nodes-")
_MOST = 2_000
_NOT_READ = frozenset({"connections", "meta", "position", "webhookId", "versionId", "instanceId", "activeVersion"})


class Flow(NamedTuple):
    """The nodes of a workflow by name and who feeds whom: steps by name, tools by the node that they serve."""

    nodes: dict[str, Node]
    before: dict[str, list[str]]
    tools: dict[str, list[str]]


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent for each agent node; credentials alone where there is none."""
    root = Node.root(document, expression)
    body = _body(root)
    if body is None:
        return Extraction(recognised=False)
    flow = _flow(body)
    resources = [
        r for name in flow.nodes if _kind(flow.nodes[name]) in _AGENTS for r in _read(name, flow, claim.format)
    ]
    secrets = literals_below(body, _NOT_READ)
    lone = (Resource("credential", str(value_of(c.name) or "credential"), claim.format, c) for c in secrets)
    setting = _setting(root, body)
    return Extraction(tuple(replace(one, setting=setting) for one in (*resources, *lone)))


def _setting(root: Node, body: Node) -> Setting:
    """Whether an instance that runs may have written the file.

    The store answers with the workflow inside of its own record, with who published it; an export says whether the
    workflow is `active`, without which its addresses are not registered; the editor's clipboard has `pinData`, and
    neither name nor settings. Where nothing says it, it may run: source control leaves `active` out.
    Sources, read 2026-11-22: https://docs.n8n.io/workflows/export-import/ and the answers of the store's interface.
    """
    in_store = root["workflow"]["workflow"]["nodes"].exists
    is_piece = body["pinData"].exists and not any(body[key].exists for key in ("name", "settings", "active"))
    return "template" if in_store or is_piece or body["active"].value is False else "production"


def _body(root: Node) -> Node | None:
    """The workflow itself: the document, or what a template store wraps it in."""
    for node in (root, root["workflow"], root["workflow"]["workflow"], root[0], root["data"]):
        kinds = [str(item["type"].value) for item in node["nodes"].items() if item.is_mapping]
        if node["connections"].is_mapping and any(kind.startswith(_PREFIXES) for kind in kinds):
            return node
    return None


def _kind(node: Node) -> str:
    return str(node["type"].value).rsplit(".", 1)[-1]


def _flow(body: Node) -> Flow:
    nodes = {
        str(item["name"].value): item
        for item in list(body["nodes"].items())[:_MOST]
        if item.is_mapping and item["name"].is_text and item["type"].is_text and item["disabled"].value is not True
    }
    before: dict[str, list[str]] = defaultdict(list)
    tools: dict[str, list[str]] = defaultdict(list)
    for source, target, kind in _edges(body["connections"]):
        if source in nodes and target in nodes:
            if kind == "main":
                before[target].append(source)
            elif kind == "ai_tool":
                tools[target].append(source)
    return Flow(nodes, before, tools)


def _edges(connections: Node) -> Iterator[tuple[str, str, str]]:
    for source, kinds in connections.entries():
        for kind, outputs in kinds.entries():
            reached = (edge["node"] for output in outputs.items() for edge in output.items())
            yield from ((source, str(node.value), kind) for node in reached if node.is_text)


def _read(name: str, flow: Flow, format_id: str) -> Iterator[Resource]:
    node = flow.nodes[name]
    parameters = node["parameters"]
    called = tuple(_called(name, flow))
    tools = tuple(tool_of(flow.nodes[one], format_id, asks=asks) for one, asks in called)
    limit = parameters["options"]["maxIterations"].value
    agent = Agent(
        at=node["name"].at,
        name=Known(name, node["name"].at),
        product=Known(N8N.product, node["type"].at),
        kind=Known("service", node["type"].at),
        purpose=parameters["toolDescription"].text(),
        initiation=Known("tool_mediated" if _kind(node) == "agentTool" else "autonomous", node["type"].at),
        triggers=tuple(_triggers(name, flow)),
        tools_exposed=Known("list", node["name"].at),
        delegations=tuple(_delegations(called, flow)),
        max_turns=Known(limit, node["parameters"].at) if type(limit) is int else None,
        tools=tuple(r.facts for r in tools if isinstance(r.facts, Tool)),
    )
    yield Resource("agent", name, format_id, agent)
    yield from (r for r in tools if isinstance(r.facts, Tool) and value_of(r.facts.kind) == "mcp_server")


def _called(name: str, flow: Flow) -> Iterator[tuple[str, bool]]:
    """The tools of an agent, and whether a node that asks a person stands between."""
    for one in flow.tools.get(name, ()):
        if _kind(flow.nodes[one]).endswith("HitlTool"):
            yield from ((inner, True) for inner in flow.tools.get(one, ()))
        else:
            yield one, False


def _delegations(called: tuple[tuple[str, bool], ...], flow: Flow) -> Iterator[Delegation]:
    for one, asks in called:
        node = flow.nodes[one]
        gate: Known[Literal["none", "prompt"]] = Known("prompt" if asks else "none", node["type"].at)
        if _kind(node) == "agentTool":
            yield Delegation(at=node["name"].at, target=Known(one, node["name"].at), gate=gate)
        elif _kind(node) == "toolWorkflow":
            target = node["parameters"]["workflowId"]
            label = target.first("cachedResultName", "value") if target.is_mapping else target
            if isinstance(label.text(), Known):
                yield Delegation(at=label.at, target=label.text(), gate=gate)


def _triggers(name: str, flow: Flow) -> Iterator[Trigger]:
    """Every trigger from which a chain of steps leads to the agent."""
    waiting, seen = list(flow.before.get(name, ())), {name}
    between: list[Node] = []
    found = [name] if is_trigger(_kind(flow.nodes[name])) else []
    while waiting:
        one = waiting.pop(0)
        if one in seen:
            continue
        seen.add(one)
        if is_trigger(_kind(flow.nodes[one])):
            found.append(one)
        else:
            between.append(flow.nodes[one])
        waiting.extend(flow.before.get(one, ()))
    for one in found:
        yield trigger_of(one, _kind(flow.nodes[one]), flow.nodes[one], between)
