"""CrewAI's agents become agents: a file of named agents (YAML), a crew or one agent (JSON, JSONC).

Tools in YAML are names of Python functions or of CrewAI's own classes; tools bound in code are not in the file, so a
missing list says nothing. Tasks are left: `human_input` asks about a finished answer, not before a call.
`allow_code_execution` runs in Docker unless `code_execution_mode` is `unsafe`; both are deprecated and without effect
since CrewAI 1.x, and read for the releases that a repository may still pin.
Sources: https://github.com/crewAIInc/crewAI, lib/crewai/src/crewai/project/{crew_base,json_loader}.py,
agent/core.py and agents/agent_builder/base_agent.py (defaults), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.frameworks.framework import Framework, Power, asked, plain, tool_by_name, tool_with
from nhilint.formats.frameworks.servers import server
from nhilint.formats.mcp.dialect import Dialect
from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.fact import Fact, Known, value_of
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent, Delegation, Sandbox
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

CREWAI = Framework(product="crewai", title="CrewAI", known_as="crewai", docs="https://docs.crewai.com/concepts/agents")
_SERVERS = Dialect(client="crewai", title="CrewAI", docs="https://docs.crewai.com/mcp/overview")
_MOST = 500
_CODE = Power(category="code_execution", access="execute", sends_out=True)


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent for each entry that has a role, a goal and a backstory."""
    root = Node.root(document, braces)
    if _is_agent(root):
        stem = document.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        return Extraction(tuple(_read(stem, root, claim.format)))
    holder = root["agents"] if root["agents"].is_mapping else root
    found = [(name, node) for name, node in holder.entries() if _is_agent(node)][:_MOST]
    resources = tuple(resource for name, node in found for resource in _read(name, node, claim.format))
    return Extraction(resources) if resources else Extraction(recognised=False)


def _is_agent(node: Node) -> bool:
    return node.is_mapping and all(node[key].exists for key in ("role", "goal", "backstory"))


def _read(name: str, node: Node, format_id: str) -> Iterator[Resource]:
    servers = tuple(_servers(node["mcps"], format_id))
    tools = (*_tools(node), *(s.facts for s in servers if isinstance(s.facts, Tool)))
    limit = node["max_iter"].value
    agent = Agent(
        at=node.at.at_key(),
        name=Known(name, node.at.at_key()),
        product=Known(CREWAI.product, node.at),
        kind=Known("service", node.at),
        purpose=node["goal"].text(),
        model=node["llm"].text() if node["llm"].is_text else None,
        initiation=Known("tool_mediated", node.at),
        tools_exposed=Known("list", node["tools"].at) if node["tools"].exists else None,
        delegations=tuple(_delegations(node)),
        sandbox=_sandbox(node),
        max_turns=Known(limit, node["max_iter"].at) if _is_count(limit) else Known(25, node.at),
        tools=tools,
    )
    yield Resource("agent", name, format_id, agent)
    yield from servers


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _tools(node: Node) -> Iterator[Tool]:
    for item in list(node["tools"].items())[:_MOST]:
        text = item.text()
        if isinstance(text, Known):
            yield tool_by_name(CREWAI, text.value.removeprefix("custom:"), item.at, asked(item.at, first=False))
    code = node["allow_code_execution"]
    if code.value is True:
        yield tool_with(CREWAI, "code interpreter", code.at, asked(code.at, first=False), [_CODE])


def _sandbox(node: Node) -> Sandbox | None:
    """Where the code interpreter runs: a container unless the mode says otherwise."""
    code, mode = node["allow_code_execution"], node["code_execution_mode"]
    if code.value is not True:
        return None
    return Sandbox(at=mode.at if mode.exists else code.at, enabled=_is_confined(mode))


def _is_confined(mode: Node) -> Fact[bool]:
    text = mode.text()
    if text is None:
        return Known(value=True, at=mode.at)
    return Known(text.value != "unsafe", mode.at) if isinstance(text, Known) else text


def _delegations(node: Node) -> Iterator[Delegation]:
    """`allow_delegation` lets an agent hand work to every other agent of its crew, unasked."""
    allowed = node["allow_delegation"]
    fact = allowed.boolean()
    if value_of(fact) is True:
        yield Delegation(at=allowed.at, target=Known("*", allowed.at), gate=Known("none", allowed.at))


def _servers(mcps: Node, format_id: str) -> Iterator[Resource]:
    for item in list(mcps.items())[:_MOST]:
        if item.is_mapping and (item["command"].is_text or item["url"].is_text):
            label = plain(item["name"], plain(item["command"], "server"))
            yield server(label, item, _SERVERS, format_id)
