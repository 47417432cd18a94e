"""Servers of plug-ins that lie in a copy of another repository's marketplace are started by nobody here.

A marketplace is added by its repository, whose root has it. One further down is a copy (a mirror of documentation, an
archive, a test's data), and the servers of the plug-ins below it start where that other repository is added, not here.
A folder that this repository's own marketplace offers, or names as a plug-in's, is no copy.
Source: https://code.claude.com/docs/en/plugin-marketplaces, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.link.agent_loaders import copied_marketplaces, lies_in, plugins_of
from nhilint.model.fact import Known
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from nhilint.model.resource import Resource

_FORMAT, _LIST = "mcp-claude-code", ".mcp.json"


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources with the servers of copied plug-ins switched off."""
    copies = copied_marketplaces(resources)
    if not copies:
        return resources
    own = tuple(plugins_of(resources))
    return tuple(_switched_off(resource) if _is_copied(resource, copies, own) else resource for resource in resources)


def _is_copied(resource: Resource, copies: tuple[str, ...], own: tuple[str, ...]) -> bool:
    folder, _, name = resource.at.path.rpartition("/")
    if resource.format != _FORMAT or name != _LIST or not lies_in(folder, copies):
        return False
    return not any(plugin and lies_in(folder, (plugin,)) for plugin in own)


def _switched_off(resource: Resource) -> Resource:
    if not isinstance(resource.facts, Tool):
        return resource
    return replace(resource, facts=replace(resource.facts, enabled=Known(value=False, at=resource.facts.at)))
