"""AutoGen components in JSON become agents: assistants, executors, surfers, each with its tools, alone or in a team.

A component is `{provider, component_type, config}`; teams, galleries and workbenches nest them to any depth. Code runs
where its executor says: `LocalCommandLineCodeExecutor` and `JupyterCodeExecutor` on the machine itself. Members of a
team take turns and hand over only where `handoffs` says so. A `UserProxyAgent` speaks in turn and gates no call.
Sources: https://github.com/microsoft/autogen, python/packages/autogen-ext/src/autogen_ext/{code_executors,tools/mcp},
autogen-agentchat/src/autogen_agentchat/agents, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.frameworks.framework import Framework, Power, asked, plain, tool_by_name, tool_with
from nhilint.formats.frameworks.secrets import field, literals_below
from nhilint.formats.frameworks.servers import server
from nhilint.formats.mcp.dialect import Dialect
from nhilint.formats.node import Node
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent, Delegation, Sandbox
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.source.document import Document

AUTOGEN = Framework(
    product="autogen",
    title="AutoGen",
    known_as="autogen",
    docs="https://microsoft.github.io/autogen/stable/user-guide/agentchat-user-guide/serialize-components.html",
)
_SERVERS = Dialect(client="autogen", title="AutoGen", docs=AUTOGEN.docs)
_ON_HOST = frozenset({"LocalCommandLineCodeExecutor", "JupyterCodeExecutor"})
_BUILT_IN = frozenset({"MultimodalWebSurfer", "FileSurfer"})
_MOST = 2_000
_OWN_CODE = Power(category="other", access="execute", reads_untrusted=None, sends_out=None, private_data=None)


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent for each component of that type, and one tool for each MCP workbench."""
    root = Node.root(document)
    found = tuple(_components(root))
    if not any(_provider(node).startswith(("autogen", "autogenstudio")) for node in found):
        return Extraction(recognised=False)
    resources = [r for node in found if node["component_type"].value == "agent" for r in _read(node, claim.format)]
    return Extraction(tuple(resources)) if resources else Extraction()


def _components(root: Node) -> Iterator[Node]:
    """Every component below a node, outer ones first, in the order of the file."""
    waiting, seen = [root], 0
    while waiting and seen < _MOST * 10:
        node = waiting.pop()
        seen += 1
        if node.is_mapping:
            if isinstance(node["provider"].value, str) and isinstance(node["component_type"].value, str):
                yield node
            waiting.extend(reversed([inner for _, inner in node.entries() if inner.is_mapping or inner.is_list]))
        elif node.is_list:
            waiting.extend(reversed([item for item in node.items() if item.is_mapping]))


def _provider(node: Node) -> str:
    return str(node["provider"].value)


def _class(node: Node) -> str:
    return _provider(node).rsplit(".", 1)[-1]


def _read(node: Node, format_id: str) -> Iterator[Resource]:
    config = node["config"]
    label = config["name"] if config["name"].is_text else node["label"]
    name = str(label.value) if label.is_text else _class(node)
    own = tuple(inner for inner in _components(config) if inner["component_type"].value != "agent")
    servers = tuple(_servers(own, name, format_id))
    executors = tuple(inner for inner in own if inner["component_type"].value == "code_executor")
    agent = Agent(
        at=node["provider"].at,
        name=Known(name, label.at if label.exists else node.at),
        product=Known(AUTOGEN.product, node.at),
        kind=Known("service", node.at),
        purpose=(config["description"] if config["description"].exists else node["description"]).text(),
        model=config.at_path("model_client", "config", "model").text(),
        initiation=Known("tool_mediated", node.at),
        tools_exposed=Known("list", config.at),
        delegations=tuple(_handoffs(config["handoffs"])),
        sandbox=_sandbox(executors),
        credentials=tuple(_credentials(config, own)),
        tools=(*_tools(node, own), *(s.facts for s in servers if isinstance(s.facts, Tool))),
    )
    yield Resource("agent", name, format_id, agent)
    yield from servers


def _tools(node: Node, own: tuple[Node, ...]) -> Iterator[Tool]:
    if _class(node) in _BUILT_IN:
        yield tool_by_name(AUTOGEN, _class(node), node["provider"].at, asked(node["provider"].at, first=False))
    for inner in own:
        kind = inner["component_type"].value
        at = inner["provider"].at
        if kind == "code_executor":
            yield tool_by_name(AUTOGEN, _class(inner), at, asked(at, first=False))
        elif kind == "tool" and _class(inner) == "FunctionTool":
            label = plain(inner["config"]["name"], "function")
            yield tool_with(AUTOGEN, label, at, asked(at, first=False), [_OWN_CODE])
        elif kind == "tool" and _class(inner) != "PythonCodeExecutionTool":
            yield tool_by_name(AUTOGEN, _class(inner), at, asked(at, first=False))


def _sandbox(executors: tuple[Node, ...]) -> Sandbox | None:
    """Where code runs: on the machine itself when one of the executors does."""
    open_ones = [node for node in executors if _class(node) in _ON_HOST]
    if not executors:
        return None
    at = (open_ones or list(executors))[0]["provider"].at
    return Sandbox(at=at, enabled=Known(not open_ones, at))


def _handoffs(handoffs: Node) -> Iterator[Delegation]:
    for item in list(handoffs.items())[:_MOST]:
        node = item if item.is_text else item.first("target")
        if not node.exists and item.is_mapping:
            node = item["config"]["target"]
        text = node.text()
        if isinstance(text, Known):
            yield Delegation(at=node.at, target=text, gate=Known("none", node.at))


def _servers(own: tuple[Node, ...], agent: str, format_id: str) -> Iterator[Resource]:
    for inner in own:
        parameters = inner["config"]["server_params"]
        if parameters.is_mapping:
            label = inner["label"].value if inner["label"].is_text else f"{agent} server"
            yield server(str(label), parameters, _SERVERS, format_id)


def _credentials(config: Node, own: tuple[Node, ...]) -> Iterator[Credential]:
    for inner in own:
        settings = inner["config"]
        if inner["component_type"].value == "model" and settings["api_key"].is_text:
            yield from field(settings["api_key"])
        elif inner["component_type"].value == "tool":
            yield from literals_below(settings)
    yield from literals_below(config["system_message"])
