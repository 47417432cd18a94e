"""Hooks in a project's `.claude/hooks/hooks.json` are never loaded: a guard among them guards nothing.

That file is a plug-in's; of a project Claude Code reads the hooks in `.claude/settings.json` and `settings.local.json`.
Nothing is said where the folder may be a plug-in after all, because a manifest or a marketplace of the tree may lead
there, and where the settings beside it have hooks before a call of their own, which may be the same ones.
Source: https://code.claude.com/docs/en/hooks#hook-locations, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.guarding_hooks import any_guards
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary.agent import Agent
from nhilint.model.vocabulary.tool import IneffectiveSetting

if TYPE_CHECKING:
    from nhilint.model.resource import Resource

_HOOKS = ".claude/hooks/hooks.json"
_PLUGINS = frozenset({"claude-plugin", "claude-marketplace"})
_BEFORE = frozenset({"PreToolUse", "PermissionRequest"})
_SOURCE = "https://code.claude.com/docs/en/hooks#hook-locations"


def without_unloaded_hooks(resources: tuple[Resource, ...]) -> tuple[Resource, ...]:
    """The same resources; hooks that are never loaded run nothing, and say so."""
    if not any(_is_unloaded(resource) for resource in resources):
        return resources
    if any(resource.format in _PLUGINS for resource in resources):
        return resources
    guarded = {_folder(one) for one in resources if one.format == "claude-settings" and _lines_before(one)}
    return tuple(
        _unloaded(one) if _is_unloaded(one) and _folder(one).removesuffix("/hooks") not in guarded else one
        for one in resources
    )


def _is_unloaded(resource: Resource) -> bool:
    return resource.format == "claude-plugin-hooks" and f"/{resource.at.path}".endswith(f"/{_HOOKS}")


def _folder(resource: Resource) -> str:
    return resource.at.path.rpartition("/")[0]


def _lines_before(resource: Resource) -> tuple[str, ...]:
    """The commands that would run before a tool is called."""
    agent = resource.facts
    commands = known_records(agent.commands) if isinstance(agent, Agent) else ()
    return tuple(value_of(one.command) or "" for one in commands if value_of(one.event) in _BEFORE)


def _unloaded(resource: Resource) -> Resource:
    agent = resource.facts
    if not isinstance(agent, Agent):
        return resource
    lines = _lines_before(resource)
    protects = any_guards(lines) if lines else False
    at = agent.at
    setting = IneffectiveSetting(
        at=at,
        setting=Known("the whole file", at),
        reason=Known("Claude Code reads such a file of plug-ins only, and a project's hooks from its settings", at),
        instead=Known('move "hooks" into .claude/settings.json', at),
        source=Known(_SOURCE, at),
        protective=Known(protects, at) if protects is not None else Unknown("a matter of what a script does", at),
    )
    path = resource.at.path
    facts = replace(agent, name=Known(path, at), commands=(), endpoints=(), ineffective=(setting,))
    return replace(resource, name=path, facts=facts)
