"""Of the tools that run without a question, those that cannot be taken back: by name, after every approval is known.

Writing a file is such a thing where the server may write in a whole home or everywhere: start-up files, keys and the
settings of other programs lie there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.knowledge.tools.grave_names import file_writing_names, grave_names, runs_anything
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.place import Place
from nhilint.model.vocabulary.agent import Agent
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.agent import Permission

_LISTS = frozenset({"autoApprove", "alwaysAllow"})
"""Keys of a server that hold names of tools and nothing else, one after the other."""
_BEYOND_EVERY_PROJECT = frozenset({"root", "home", "credentials"})


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The same resources, tools knowing which of their approvals are grave."""
    return tuple(_judged(resource) for resource in resources)


def _with_grave_rules(agent: Agent) -> Agent:
    """The agent whose rules about tools of servers of unknown origin know what those say that they do."""
    if isinstance(agent.permissions, Unknown):
        return agent
    rules = tuple(rule if isinstance(rule, Unknown) else _graded(rule) for rule in agent.permissions)
    return replace(agent, permissions=rules)


def _graded(rule: Permission) -> Permission:
    if value_of(rule.effect) != "allow" or value_of(rule.server) is None or value_of(rule.server_declared) is True:
        return rule
    tool = value_of(rule.tool) or ""
    name = tool.removeprefix("mcp__").partition("__")[2] if tool.startswith("mcp__") else value_of(rule.argument) or ""
    return replace(rule, grave_tool=Known(name, rule.at)) if runs_anything(name) else rule


def _judged(resource: Resource) -> Resource:
    tool = resource.facts
    if isinstance(tool, Agent):
        return replace(resource, facts=_with_grave_rules(tool))
    if not isinstance(tool, Tool) or tool.auto_approved is None:
        return resource
    approved = tool.auto_approved
    if not isinstance(approved, Known):
        return replace(resource, facts=replace(tool, grave_approvals=approved))
    writing = file_writing_names(approved.value) if _writes_beyond_projects(tool) else ()
    grave = tuple(dict.fromkeys((*grave_names(approved.value), *writing)))
    return replace(resource, facts=replace(tool, grave_approvals=Known(grave, _first(grave, approved))))


def _first(grave: tuple[str, ...], approved: Known[tuple[str, ...]]) -> Place:
    """The place of the first grave name where the approvals are one list, which may be long; else theirs."""
    at = approved.at
    if not grave or not at.pointer or at.pointer[-1] not in _LISTS or grave[0] not in approved.value:
        return at
    return Place(at.path, (*at.pointer, approved.value.index(grave[0])))


def _writes_beyond_projects(tool: Tool) -> bool:
    """Whether the server may write in a whole home folder, in one of credentials, or everywhere."""
    return any(
        value_of(mount.reach) in _BEYOND_EVERY_PROJECT and value_of(mount.read_only) is not True
        for mount in known_records(tool.mounts)
    )
