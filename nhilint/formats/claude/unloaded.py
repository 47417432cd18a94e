"""What is left of an agent that Claude Code is not known to load: what it says, not what comes of it.

Its rules, hooks and limits keep their places, and their effect is unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import Unknown, known_records, value_of

if TYPE_CHECKING:
    from nhilint.model.vocabulary.agent import Agent, Permission

NO_LOADER = "a file that lies in no product's folder and in no plug-in"


def as_unloaded(agent: Agent, reason: str) -> Agent:
    """The agent with the effects of its fields unknown; a field that it does not state stays so."""
    rules = known_records(agent.permissions)
    free = any(value_of(rule.shell_reach) == "any_command" and value_of(rule.effective) for rule in rules)
    return replace(
        agent,
        autonomy=Unknown(reason, agent.autonomy.at) if agent.autonomy is not None else None,
        permissions=tuple(_without_effect(rule, reason) for rule in rules) or agent.permissions,
        free_shell=Unknown(reason, agent.at) if free else agent.free_shell,
        commands=Unknown(reason, agent.at) if agent.commands else (),
        endpoints=Unknown(reason, agent.at) if agent.endpoints else (),
        ineffective=Unknown(reason, agent.at) if agent.ineffective else (),
    )


def _without_effect(rule: Permission, reason: str) -> Permission:
    """A rule that another one of the same file takes back has no effect with any product."""
    return replace(rule, effective=Unknown(reason, rule.at)) if value_of(rule.effective) else rule
