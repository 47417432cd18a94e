"""Subagents, skills and commands that belong to a plug-in: what the product drops from them there.

Source: https://code.claude.com/docs/en/plugins-reference#agents (hooks, mcpServers and permissionMode are not supported
for agents of a plug-in), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.guarding_hooks import any_guards
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary.tool import IneffectiveSetting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.model.place import Place
    from nhilint.model.vocabulary.agent import Agent

_SOURCE = "https://code.claude.com/docs/en/plugins-reference#agents"
_PROTECTIVE_MODES = frozenset({"suggest", "asks"})
_GUARDING = frozenset({"PreToolUse", "PermissionRequest"})


def as_plugin_part(agent: Agent, root: str | None) -> Agent:
    """The agent as the product takes it from the plug-in at `root`; unchanged where there is no plug-in."""
    if root is None or agent.level is not None:
        return agent
    agent = replace(agent, level=Known("plugin", agent.at))
    if value_of(agent.kind) != "subagent":
        return agent
    dropped = tuple(_dropped(agent))
    return replace(
        agent, autonomy=None, commands=(), endpoints=(), ineffective=(*known_records(agent.ineffective), *dropped)
    )


def _dropped(agent: Agent) -> Iterator[IneffectiveSetting]:
    mode = agent.autonomy
    if isinstance(mode, Known):
        protects = mode.value in _PROTECTIVE_MODES
        yield _setting("permissionMode", "it then runs in the mode of the session", mode.at, protects=protects)
    commands = known_records(agent.commands)
    if commands:
        before = [command for command in commands if value_of(command.event) in _GUARDING]
        first = (before or list(commands))[0]
        lines = tuple(value_of(command.command) or "" for command in before)
        yield _setting("hooks", "none of them runs", first.at, protects=any_guards(lines))


def _setting(name: str, consequence: str, at: Place, *, protects: bool | None) -> IneffectiveSetting:
    reason = f"Claude Code drops {name} from the subagents of a plug-in: {consequence}"
    instead = "put it into the settings, or copy the subagent to .claude/agents"
    return IneffectiveSetting(
        at=at,
        setting=Known(name, at),
        reason=Known(reason, at),
        instead=Known(instead, at),
        source=Known(_SOURCE, at),
        protective=Known(protects, at) if protects is not None else Unknown("a matter of what a script does", at),
    )
