"""The files of one Copilot Studio agent meet: the one that says who may use it, its tools, knowledge and triggers.

In a working copy they stand in and below the folder of `settings.mcs.yml` (or, without one, of the file with the
instructions); in an unpacked solution a component begins with the agent's schema name. What is known of the parts goes
to the agent and leaves them, so that it is told once. Where only topics call tools, the agent has none by itself. A
tool that works in the caller's name is of no use to callers who prove nothing: whether they sign in is not known.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from posixpath import dirname
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary.agent import Agent
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.model.resource import Resource

_SETTINGS = ("copilot-studio-settings", "copilot-studio-bot")
_FAMILY = "copilot-studio-"
_MOST = 500
_LOCKED = "a matter of whether the caller signs in"


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The same resources; each agent with its tools and triggers, its parts without, its tools with its name."""
    told = dict(enumerate(resources))
    for members in _groups(resources):
        main = _main(members, resources)
        if main is None:
            continue
        agent = _whole(main, members, resources)
        for position in members:
            told[position] = _share(resources[position], agent)
        told[main] = replace(resources[main], facts=agent)
    return tuple(told[position] for position in range(len(resources)))


def _groups(resources: tuple[Resource, ...]) -> Iterator[list[int]]:
    """Positions of what belongs to one agent."""
    own = [position for position, resource in enumerate(resources) if resource.format.startswith(_FAMILY)]
    roots = {dirname(resources[position].at.path) for position in own if _is_service(resources[position])}
    groups: dict[str, list[int]] = defaultdict(list)
    for position in own:
        groups[_place(resources[position].at.path, roots)].append(position)
    yield from groups.values()


def _place(path: str, roots: set[str]) -> str:
    """What files of one agent have in common."""
    parts = path.split("/")
    for index in range(len(parts) - 2, -1, -1):
        if parts[index] in ("bots", "botcomponents") and index + 2 < len(parts):
            return "/".join((*parts[:index], "bots", parts[index + 1].split(".")[0]))
    folder = dirname(path)
    while folder and folder not in roots:
        folder = dirname(folder)
    return folder


def _is_service(resource: Resource) -> bool:
    return isinstance(resource.facts, Agent) and value_of(resource.facts.kind) == "service"


def _main(members: Sequence[int], resources: tuple[Resource, ...]) -> int | None:
    services = [position for position in members if _is_service(resources[position])]
    return next((p for p in services if resources[p].format in _SETTINGS), services[0] if services else None)


def _whole(main: int, members: Sequence[int], resources: tuple[Resource, ...]) -> Agent:
    facts = [resources[position].facts for position in members[:_MOST]]
    agent = resources[main].facts
    assert isinstance(agent, Agent)
    parts = [one for one in facts if isinstance(one, Agent)]
    exposed = agent.tools_exposed or next((one.tools_exposed for one in parts if one.tools_exposed), None)
    triggers = tuple(chain.from_iterable(one.triggers for one in parts if isinstance(one.triggers, tuple)))
    tools = [one for one in facts if isinstance(one, Tool)]
    tools += chain.from_iterable(known_records(one.tools) for one in parts)
    if any(value_of(one.authenticated) is False for one in known_records(triggers)):
        tools = [_locked(tool) for tool in tools]
    shared = () if value_of(exposed) == "none" else tuple(tools)
    return replace(agent, tools_exposed=exposed, triggers=triggers, tools=shared)


def _locked(tool: Tool) -> Tool:
    if value_of(tool.acts_as) != "caller" or isinstance(tool.capabilities, Unknown):
        return tool
    known = known_records(tool.capabilities)
    return replace(tool, capabilities=tuple(replace(one, gate=Unknown(_LOCKED, one.at)) for one in known))


def _share(resource: Resource, agent: Agent) -> Resource:
    facts = resource.facts
    if isinstance(facts, Tool):
        name = value_of(agent.name)
        users = Known((name,), facts.at) if name else None
        return replace(resource, facts=replace(facts, users=users))
    if isinstance(facts, Agent):
        return replace(resource, facts=replace(facts, tools=(), triggers=()))
    return resource
