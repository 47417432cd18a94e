"""A step that runs a team of Docker's agent runner has the tools that the team's file states.

A team that only pipelines run belongs to them: what its file lets pass without a question says little where the step
approves everything, and is told at the step. Not joined: teams by image or URL, whose tools nothing here tells.

Source: https://github.com/docker/cagent-action (action.yml: `agent`, `yolo`), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.github.agent_docker import PRODUCT
from nhilint.model.fact import Known, known_records, value_of
from nhilint.model.vocabulary.agent import Agent

if TYPE_CHECKING:
    from nhilint.model.fact import Fact
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.agent import Permission

_TEAM = "cagent"
_PIPELINES = ".github/"
_SHELL = frozenset({"shell", "background_jobs"})


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources; steps know how far commands reach, and teams that only pipelines run are theirs."""
    teams: dict[str, list[Agent]] = {}
    for one in resources:
        if one.format == _TEAM and isinstance(one.facts, Agent):
            teams.setdefault(one.at.path, []).append(one.facts)
    steps = [one.facts for one in resources if isinstance(one.facts, Agent) and _is_step(one.facts)]
    approved = {_file_of(step) for step in steps if value_of(step.autonomy) == "ungated"}
    approved -= {_file_of(step) for step in steps if value_of(step.autonomy) != "ungated"}
    return tuple(_joined(one, teams, approved) for one in resources)


def _joined(resource: Resource, teams: dict[str, list[Agent]], approved: set[str | None]) -> Resource:
    agent, path = resource.facts, resource.at.path
    if not isinstance(agent, Agent):
        return resource
    if resource.format == _TEAM and path in approved and path.startswith(_PIPELINES):
        settings = agent.kind is not None and value_of(agent.kind) == "settings"
        kind = Known("service", agent.kind.at) if settings and isinstance(agent.kind, Known) else agent.kind
        return replace(resource, facts=replace(agent, kind=kind, initiation=Known("autonomous", agent.at)))
    team = teams.get(_file_of(agent) or "") if _is_step(agent) else None
    return replace(resource, facts=replace(agent, command_reach=_reach(agent, team))) if team else resource


def _is_step(agent: Agent) -> bool:
    return value_of(agent.product) == PRODUCT and value_of(agent.kind) == "ci_step"


def _file_of(step: Agent) -> str | None:
    return next((value_of(one.target) for one in known_records(step.delegations)), None)


def _reach(step: Agent, team: list[Agent]) -> Fact[str]:
    """Which commands the members of a team run unasked. A question has nobody to answer it in a run."""
    at = step.autonomy.at if step.autonomy is not None else step.at
    held = [tool for agent in team for tool in known_records(agent.tools) if value_of(tool.name) in _SHELL]
    rules = [rule for agent in team for rule in known_records(agent.permissions)]
    if not held or any(_denies_shell(rule) for rule in rules):
        return Known("none", at)
    if value_of(step.autonomy) == "ungated":
        return Known("any", at)
    if any(value_of(agent.free_shell) is True for agent in team):
        return Known("any", at)
    is_listed = any(rule.shell_reach is not None and value_of(rule.effect) == "allow" for rule in rules)
    return Known("listed" if is_listed else "none", at)


def _denies_shell(rule: Permission) -> bool:
    return value_of(rule.effect) == "deny" and value_of(rule.rule) in ("shell", "*")
