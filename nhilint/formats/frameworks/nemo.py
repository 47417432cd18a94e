"""A workflow of NVIDIA's NeMo Agent Toolkit becomes agents: the workflow and each function that is an agent.

`tool_names` name functions and groups of functions of the same file; one that is an agent itself is a delegate. MCP
clients are groups. Code runs in a sandbox service of its own. An A2A or MCP front end listens on this machine alone
unless `host` says otherwise, and asks callers for nothing unless `server_auth` is there.
Sources: https://github.com/NVIDIA/NeMo-Agent-Toolkit, packages/nvidia_nat_{a2a,mcp,fastmcp}/…/server/
front_end_config.py, nvidia_nat_core/src/nat/tool/code_execution/register.py, examples, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.frameworks.framework import Framework, asked, plain, tool_by_name
from nhilint.formats.frameworks.secrets import text_credentials
from nhilint.formats.frameworks.servers import server
from nhilint.formats.mcp.dialect import Dialect, Gates, Keys
from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.fact import Known, value_of
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent, Delegation, Sandbox, Trigger
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.source.document import Document

NEMO = Framework(
    product="nemo-agent-toolkit",
    title="NeMo Agent Toolkit",
    known_as="nemo",
    docs="https://docs.nvidia.com/nemo/agent-toolkit/",
)
_SERVERS = Dialect(
    client=NEMO.product,
    title=NEMO.title,
    docs=NEMO.docs,
    keys=Keys(nested=("server",)),
    gates=Gates(chosen=(("include",),), off=()),
)
_SECTIONS = (
    "llms",
    "embedders",
    "retrievers",
    "authentication",
    "object_stores",
    "memory",
    "functions",
    "function_groups",
)
_PUBLIC_HOSTS = frozenset({"0.0.0.0", "::"})  # noqa: S104 - what a file may say
_LOCKABLE = frozenset({"a2a", "mcp", "fastmcp"})
_MOST = 300


def extract(document: Document, claim: Claim) -> Extraction:
    """The workflow and its agents; the MCP servers of its groups."""
    root = Node.root(document, braces)
    workflow = root["workflow"]
    if not workflow["_type"].is_text or not any(root[key].is_mapping for key in _SECTIONS):
        return Extraction(recognised=False)
    parts = {name: node for key in ("functions", "function_groups") for name, node in root[key].entries()}
    servers = {
        name: server(name, node, _SERVERS, claim.format)
        for name, node in list(parts.items())[:_MOST]
        if plain(node["_type"]).endswith("mcp_client") and node["server"].is_mapping
    }
    agents = [("workflow", workflow), *((name, node) for name, node in parts.items() if _is_agent(node))][:_MOST]
    resources = [Resource("agent", name, claim.format, _agent(name, node, parts, servers)) for name, node in agents]
    first = resources[0].facts
    if isinstance(first, Agent):
        held = tuple(_credentials(root))
        resources[0] = replace(
            resources[0], facts=replace(first, triggers=tuple(_front_end(root["general"])), credentials=held)
        )
    return Extraction((*resources, *servers.values()))


def _is_agent(node: Node) -> bool:
    return plain(node["_type"]).endswith("agent") and bool(_names(node))


def _names(node: Node) -> tuple[Node, ...]:
    """The functions and groups that a node may call."""
    found = [item for key in ("tool_names", "tools", "branches") for item in list(node[key].items())[:_MOST]]
    named = [node[key] for key in ("augmented_fn", "react_agent_fn", "fn_name", "tool_list") if node[key].is_text]
    return tuple(item for item in (*found, *named) if item.is_text)


def _agent(name: str, node: Node, parts: dict[str, Node], servers: dict[str, Resource]) -> Agent:
    tools: list[Tool] = []
    delegations: list[Delegation] = []
    runs_code = False
    for item in _names(node):
        called = str(item.value)
        part = parts.get(called)
        kind = plain(part["_type"]) if part is not None else ""
        runs_code = runs_code or kind == "code_execution"
        gate = asked(item.at, first=False)
        if called in servers:
            facts = servers[called].facts
            tools.extend([facts] if isinstance(facts, Tool) else [])
        elif part is not None and _is_agent(part):
            delegations.append(Delegation(at=item.at, target=Known(called, item.at), gate=gate))  # type: ignore[arg-type]
        else:
            tools.append(tool_by_name(NEMO, called, item.at, gate, kind_of_tool=kind or called))
    limit = node["max_tool_calls"].value
    return Agent(
        at=node["_type"].at,
        name=Known(name, node.at),
        product=Known(NEMO.product, node.at),
        kind=Known("service", node.at),
        purpose=node["description"].text(),
        initiation=Known("tool_mediated", node.at),
        tools_exposed=Known("list", node["tool_names"].at),
        delegations=tuple(delegations),
        sandbox=Sandbox(at=node.at, enabled=Known(value=True, at=node.at)) if runs_code else None,
        max_turns=Known(limit, node["max_tool_calls"].at) if type(limit) is int else None,
        tools=tuple(tools),
    )


def _front_end(general: Node) -> Iterator[Trigger]:
    front = general["front_end"]
    kind = plain(front["_type"])
    if kind not in _LOCKABLE:
        return
    host = front["host"].text()
    locked = front["server_auth"].is_mapping
    is_public = value_of(host) in _PUBLIC_HOSTS
    yield Trigger(
        at=front["host"].at if host is not None else front["_type"].at,
        name=Known(f"{kind} front end", front["_type"].at),
        event=Known(kind, front["_type"].at),
        open_to=Known("anyone", front["host"].at) if is_public and not locked else None,
        authenticated=Known(locked or not is_public, front["server_auth"].at if locked else front.at),
        carries_input=Known(value=True, at=front["_type"].at),
    )


def _credentials(root: Node) -> Iterator[Credential]:
    for section in _SECTIONS:
        fields = (field for _, node in list(root[section].entries())[:_MOST] for field in node.entries())
        for key, value in fields:
            if value.is_text:
                yield from text_credentials(value, key, "field")
