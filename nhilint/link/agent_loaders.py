"""Who loads an instruction file that lies in no product's own folder: the plug-in that ships it, or nobody known.

A plug-in is the folder that holds a manifest, or one that a marketplace of the same repository names; it ships what
lies where its manifest or its entry says. A marketplace is added by its repository, whose root has it: one further down
belongs to a copy of another repository, and so do the plug-ins below. Where it names folders of its own, a plug-in in a
folder that it does not name is a draft or a pattern, and nobody installs it from here. Of any other file nothing is
known but what it says: an archive, a mirror, the source of a generator and a page about commands look the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.claude.levels import CLAUDE_CODE
from nhilint.formats.claude.unloaded import NO_LOADER, as_unloaded
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary.agent import Agent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.model.resource import Resource

_MANIFEST = ".claude-plugin/plugin.json"
_MARKETPLACE = ".claude-plugin/marketplace.json"
_OPEN_FORMATS = frozenset({"claude-skill", "claude-command", "claude-subagent"})


def with_loaders(resources: tuple[Resource, ...]) -> tuple[Resource, ...]:
    """The same resources; instruction files of no known loader without effects, those of a plug-in with its product."""
    plugins: dict[str, frozenset[str]] | None = None
    settled = list(resources)
    for position, resource in enumerate(resources):
        agent = resource.facts
        if not (isinstance(agent, Agent) and resource.format in _OPEN_FORMATS and isinstance(agent.product, Unknown)):
            continue
        plugins = _installable(resources) if plugins is None else plugins
        if _is_shipped(resource.at.path, plugins):
            agent = replace(agent, product=Known(CLAUDE_CODE, agent.product.at))
        else:
            agent = as_unloaded(agent, NO_LOADER)
        settled[position] = replace(resource, facts=agent)
    return tuple(settled)


def plugins_of(resources: tuple[Resource, ...]) -> dict[str, frozenset[str]]:
    """The folders of plug-ins, each with the paths from which its instruction files are loaded."""
    plugins: dict[str, frozenset[str]] = {}
    offered: set[str] = set()
    for resource in resources:
        if isinstance(resource.facts, Agent):
            for folder, parts in _stated(resource.at.path, resource.facts):
                inside = (f"{folder}/{part}".strip("/") for part in parts)
                plugins[folder] = plugins.get(folder, frozenset()).union(inside)
                offered.update([folder] if resource.at.path == _MARKETPLACE else ())
    copies = copied_marketplaces(resources)
    return {folder: parts for folder, parts in plugins.items() if folder in offered or not lies_in(folder, copies)}


def _installable(resources: tuple[Resource, ...]) -> dict[str, frozenset[str]]:
    """The plug-ins that somebody can install from here: with a marketplace that names folders, those and the root."""
    named = {
        folder
        for resource in resources
        if resource.at.path == _MARKETPLACE and isinstance(resource.facts, Agent)
        for folder, _ in _stated(resource.at.path, resource.facts)
    }
    found = plugins_of(resources)
    return {folder: parts for folder, parts in found.items() if folder in named or not folder} if any(named) else found


def copied_marketplaces(resources: tuple[Resource, ...]) -> tuple[str, ...]:
    """The folders below the root that hold a marketplace: it is offered from elsewhere, and this is a copy of it."""
    return tuple({_folder_of(r.at.path, _MARKETPLACE) for r in resources if r.at.path.endswith(f"/{_MARKETPLACE}")})


def _folder_of(path: str, marker: str) -> str:
    return path.removesuffix(marker).rstrip("/")


def lies_in(folder: str, others: tuple[str, ...]) -> bool:
    """Whether a folder is one of the others or lies below one."""
    return any(folder == other or folder.startswith(f"{other}/") for other in others)


def _stated(path: str, agent: Agent) -> Iterator[tuple[str, tuple[str, ...]]]:
    if path == _MANIFEST or path.endswith(f"/{_MANIFEST}"):
        yield _folder_of(path, _MANIFEST), value_of(agent.parts) or ()
    elif path == _MARKETPLACE or path.endswith(f"/{_MARKETPLACE}"):
        base = _folder_of(path, _MARKETPLACE)
        for plugin in known_records(agent.plugins):
            source = value_of(plugin.source) or ""
            if source in (".", "./") or source.startswith("./"):
                yield f"{base}/{source[2:]}".strip("/"), value_of(plugin.parts) or ()


def _is_shipped(path: str, plugins: dict[str, frozenset[str]]) -> bool:
    """Whether a plug-in above a file loads it."""
    folders = path.split("/")[:-1]
    above = ("/".join(folders[:end]) for end in range(len(folders), -1, -1))
    return any(_is_part(path, part) for folder in above for part in plugins.get(folder, ()))


def _is_part(path: str, part: str) -> bool:
    """A skill lies in a folder of its own below the part, or is the part; other files may lie deeper."""
    if path == part:
        return True
    if part and not path.startswith(f"{part}/"):
        return False
    below = path[len(part) :].strip("/").count("/")
    return below <= 1 if path.lower().endswith("skill.md") else bool(part)
