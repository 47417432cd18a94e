"""Agents of kagent meet the servers that they may call and the key of the model that they use.

Objects of one chart or top-level folder are one cluster, as in `kubernetes`; a reference names an object of it. The
agent's share of a server learns what the server is and can do: of a list of tools that only read, only what reads. The
server learns who may call it. Whom agents hand work to is joined with the agents of frameworks.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.kubernetes.kagent import MODEL, PRODUCT
from nhilint.formats.kubernetes.kagent_tools import only_reads
from nhilint.formats.kubernetes.names import scope_of
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary.agent import Agent
from nhilint.model.vocabulary.credential import Credential
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.fact import Many
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary import Subjects
    from nhilint.model.vocabulary.agent import Plugin
    from nhilint.model.vocabulary.capability import Gate

_Key = tuple[str, str, str]
"""The cluster, the setting of its files, and a name."""
_MOST_USERS = 20
_NARROWED = 3
"""So many names of a list are told."""


def join(resources: tuple[Resource, ...], owner: str | None = None) -> tuple[Resource, ...]:
    """The same resources; agents of kagent know their servers and keys, servers their agents."""
    agents = [resource for resource in resources if _is_agent(resource)]
    if not agents:
        return resources
    cluster = _Cluster(resources, owner)
    users: dict[int, dict[str, None]] = defaultdict(dict)
    for resource in agents:
        for share in known_records(resource.facts.tools):  # type: ignore[union-attr]
            position = cluster.servers.get(_key(resource, value_of(share.name) or ""))
            if position is not None:
                users[position][resource.name] = None
    return tuple(
        replace(resource, facts=cluster.told(resource, users.get(position, ())))
        for position, resource in enumerate(resources)
    )


def _is_agent(resource: Resource) -> bool:
    return isinstance(resource.facts, Agent) and value_of(resource.facts.product) == PRODUCT


def _key(resource: Resource, name: str) -> _Key:
    return scope_of(resource.at.path), resource.setting, name


def _is_share(tool: Tool) -> bool:
    """Whether a tool is what an agent may call of a server, and not the server."""
    return value_of(tool.client) == PRODUCT and tool.auto_approved is not None


class _Cluster:
    """Servers and keys of models by where they are and how they are called."""

    def __init__(self, resources: tuple[Resource, ...], owner: str | None) -> None:
        self._resources = resources
        self._own = f"https://github.com/{owner}/".lower() if owner else None
        self.servers: dict[_Key, int] = {}
        self._models: dict[_Key, Credential] = {}
        for position, resource in enumerate(resources):
            facts = resource.facts
            if resource.format != "kubernetes":
                continue
            if isinstance(facts, Tool) and not _is_share(facts):
                self.servers.setdefault(_key(resource, resource.name), position)
            elif isinstance(facts, Credential) and resource.name.startswith(MODEL):
                self._models.setdefault(_key(resource, resource.name.removeprefix(MODEL)), facts)

    def told(self, resource: Resource, users: Iterable[str]) -> Subjects:
        """The facts of a resource with what the join adds."""
        facts = resource.facts
        if resource.format != "kubernetes":
            return facts
        if isinstance(facts, Agent) and _is_agent(resource):
            return self._agent(resource, facts)
        if not isinstance(facts, Tool):
            return facts
        if _is_share(facts):
            return self._share(resource, facts)
        names = tuple(users)[:_MOST_USERS]
        return replace(facts, users=Known(names, facts.at)) if names else facts

    def _agent(self, resource: Resource, agent: Agent) -> Agent:
        key = self._models.get(_key(resource, value_of(agent.model) or ""))
        if key is not None and not isinstance(agent.credentials, Unknown):
            agent = replace(agent, credentials=(*agent.credentials, key))
        agent = replace(agent, plugins=self._skills(agent))
        if isinstance(agent.tools, Unknown):
            return agent
        tools = (one if isinstance(one, Unknown) else self._share(resource, one, whole=True) for one in agent.tools)
        return replace(agent, tools=tuple(tools))

    def _skills(self, agent: Agent) -> Many[Plugin]:
        """The agent's skills; those of the repository's own organisation are in the same hands."""
        if isinstance(agent.plugins, Unknown) or self._own is None:
            return agent.plugins
        own = self._own
        return tuple(
            replace(one, official=Known(value=True, at=one.at))
            if not isinstance(one, Unknown) and (value_of(one.source) or "").lower().startswith(own)
            else one
            for one in agent.plugins
        )

    def _share(self, resource: Resource, share: Tool, *, whole: bool = False) -> Tool:
        """What an agent may call of a server that is known; `whole`: with what the server holds itself."""
        position = self.servers.get(_key(resource, value_of(share.name) or ""))
        server = self._resources[position].facts if position is not None else None
        if not isinstance(server, Tool):
            return share
        if isinstance(share.capabilities, Unknown):
            share = _with_reach(share, server)
        if not whole or isinstance(share.credentials, Unknown) or isinstance(server.credentials, Unknown):
            return share
        return replace(
            share,
            transport=server.transport,
            endpoint=server.endpoint,
            package=server.package,
            credentials=(*share.credentials, *server.credentials),
        )


def _with_reach(share: Tool, server: Tool) -> Tool:
    """The share with what is known of the server, as far as the list of tools leaves it."""
    held = server.capabilities
    if isinstance(held, Unknown) or not held:
        return share
    names = value_of(share.exposed_tools) or ()
    gate: Gate = "prompt" if value_of(share.approval) == "prompt" else "none"
    reading = bool(names) and all(map(only_reads, names))
    through = f"{value_of(share.name)} ({', '.join(names[:_NARROWED])})" if reading else value_of(share.name) or ""
    told = tuple(
        replace(one, at=share.at, gate=Known(gate, share.at), through=Known(through, share.at))
        for one in known_records(held)
        if not reading or value_of(one.access) == "read"
    )
    return replace(share, capabilities=told, official=server.official)
