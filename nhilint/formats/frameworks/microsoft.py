"""Declarative agents of Microsoft's AgentSchema (Agent Framework, Foundry, azd) become agents, their MCP tools tools.

Four shapes share one grammar: an agent (`kind: Prompt`), a hosted one (`kind: hosted`), a manifest that wraps either
in `template`, and the front matter of a Prompty file. Values that begin with `=` are PowerFx, `{{x}}` are parameters:
both unknown here. An MCP tool with `approvalMode: never` runs unasked; a missing mode is left to the service and not
stated.
Sources: https://github.com/microsoft/AgentSchema, agentschema-emitter/lib/model: agent, container, manifest,
connection, tools/*.tsp; https://github.com/microsoft/agent-framework, declarative-agents;
https://github.com/microsoft/prompty, runtime/*/tests and web/src/content; read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.frameworks.framework import Framework, asked, tool_by_name
from nhilint.formats.frameworks.secrets import field, text_credentials
from nhilint.formats.frameworks.servers import server
from nhilint.formats.mcp.dialect import Dialect, Gates, Keys
from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.fact import Fact, Known, value_of
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.model.vocabulary.tool import Approval
    from nhilint.source.document import Document

MICROSOFT = Framework(
    product="microsoft-agent-framework",
    title="Microsoft Agent Framework",
    known_as="foundry",
    docs="https://microsoft.github.io/AgentSchema/",
)
_SERVERS = Dialect(
    client="microsoft-agent-framework",
    title=MICROSOFT.title,
    docs=MICROSOFT.docs,
    keys=Keys(address=("url", "endpoint", "serverUrl"), nested=("connection",), secrets=(("connection", "apiKey"),)),
    gates=Gates(chosen=(("allowedTools",),), off=()),
)
_KINDS = frozenset({"prompt", "hosted", "containeragent", "container"})
_APPROVALS: dict[str, Approval] = {"never": "auto", "always": "prompt"}
_MOST = 300


def power_fx(text: str) -> str | None:
    """Why a text is not a value yet: PowerFx or a parameter of the manifest."""
    return "a PowerFx expression" if text.startswith("=") else braces(text)


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent and its MCP servers."""
    root = Node.root(document, power_fx)
    if claim.format == "prompty":
        root = root["frontmatter"]
    body = root["template"] if root["template"]["kind"].is_text else root
    is_own = root["model"].exists or root["tools"].exists if claim.format == "prompty" else _is_agent(root, body)
    if not is_own:
        return Extraction(recognised=False)
    label = body["name"] if body["name"].is_text else root["name"]
    name = label.value if label.is_text else document.path.rsplit("/", 1)[-1]
    servers = tuple(_servers(body["tools"], claim.format))
    tools = tuple(_tools(body["tools"]))
    agent = Agent(
        at=label.at if label.exists else root.at,
        name=Known(str(name), label.at if label.exists else root.at),
        product=Known(MICROSOFT.product, root.at),
        kind=Known("service", root.at),
        purpose=(root["description"] if root["description"].exists else body["description"]).text(),
        model=(body["model"] if body["model"].is_text else body["model"]["id"]).text(),
        tools_exposed=Known("list", body["tools"].at) if body["tools"].exists else None,
        credentials=tuple(_credentials(body)),
        tools=(*tools, *(s.facts for s in servers if isinstance(s.facts, Tool))),
    )
    return Extraction((Resource("agent", str(name), claim.format, agent), *servers))


def _is_agent(root: Node, body: Node) -> bool:
    kind = body["kind"].value
    if not isinstance(kind, str) or kind.lower() not in _KINDS or root["apiVersion"].exists:
        return False
    telling = (
        "instructions",
        "model",
        "tools",
        "protocols",
        "environment_variables",
        "environmentVariables",
        "resources",
    )
    return any(body[key].exists for key in telling) or body is not root


def _tools(tools: Node) -> Iterator[Tool]:
    for item in _entries(tools):
        kind = item["kind"].text()
        if isinstance(kind, Known) and kind.value.lower() not in ("mcp", "function"):
            label = item["name"].value if item["name"].is_text else kind.value
            gate = asked(item["kind"].at, first=False)
            yield tool_by_name(MICROSOFT, str(label), item["kind"].at, gate, kind_of_tool=kind.value)


def _servers(tools: Node, format_id: str) -> Iterator[Resource]:
    for item in _entries(tools):
        if str(item["kind"].value).lower() != "mcp":
            continue
        label = item.first("name", "serverName")
        found = server(str(label.value) if label.is_text else item.key, item, _SERVERS, format_id)
        if isinstance(found.facts, Tool):
            approval, free = _approval(item["approvalMode"])
            gated = _with_gates(replace(found.facts, approval=approval, auto_approved=free), approval)
            yield replace(found, facts=_of_a_list(gated))


def _with_gates(tool: Tool, approval: Fact[Approval]) -> Tool:
    """The capabilities of a server behind the gate that its mode sets."""
    if not isinstance(approval, Known) or not isinstance(tool.capabilities, tuple):
        return tool
    gate = asked(approval.at, first=approval.value == "prompt")
    held = tuple(replace(one, gate=gate) if hasattr(one, "gate") else one for one in tool.capabilities)
    return replace(tool, capabilities=held)


def _of_a_list(tool: Tool) -> Tool:
    """What runs unasked when only some tools are offered: those, and not whatever the server has."""
    if value_of(tool.approval) == "auto" and value_of(tool.exposed) == "list":
        return replace(tool, approval=None, auto_approved=tool.exposed_tools)
    return tool


def _approval(mode: Node) -> tuple[Fact[Approval], Fact[tuple[str, ...]]]:
    kind = mode["kind"] if mode.is_mapping else mode
    text = kind.text()
    if not isinstance(text, Known):
        return text, None
    free = mode["neverRequireApprovalTools"].texts() if mode.is_mapping else None
    approval = _APPROVALS.get(text.value.lower())
    if approval is not None:
        return Known(approval, kind.at), free
    return (Known("prompt", kind.at) if text.value.lower() == "specify" else None), free


def _entries(tools: Node) -> Iterator[Node]:
    """Tools as a list, or as a mapping by name."""
    holders = [item for _, item in tools.entries()] if tools.is_mapping else list(tools.items())
    yield from (item for item in holders[:_MOST] if item.is_mapping)


def _credentials(body: Node) -> Iterator[Credential]:
    yield from _key(body["model"]["connection"])
    yield from _key(body["model"]["configuration"])
    for item in _entries(body["tools"]):
        if str(item["kind"].value).lower() != "mcp":
            yield from _key(item["connection"])
    for variables in (body["environment_variables"], body["environmentVariables"]):
        for item in list(variables.items())[:_MOST]:
            if item.is_mapping and item["name"].is_text and not _is_formula(item["value"]):
                yield from text_credentials(item["value"], item["name"].value, "env")


def _key(connection: Node) -> Iterator[Credential]:
    for key in ("apiKey", "api_key", "key", "clientSecret"):
        if connection[key].is_text and not _is_formula(connection[key]):
            yield from field(connection[key])


def _is_formula(node: Node) -> bool:
    return isinstance(node.value, str) and node.value.startswith("=")
