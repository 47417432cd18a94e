"""Whom an agent may start, whether that agent is there, and what it can do that its caller cannot.

A caller with a list of tools gains what a delegate has beyond that list; one with every tool gains nothing. The
delegate works with the same rules and questions of the session: what is gained is a tool, not the right to use it
unasked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.link.agent_capabilities import capabilities_of_all, capabilities_of_tools
from nhilint.model.fact import Known, Unknown, known_records, value_of

if TYPE_CHECKING:
    from nhilint.link.agent_places import Places
    from nhilint.link.agent_product import Product
    from nhilint.model.place import Place
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.agent import Agent, Delegation
    from nhilint.model.vocabulary.capability import Capability

_TIERS = {"read": 0, "write": 1, "send": 2, "delete": 2, "execute": 3, "admin": 4}
_UNTELLING = "other"
"""The category of tools that only steer the agent itself."""
DEEPEST = 3
"""Layers of subagents that a session starts at most; a chain is followed no further."""


class Delegates:
    """Resolves the delegations of agents, each agent's own capabilities summed up once."""

    def __init__(self, resources: tuple[Resource, ...], places: Places) -> None:
        self._resources = resources
        self._places = places
        self._own: dict[int, tuple[Capability, ...]] = {}

    def resolve(self, agent: Agent, product: Product, folder: str) -> Agent:
        """The agent with each delegation resolved and what it gains."""
        delegations = agent.delegations
        if isinstance(delegations, Unknown) or not delegations:
            return agent
        resolved = tuple(
            one if isinstance(one, Unknown) else self._resolve(one, agent, product, folder) for one in delegations
        )
        return replace(agent, delegations=resolved)

    def _resolve(self, delegation: Delegation, agent: Agent, product: Product, folder: str) -> Delegation:
        target = value_of(delegation.target)
        if target is None:
            return delegation
        client = value_of(agent.product) or ""
        position = self._places.subagents[client, folder].get(target.rsplit(":", 1)[-1])
        is_known = position is not None or target in product.built_in_agents or target == "*"
        delegation = replace(delegation, resolved=Known(is_known, delegation.at))
        if value_of(agent.tools_exposed) != "list" or value_of(agent.kind) != "subagent":
            return delegation
        reached = self._reached(target, position, client, product, delegation.at)
        own = {power_of(capability) for capability in self._sum_up(agent)}
        highest = max((_TIERS[access] for category, access in own if category != _UNTELLING), default=-1)
        gains = tuple(c for c in reached if power_of(c) not in own and _is_more(c, highest, product))
        return replace(delegation, gains=gains)

    def _reached(
        self, target: str, position: int | None, client: str, product: Product, at: Place
    ) -> tuple[Capability, ...]:
        """What the delegate can do; nothing is said of one that is not known."""
        if position is not None:
            delegate = self._resources[position].facts
            if value_of(delegate.tools_exposed) == "list":  # type: ignore[union-attr]
                return self._own_of(position)
            return capabilities_of_all(client, at)
        name = product.any_agent if target == "*" else target
        if name not in product.built_in_agents:
            return ()
        tools = product.built_in_agents[name]
        everything = capabilities_of_all(client, at)
        return everything if tools is None else tuple(c for c in everything if value_of(c.through) in tools)

    def _own_of(self, position: int) -> tuple[Capability, ...]:
        if position not in self._own:
            self._own[position] = self._sum_up(self._resources[position].facts)  # type: ignore[arg-type]
        return self._own[position]

    def _sum_up(self, agent: Agent) -> tuple[Capability, ...]:
        return capabilities_of_tools(known_records(agent.tools))


def power_of(capability: Capability) -> tuple[str, str]:
    """What a capability comes to, whichever tool gives it: its category and its access."""
    return value_of(capability.category) or "", value_of(capability.access) or "read"


def _is_more(capability: Capability, highest: int, product: Product) -> bool:
    """Whether it is of a higher tier than all that the caller has itself. Tools nobody is asked about do not count."""
    category, access = power_of(capability)
    return category != _UNTELLING and _TIERS[access] > highest and value_of(capability.through) in product.asks_before
