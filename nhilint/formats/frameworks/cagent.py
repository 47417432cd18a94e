"""A team file of Docker's agent runner (`docker agent`, formerly cagent) becomes agents, its MCP toolsets become tools.

Every call is asked about except tools that only read, unless `permissions.allow` names it; `deny` comes before `allow`,
`allow` before the question. The rules hold for every agent of the file and are stated on the first. A toolset without
`tools` offers all of its tools. `sub_agents` and `handoffs` name agents of the file, or an image or URL elsewhere.
Sources: https://github.com/docker/cagent, agent-schema.json, docs/configuration/permissions/index.md,
pkg/tools/builtin (tools marked as reading only), pkg/config/sources.go (agents by image or URL, pulled
at each start), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from nhilint.formats.built_in_tools import client_tools
from nhilint.formats.frameworks.cagent_rules import gate_of, permissions
from nhilint.formats.frameworks.framework import Framework, plain
from nhilint.formats.frameworks.secrets import named
from nhilint.formats.frameworks.servers import server
from nhilint.formats.mcp.dialect import Dialect, Expansion, Gates, Keys
from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.fact import Known, known_records, value_of
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent, Delegation, Plugin
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.agent import Permission
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.source.document import Document

CAGENT = Framework(
    product="cagent", title="Docker agent", known_as="cagent", docs="https://docs.docker.com/ai/cagent/reference/"
)
_SERVERS = Dialect(
    client="cagent",
    title="Docker agent",
    docs=CAGENT.docs,
    keys=Keys(nested=("remote",)),
    gates=Gates(chosen=(("tools",),), off=()),
    expansion=Expansion(forms=frozenset({"brace", "bare", "other"}), write="${env.NAME}"),
)
_TYPES = frozenset(
    {
        "mcp", "script", "think", "memory", "filesystem", "shell", "tasks", "todo", "fetch", "api", "a2a", "lsp",
        "user_prompt", "openapi", "model_picker", "background_agents", "rag",
    }
)  # fmt: skip
_OWN_CATALOGUE = "agentcatalog/"
"""The vendor's own agents."""
_MOST = 300
Pin = Literal["none", "tag", "digest", "local"]


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent for each entry of `agents`; the servers of their toolsets."""
    root = Node.root(document, braces)
    entries = [(name, node) for name, node in root["agents"].entries() if node.is_mapping][:_MOST]
    if not _is_team(root, entries):
        return Extraction(recognised=False)
    rules = tuple(permissions(root["permissions"]))
    here = frozenset(name for name, _ in entries)
    resources: list[Resource] = []
    for index, (name, node) in enumerate(entries):
        resources.extend(_read(name, node, rules, claim.format, here=here, is_first=index == 0))
    return Extraction(tuple(resources))


def _is_team(root: Node, entries: list[tuple[str, Node]]) -> bool:
    """Agents with a model, and a toolset of the product, a team or an instruction beside its own keys."""
    if not entries or not all(node["model"].is_text or node["instruction"].exists for _, node in entries):
        return False
    toolsets = [item for _, node in entries for item in node["toolsets"].items()]
    teams = any(node["sub_agents"].is_list or node["handoffs"].is_list for _, node in entries)
    if any(item["type"].is_one_of(_TYPES) for item in toolsets):
        return True
    is_plain = "root" in dict(entries) and any(node["instruction"].is_text for _, node in entries)
    return is_plain and (
        teams
        or not set(root.value) - {"version", "agents", "models", "metadata", "providers", "permissions", "mcps", "rag"}
    )


def _read(
    name: str, node: Node, rules: tuple[Permission, ...], format_id: str, *, here: frozenset[str], is_first: bool
) -> Iterator[Resource]:
    servers = tuple(_servers(name, node["toolsets"], format_id))
    tools = tuple(_tools(node["toolsets"], rules))
    limit = node["max_iterations"].value
    agent = Agent(
        at=node.at.at_key(),
        name=Known(name, node.at.at_key()),
        product=Known(CAGENT.product, node.at),
        kind=Known("settings" if is_first else "service", node.at),
        purpose=node["description"].text(),
        model=node["model"].text(),
        autonomy=Known("asks", node.at),
        initiation=Known("human" if is_first else "tool_mediated", node.at),
        acts_as=Known("user_proxy", node.at),
        tools_exposed=Known("list", node["toolsets"].at),
        permissions=rules if is_first else (),
        free_shell=Known(any(_frees_shell(rule) for rule in rules), node.at) if is_first else None,
        plugins=tuple(_agents_of_others(node, here)),
        delegations=tuple(_delegations(node)),
        credentials=tuple(_credentials(node["toolsets"])),
        max_turns=Known(limit, node["max_iterations"].at) if type(limit) is int else None,
        tools=(*tools, *(_gated(s.facts, rules) for s in servers if isinstance(s.facts, Tool))),
    )
    yield Resource("agent", name, format_id, agent)
    yield from servers


def _frees_shell(rule: Permission) -> bool:
    is_free = value_of(rule.effect) == "allow" and value_of(rule.shell_reach) == "any_command"
    return is_free and value_of(rule.effective) is True


def _tools(toolsets: Node, rules: tuple[Permission, ...]) -> Iterator[Tool]:
    for item in list(toolsets.items())[:_MOST]:
        kind = item["type"].text() if item.is_mapping else None
        if isinstance(kind, Known) and kind.value != "mcp":
            for tool in client_tools(CAGENT.product, CAGENT.title, [(kind.value, item["type"].at)]):
                yield _gated(tool, rules)


def _gated(tool: Tool, rules: tuple[Permission, ...]) -> Tool:
    """The tool with the gate before each thing that it can do."""
    if not isinstance(tool.capabilities, tuple):
        return tool
    name = value_of(tool.name) or ""
    held = tuple(replace(one, gate=gate_of(name, one, rules)) for one in known_records(tool.capabilities))
    return replace(tool, capabilities=held)


def _servers(agent: str, toolsets: Node, format_id: str) -> Iterator[Resource]:
    for item in list(toolsets.items())[:_MOST]:
        if not item.is_mapping or item["type"].value != "mcp":
            continue
        if item["command"].is_text or item["remote"].is_mapping:
            label = plain(item["name"], _label(item) or agent)
            yield server(label, item, _SERVERS, format_id)


def _label(item: Node) -> str:
    words = [str(word.value) for word in item["args"].items() if isinstance(word.value, str)]
    bare = [word for word in words if not word.startswith("-")]
    return bare[0] if bare else plain(item["command"], plain(item["remote"]["url"]))


def _delegations(node: Node) -> Iterator[Delegation]:
    for key in ("sub_agents", "handoffs"):
        for item in list(node[key].items())[:_MOST]:
            text = item.text()
            if isinstance(text, Known):
                yield Delegation(at=item.at, target=text, gate=Known("none", item.at))


def _agents_of_others(node: Node, here: frozenset[str]) -> Iterator[Plugin]:
    """Agents by image or URL, which each start looks up anew."""
    for one in _delegations(node):
        target = value_of(one.target) or ""
        if target in here or not ("/" in target or "://" in target):
            continue
        pin: Pin = "digest" if "@sha256:" in target else "tag" if ":" in target.rsplit("/", 1)[-1] else "none"
        yield Plugin(
            at=one.at,
            name=Known(target.rsplit("/", 1)[-1], one.at),
            source=Known(target, one.at),
            pin=Known(pin, one.at),
            official=Known(target.startswith(_OWN_CATALOGUE), one.at),
            auto_update=Known(value=True, at=one.at),
        )


def _credentials(toolsets: Node) -> Iterator[Credential]:
    for item in list(toolsets.items())[:_MOST]:
        if item.is_mapping and item["type"].value != "mcp":
            yield from named(item["env"], "env", _SERVERS.expansion)
            yield from named(item["headers"], "header", _SERVERS.expansion)
            yield from named(item["api_config"]["headers"], "header", _SERVERS.expansion)
