"""Agents of frameworks meet each other: whom one may hand work to, what that adds, and what flows through the whole.

Agents of one product in one file are one team (on Kubernetes: of one chart or folder); a delegation names one of them,
all of them (`*`), or the file of another. What a delegate can do, its caller can do through it, and says so. Unlike a
coding assistant, a framework asks nobody before a call unless the file says so: each tool bears its own gate.
"""

from __future__ import annotations

from collections import defaultdict
from posixpath import dirname, normpath
from posixpath import join as join_paths
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.kubernetes.names import scope_of
from nhilint.link.agent_capabilities import merge
from nhilint.link.agent_delegations import power_of
from nhilint.link.agent_flows import changes_or_fetches
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary.agent import Agent, Flow
from nhilint.model.vocabulary.capability import Capability

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.agent import Delegation, Trigger

PRODUCTS = frozenset(
    {
        "crewai", "google-adk", "microsoft-agent-framework", "autogen", "cagent", "agent-spec", "langgraph",
        "nemo-agent-toolkit", "letta", "dify", "n8n", "flowise", "langflow", "kagent",
        "copilot-studio",
    }
)  # fmt: skip
"""Products whose agents this joins, by the name that their agents bear."""
_OF_A_CLUSTER = frozenset({"kagent"})
"""Products whose agents are objects of a cluster, each perhaps in a file of its own."""
DEEPEST = 3
"""Links of a chain of delegations that are followed."""
_MOST_PEERS = 60
_TIERS = {"read": 0, "write": 1, "send": 2, "delete": 2, "execute": 3, "admin": 4}
_STRANGERS = frozenset({"mail", "messaging", "calendar", "web", "browser", "issue_tracking", "source_code"})
_LETTERS = frozenset({"mail", "messaging"})
"""Categories in which one tool alone holds what strangers sent beside what others confided."""
_COMMANDED = frozenset({"infra", "database", "source_code", "identity", "payments"})
"""Categories in which to run something is to have power over what is already there."""
_INNER = frozenset({"other", "memory"})
"""Categories that touch nothing but the agent itself."""


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The same resources; agents of frameworks know their delegates, their reach and their flows."""
    team = _Team(resources)
    if not team.agents:
        return resources
    return tuple(
        replace(resource, facts=team.linked(position)) if position in team.agents else resource
        for position, resource in enumerate(resources)
    )


class _Team:
    """Agents by file and name; what each can do by itself is summed up once."""

    def __init__(self, resources: tuple[Resource, ...]) -> None:
        self.agents: dict[int, Agent] = {}
        self._paths: dict[int, str] = {}
        self._named: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        for position, resource in enumerate(resources):
            facts = resource.facts
            product = value_of(facts.product) if isinstance(facts, Agent) else None
            if isinstance(facts, Agent) and product in PRODUCTS:
                team = _cluster(resource) if product in _OF_A_CLUSTER else resource.at.path
                self.agents[position] = facts
                self._paths[position] = team
                members = self._named[product or "", team]
                members.setdefault(resource.name, position)
        self._own = {position: merge(_own(agent)) for position, agent in self.agents.items()}

    def linked(self, position: int) -> Agent:
        """The agent with its delegations resolved, its capabilities and its flows."""
        agent = self.agents[position]
        if not isinstance(agent.delegations, Unknown):
            delegations = tuple(
                one if isinstance(one, Unknown) else self._resolve(one, position) for one in agent.delegations
            )
            agent = replace(agent, delegations=delegations)
        reached = (*self._own[position], *self._through(position, (position,)))
        capabilities = merge(reached)
        return replace(agent, capabilities=capabilities, flows=_flows(agent, reached))

    def _resolve(self, delegation: Delegation, position: int) -> Delegation:
        target = value_of(delegation.target)
        if target is None:
            return delegation
        reached = self._targets(target, position)
        delegation = replace(delegation, resolved=Known(bool(reached), delegation.at))
        agent = self.agents[position]
        if value_of(agent.tools_exposed) != "list" or isinstance(agent.tools, Unknown):
            return delegation
        highest = max((_tier(one) for one in self._own[position]), default=-1)
        own = {power_of(one) for one in self._own[position]}
        gained = merge(c for p in reached for c in (*self._own[p], *self._through(p, (position, p))))
        return replace(
            delegation, gains=tuple(c for c in gained if power_of(c) not in own and _tier(c) > max(highest, 0))
        )

    def _through(self, position: int, chain: tuple[int, ...]) -> Iterator[Capability]:
        """What delegates can do for an agent that may hand them work unasked."""
        if len(chain) > DEEPEST:
            return
        for delegation in known_records(self.agents[position].delegations):
            target = value_of(delegation.target)
            if target is None or value_of(delegation.gate) == "prompt":
                continue
            for peer in self._targets(target, position):
                if peer not in chain:
                    yield from self._reach_of(peer, (*chain, peer))

    def _reach_of(self, peer: int, chain: tuple[int, ...]) -> Iterator[Capability]:
        name = value_of(self.agents[peer].name) or "another agent"
        for one in (*self._own[peer], *self._through(peer, chain)):
            tool = value_of(one.through)
            yield replace(one, through=Known(f"{tool} (by way of {name})", one.at)) if tool else one

    def _targets(self, target: str, position: int) -> tuple[int, ...]:
        product, path = value_of(self.agents[position].product) or "", self._paths[position]
        members = self._named[product, path]
        if target == "*":
            return tuple(peer for peer in members.values() if peer != position)[:_MOST_PEERS]
        if target in members:
            return (members[target],)
        for candidate in (join_paths(dirname(path), target), target):
            other = self._named.get((product, normpath(candidate)))
            if other:
                return tuple(other.values())[:1]
        return ()


def _cluster(resource: Resource) -> str:
    """What agents of a cluster have in common: the chart or folder, and never a test with what runs."""
    return f"{scope_of(resource.at.path)} {resource.setting}"


def _own(agent: Agent) -> Iterator[Capability]:
    for tool in known_records(agent.tools):
        if value_of(tool.enabled) is False:
            continue
        if value_of(tool.kind) == "mcp_server" and value_of(tool.exposed) == "list":
            server = value_of(tool.name)
            for one in known_records(tool.capabilities):
                yield _narrowed(one) if value_of(one.through) == server else one
        else:
            yield from known_records(tool.capabilities)


def _narrowed(one: Capability) -> Capability:
    """What a server can do when only some of its tools are offered: which of its ways are left is not known."""
    unknown = Unknown("a matter of which of its tools are offered", one.at)
    return replace(one, reads_untrusted=unknown, sends_out=unknown, private_data=unknown, gate=unknown)


def _tier(one: Capability) -> int:
    category, access = power_of(one)
    return -1 if category in _INNER else _TIERS[access]


def _flows(agent: Agent, reached: tuple[Capability, ...]) -> tuple[Flow, ...]:
    """The first way from outsiders' text to private data or power and out, with no question in between.

    A trigger without authentication is no source here: whoever may call the agent has all that it can do, which is
    told as such.
    """
    free = [one for one in reached if value_of(one.gate) == "none" and value_of(one.category) not in _INNER]
    sources = [*_incoming(agent), *(one for one in free if _is_planted(one))]
    stakes = [one for one in free if value_of(one.private_data) is True or _is_power(one)]
    ways_out = [one for one in free if value_of(one.sends_out) is True and changes_or_fetches(one)]
    if not (sources and stakes and ways_out):
        return ()
    source, way_out = sources[0], ways_out[0]
    others = [one for one in stakes if value_of(one.through) != value_of(source.through)]
    same = [one for one in stakes if value_of(one.category) in _LETTERS]
    stake = next(iter((*others, *same)), None)
    if stake is None or _is_booking(source, stake, way_out):
        return ()
    return (Flow(at=way_out.at, source=source, stake=stake, way_out=way_out),)


def _is_booking(source: Capability, stake: Capability, way_out: Capability) -> bool:
    """Whether all that happens is that somebody sees when there is time and asks for it, or that an invitation, which
    carries little, meddles with the calendar that it came to."""
    touched = {value_of(one.category) for one in (source, stake, way_out)} - {None}
    return touched == {"calendar"} and (value_of(stake.access) == "read" or source.category is not None)


def _is_planted(one: Capability) -> bool:
    """Whether strangers put text there by themselves; into a table or a drive the owner lets them first."""
    return value_of(one.reads_untrusted) is True and value_of(one.category) in _STRANGERS


def _is_power(one: Capability) -> bool:
    """Whether misuse destroys or governs something. A sandbox for code and a browser hold nothing by themselves."""
    access = value_of(one.access)
    return access in ("admin", "delete") or (access == "execute" and value_of(one.category) in _COMMANDED)


def _incoming(agent: Agent) -> Iterator[Capability]:
    """Triggers that bring in text of outsiders and that nobody could lock: a mailbox, a public group."""
    for trigger in known_records(agent.triggers):
        if _is_open_channel(trigger):
            yield Capability(
                at=trigger.at,
                source=Known("declared", trigger.at),
                reads_untrusted=Known(value=True, at=trigger.at),
                gate=Known("none", trigger.at),
                through=trigger.name or trigger.event,
            )


def _is_open_channel(trigger: Trigger) -> bool:
    is_open = value_of(trigger.open_to) == "anyone" and value_of(trigger.carries_input) is True
    return is_open and value_of(trigger.authenticated) is not False
