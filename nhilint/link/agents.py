"""Agents meet the tools, servers and agents of their project: who may call what, through which gate, who starts whom.

Settings of a folder are joined with each other and with the list of servers of the same folder, subagents with the
servers they name and the agents they start, agents of CI workflows with the list at the root of the repository, which a
run without a person connects unasked. What a product makes of its files stands in `agent_products`. Time is linear in
agents, servers and rules of a folder; names in a fact are bounded.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.link.agent_capabilities import capabilities_of_session, capabilities_of_tools, merge
from nhilint.link.agent_delegations import Delegates
from nhilint.link.agent_flows import decided_in, flows_of, is_told_of_no_database
from nhilint.link.agent_loaders import with_loaders
from nhilint.link.agent_places import Places, agent_of, product_of, same_server
from nhilint.link.agent_plugins import as_plugin_part
from nhilint.link.agent_servers import declare_servers, missing_servers, view_servers
from nhilint.link.agent_sessions import as_one_session, is_of_session
from nhilint.link.unloaded_hooks import without_unloaded_hooks
from nhilint.model.fact import Known, known_records, value_of
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from nhilint.link.agent_product import Product
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.agent import Agent

MOST_NAMES = 20
"""So many users of a tool are named; the rest are counted."""


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The same resources, agents knowing their tools and tools their users."""
    if not any(agent_of(resource) for resource in resources):
        return resources
    resources = with_loaders(without_unloaded_hooks(resources))
    joined = _Join(resources)
    return tuple(joined.linked(position, resource) for position, resource in enumerate(resources))


def _loaded(agent: Agent, product: Product, present: dict[str, int]) -> dict[str, int]:
    """Those of the servers that an agent may call: all, or the ones that its list of tools names."""
    wanted = value_of(agent.servers) or ()
    if not product.agents_name_tools or value_of(agent.tools_exposed) == "all" or "*" in wanted:
        return present
    return {name: position for name, position in present.items() if name in wanted}


class _Join:
    """One pass over the agents notes who uses which server; a second look-up writes it down."""

    def __init__(self, resources: tuple[Resource, ...]) -> None:
        self._resources = resources
        self._places = Places(resources)
        self._delegates = Delegates(resources, self._places)
        self._users: dict[int, list[str]] = defaultdict(list)
        self._in_ci: set[int] = set()
        self._ruled: dict[int, Tool] = {}
        self._agents: dict[int, Agent] = {}
        self._sessions: dict[tuple[str, str], Agent] = {}
        for position, resource in enumerate(resources):
            agent = agent_of(resource)
            product = product_of(agent) if agent is not None else None
            if agent is not None and product is not None:
                self._agents[position] = self._meet(resource, agent, product)

    def linked(self, position: int, resource: Resource) -> Resource:
        """The resource with what the join adds."""
        if position in self._agents:
            return replace(resource, facts=self._agents[position])
        if isinstance(resource.facts, Tool) and (position in self._places.listed or position in self._users):
            return replace(resource, facts=self._with_users(position, resource.facts))
        return resource

    def _meet(self, resource: Resource, agent: Agent, product: Product) -> Agent:
        kind = value_of(agent.kind)
        folder = "" if kind == "ci_step" else self._places.folder_of(resource.at.path, product)
        key = (value_of(agent.product) or "", folder)
        servers = self._places.servers.get(key, {})
        if kind == "settings":
            return self._meet_settings(resource, agent, product, key)
        if kind == "ci_step":
            return self._meet_ci_step(resource, agent, product, servers)
        if kind == "subagent":
            agent = as_plugin_part(agent, self._places.plugin_of(resource.at.path, product))
            agent = self._delegates.resolve(agent, product, folder)
            return self._meet_subagent(resource, agent, servers)
        if kind in ("skill", "command"):
            agent = as_plugin_part(agent, self._places.plugin_of(resource.at.path, product))
            return self._delegates.resolve(agent, product, folder)
        return agent

    def _meet_settings(self, resource: Resource, agent: Agent, product: Product, key: tuple[str, str]) -> Agent:
        present = self._present(resource, agent, key)
        servers = _loaded(agent, product, present)
        session = self._session(key) if is_of_session(agent) else agent
        views = view_servers(session, product, servers, self._resources)
        for view in views:
            position = servers[value_of(view.tool.name) or ""]
            self._users[position].append(resource.name)
            if view.by_rule:
                self._ruled.setdefault(position, view.tool)
        if key in self._places.with_list:
            agent = declare_servers(agent, present, product)
        capabilities = capabilities_of_session(session, product, views)
        connected = {value_of(view.tool.name) or "" for view in views if not is_told_of_no_database(view.tool)}
        flows = flows_of(session, product, capabilities, connected)
        return replace(
            agent,
            tools=(*known_records(agent.tools), *(view.tool for view in views)),
            missing_servers=missing_servers(agent, present) if key in self._places.with_list else None,
            capabilities=capabilities,
            flows=tuple(flow for flow in flows if decided_in(flow) == resource.at.path),
        )

    def _present(self, resource: Resource, agent: Agent, key: tuple[str, str]) -> dict[str, int]:
        """The servers that the file itself declares, and those of the project where the agent loads its list."""
        own = self._places.own_servers(resource.at.path)
        listed = {} if value_of(agent.project_servers) is False else self._places.servers.get(key, {})
        return {**listed, **own}

    def _session(self, key: tuple[str, str]) -> Agent:
        if key not in self._sessions:
            self._sessions[key] = as_one_session(self._places.settings[key])
        return self._sessions[key]

    def _meet_ci_step(self, resource: Resource, agent: Agent, product: Product, servers: dict[str, int]) -> Agent:
        """An agent in a workflow: the servers of the root start without a question."""
        if not servers or not product.servers_unasked_in_ci:
            return agent
        views = view_servers(agent, product, servers, self._resources)
        for view in views:
            position = servers[value_of(view.tool.name) or ""]
            self._users[position].append(resource.name)
            self._in_ci.add(position)
        return replace(agent, tools=(*known_records(agent.tools), *(view.tool for view in views)))

    def _meet_subagent(self, resource: Resource, agent: Agent, servers: dict[str, int]) -> Agent:
        wanted = value_of(agent.servers) or ()
        named = {name: servers[name] for name in servers if name in wanted}
        for position in servers.values() if "*" in wanted else named.values():
            self._users[position].append(resource.name)
        named |= self._places.own_servers(resource.at.path)
        tools = (*known_records(agent.tools), *(self._resources[p].facts for p in named.values()))
        known = tuple(tool for tool in tools if isinstance(tool, Tool))
        return replace(agent, tools=known, capabilities=merge(capabilities_of_tools(known)))

    def _copies_of(self, position: int, tool: Tool) -> list[int]:
        """The entries of the project for the same server: what two products load from copied files is one tool."""
        folder = self._places.project_of.get(position)
        name = self._resources[position].name
        return [position] if folder is None else self._places.copies[same_server(folder, name, tool)]

    def _with_users(self, position: int, tool: Tool) -> Tool:
        users = list(dict.fromkeys(user for copy in self._copies_of(position, tool) for user in self._users[copy]))
        tool = self._ruled.get(position, tool)
        more = len(users) - MOST_NAMES
        names = (*users[:MOST_NAMES], f"and {more} more") if more > 0 else tuple(users)
        return replace(tool, users=Known(names, tool.at), runs_in_ci=Known(position in self._in_ci, tool.at))
