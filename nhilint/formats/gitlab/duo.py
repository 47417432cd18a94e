"""What GitLab Duo reads below `.gitlab/duo` becomes agents: how flows are run, and the flows and agents themselves.

`agent-config.yml` counts from the default branch only. Its `setup_script` runs outside of the sandbox with the token of
whoever starts the flow; the flow itself reaches the GitLab instance and the domains of `network_policy`. A document
with `agent` in that file describes nothing that GitLab reads there. Flows and custom agents are kept in GitLab; files
of them are copies, with the tools that each part may use.
Sources, read 2026-11-22: https://docs.gitlab.com/user/duo_agent_platform/flows/agent_config_yml/ and
https://docs.gitlab.com/user/duo_agent_platform/environment_sandbox/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.claude.commands import read_command
from nhilint.formats.claude.ineffective import Fault, ineffective_setting
from nhilint.formats.node import Node
from nhilint.model.fact import Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent, Opening, Sandbox
from nhilint.model.vocabulary.tool import Tool
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.claude.commands import ReadCommand
    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.tool import IneffectiveSetting
    from nhilint.source.document import Document

_CONFIGURATION = ("image", "setup_script", "network_policy", "cache", "agent")
_DOCS = "https://docs.gitlab.com/user/duo_agent_platform/flows/agent_config_yml/"
_RUNS_PACKAGE = Deferred(r"(?:^|[;&|]\s{0,4})(?:npx|uvx|bunx|pipx\s+run|pnpm\s+dlx|yarn\s+dlx)\s")
"""What is run straight from a registry. What a setup merely installs is the matter of its lock file."""
_MOST = 300


def extract(document: Document, claim: Claim) -> Extraction:
    """The agents of a file; one with none of the keys is somebody else's."""
    root = Node.root(document)
    if document.path.endswith("agent-config.yml"):
        if not any(root[key].exists for key in _CONFIGURATION):
            return Extraction(recognised=False)
        return Extraction((Resource("agent", document.path, claim.format, _configuration(root)),))
    found = tuple(_agents(root))
    return Extraction(
        tuple(Resource("agent", name, claim.format, agent) for name, agent in found), recognised=bool(found)
    )


def _configuration(root: Node) -> Agent:
    commands = tuple(_commands(root["setup_script"]))
    return Agent(
        at=root.at,
        name=Known(root.path, root.at),
        product=Known("gitlab-duo", root.at),
        kind=Known("settings", root.at),
        level=Known("project", root.at),
        initiation=Known("human", root.at),
        acts_as=Known("user_proxy", root.at),
        commands=tuple(command.record for command in commands),
        credentials=tuple(credential for command in commands for credential in command.credentials),
        sandbox=_sandbox(root["network_policy"]),
        ineffective=tuple(_ineffective(root["agent"])),
    )


def _commands(node: Node) -> Iterator[ReadCommand]:
    for count, item in enumerate(node.items()):
        found = read_command("setup_script", item) if count < _MOST and item.is_text and item.value.strip() else None
        if found is not None:
            is_run = _RUNS_PACKAGE.search(item.value) is not None
            yield found if is_run else found._replace(record=replace(found.record, package=None))


def _sandbox(policy: Node) -> Sandbox:
    """The flow's own confinement, which is always there; the network is the instance's own unless more is named."""
    openings = tuple(_openings(policy))
    more = policy["allowed_domains"].is_list and bool(policy["allowed_domains"].value)
    is_all = any(opening.lets == Known("any_host", opening.at) for opening in openings)
    return Sandbox(
        at=policy.at,
        enabled=Known(value=True, at=policy.at),
        network=Known("all" if is_all else "list", policy["allowed_domains"].at if more else policy.at),
        openings=openings,
    )


def _openings(policy: Node) -> Iterator[Opening]:
    for item in policy["allowed_domains"].items():
        if item.value in ("*", "**", "*.*"):
            setting = Known(f"network_policy.allowed_domains: {item.value}", item.at)
            yield Opening(
                at=item.at,
                setting=setting,
                lets=Known("any_host", item.at),
                reason=Known("the flow's commands reach every host", item.at),
            )
            break
    sockets = policy["allow_all_unix_sockets"]
    if sockets.value is True:
        yield Opening(
            at=sockets.at,
            setting=Known("network_policy.allow_all_unix_sockets", sockets.at),
            lets=Known("any_socket", sockets.at),
            reason=Known("every local socket can be reached, a container engine's among them", sockets.at),
        )


def _ineffective(agent: Node) -> Iterator[IneffectiveSetting]:
    if agent.is_mapping:
        reason = "GitLab reads how flows are run from this file, and no agents"
        fault = Fault(reason, "create the agent in GitLab (Automate, Agents) with these tools", _DOCS, protects=False)
        yield ineffective_setting("agent", fault, agent.at)


def _agents(root: Node) -> Iterator[tuple[str, Agent]]:
    """The parts of a flow that are agents, or the one agent of a file."""
    parts = [part for part in root["components"].items() if part["type"].value == "AgentComponent"][:_MOST]
    for part in parts:
        name = part["name"].value if part["name"].is_text else str(part.key)
        yield name, _agent(part, name, part["toolset"], root["description"])
    name = root["name"]
    if not parts and name.is_text and root["system_prompt"].exists:
        yield name.value, _agent(root, name.value, root["tools"], root["description"])


def _agent(node: Node, name: str, tools: Node, purpose: Node) -> Agent:
    at = node["name"].at
    return Agent(
        at=at,
        name=Known(name, at),
        product=Known("gitlab-duo", at),
        kind=Known("service", at),
        level=Known("project", at),
        purpose=purpose.text(),
        model=node["model"].text() if node["model"].is_text else None,
        initiation=Known("tool_mediated", at),
        acts_as=Known("delegated_service", at),
        tools_exposed=Known("list", tools.at) if tools.exists else Unknown("not told by this file", at),
        tools=tuple(_tool(item) for item in list(tools.items())[:_MOST] if item.is_text),
    )


def _tool(item: Node) -> Tool:
    at = item.at
    return Tool(
        at=at,
        name=Known(item.value, at),
        client=Known("gitlab-duo", at),
        kind=Known("builtin", at),
        transport=Known("builtin", at),
        official=Known(value=True, at=at),
        capabilities=Unknown("a tool of GitLab Duo, of which nothing is recorded", at),
    )
