"""opencode in a pipeline keeps to the settings of the repository that it works in: what they ask about does not happen.

In a run nobody is there to answer, so a command or an edit that a rule asks about is as good as refused. The settings
are taken as they stand in the tree; a change that loosens them is judged with what it makes of them. Where any agent of
the project is bound less than the session, nothing is concluded: the step may be given to that one.

Sources, read 2026-11-22: https://opencode.ai/docs/github and https://opencode.ai/docs/permissions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.link.terminal_products import OPENCODE
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary import Agent

if TYPE_CHECKING:
    from nhilint.model.resource import Resource

_OWN_FORMATS = frozenset({"opencode-config", "opencode-agent"})
_ASKED = frozenset({"suggest", "asks", "asks_for_writes"})


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources; steps that run opencode have the commands and the autonomy that the project's settings leave."""
    settings = _settings(resources)
    if settings is None:
        return resources
    return tuple(_bound(resource, settings) for resource in resources)


def _settings(resources: tuple[Resource, ...]) -> Agent | None:
    """The settings of the session, where every agent of the project has to ask for commands; otherwise None."""
    told = [(one, one.facts) for one in resources if one.format in _OWN_FORMATS and isinstance(one.facts, Agent)]
    ruled = [(one, agent) for one, agent in told if agent.autonomy is not None or agent.permissions]
    if any(value_of(agent.autonomy) not in _ASKED for _, agent in ruled):
        return None
    return next((agent for one, agent in ruled if one.name == one.at.path in OPENCODE.server_files), None)


def _bound(resource: Resource, settings: Agent) -> Resource:
    agent = resource.facts
    if not isinstance(agent, Agent) or value_of(agent.product) != "opencode" or value_of(agent.kind) != "ci_step":
        return resource
    is_action = value_of(agent.checks_actor) is True
    if settings.autonomy is None or not (is_action or isinstance(agent.command_reach, Unknown)):
        return resource
    reach = Known("listed" if _allows_a_command(settings) else "none", settings.autonomy.at)
    return replace(resource, facts=replace(agent, autonomy=settings.autonomy, command_reach=reach))


def _allows_a_command(settings: Agent) -> bool:
    rules = (rule for rule in known_records(settings.permissions) if rule.shell_reach is not None)
    return any(value_of(rule.effect) == "allow" and value_of(rule.effective) is not False for rule in rules)
