"""Files of settings that hold for one folder become one session: what one of them leaves open, another decides.

Rules of all files count together, as they do in each product; of single choices (the mode, the sandbox) the file of the
strongest level that states one counts. Settings of other agents that a person may start with, which opencode keeps
beside those of the session, are no part of it.
Sources, read 2026-11-22: https://code.claude.com/docs/en/settings (rules are merged across scopes, local before
project), https://cursor.com/docs/reference/permissions, https://opencode.ai/v1/docs/config.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import Unknown, value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.model.vocabulary.agent import Agent, Permission

_STRONGEST_FIRST = ("managed", "local", "project", "user")


def is_of_session(agent: Agent) -> bool:
    """Whether settings are those of the session itself, which bear the name of their file."""
    return value_of(agent.kind) == "settings" and value_of(agent.name) == agent.at.path


def as_one_session(agents: Sequence[Agent]) -> Agent:
    """The settings of one folder, of which there is at least one, as one agent that stands for the session."""
    if len(agents) == 1:
        return agents[0]
    ordered = sorted(agents, key=_rank)
    return replace(
        ordered[0],
        autonomy=next((one.autonomy for one in ordered if one.autonomy is not None), None),
        sandbox=next((one.sandbox for one in ordered if one.sandbox is not None), None),
        permissions=tuple(rule for one in reversed(ordered) for rule in _rules(one)),
        servers_rejected=next((one.servers_rejected for one in ordered if one.servers_rejected is not None), None),
    )


def _rank(agent: Agent) -> int:
    level = value_of(agent.level)
    return _STRONGEST_FIRST.index(level) if level in _STRONGEST_FIRST else len(_STRONGEST_FIRST)


def _rules(agent: Agent) -> tuple[Permission | Unknown, ...]:
    return (agent.permissions,) if isinstance(agent.permissions, Unknown) else agent.permissions
