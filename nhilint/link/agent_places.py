"""Agents and tool servers sorted by the project folder they belong to, so that every join is a look-up.

A project is the folder that holds the product's settings folder and its list of servers; one list may serve several
products. A plug-in is the folder that holds a manifest, or one that a marketplace of the same repository names.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from nhilint.link.agent_loaders import plugins_of
from nhilint.link.agent_products import PRODUCTS
from nhilint.link.agent_sessions import is_of_session
from nhilint.model.fact import value_of
from nhilint.model.vocabulary.agent import Agent
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from nhilint.link.agent_product import Product
    from nhilint.model.resource import Resource


def agent_of(resource: Resource) -> Agent | None:
    """The agent of a resource, if it is one."""
    return resource.facts if isinstance(resource.facts, Agent) else None


def product_of(agent: Agent) -> Product | None:
    """What is known of the product that runs an agent."""
    return PRODUCTS.get(value_of(agent.product) or "")


class Places:
    """Where everything is. Built once for all resources; each look-up is a dictionary access."""

    def __init__(self, resources: tuple[Resource, ...]) -> None:
        self.servers: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        """(product, folder) → name of a server → its position among the resources."""
        self.project_of: dict[int, str] = {}
        """Position of a listed server → the folder of its project."""
        self.listed: set[int] = set()
        """Positions of the servers of a project's list."""
        self.copies: dict[tuple[str | None, ...], list[int]] = defaultdict(list)
        """Project and what a server starts or reaches → the positions of the lists' entries for it."""
        self._of_file: dict[str, dict[str, int]] = defaultdict(dict)
        self.subagents: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        """(product, folder) → name of a subagent → its position."""
        self.settings: dict[tuple[str, str], list[Agent]] = defaultdict(list)
        """(product, folder) → the settings of the session there, in file order."""
        self.with_list: set[tuple[str, str]] = set()
        """(product, folder) of every list of servers, an empty one as well."""
        self.plugin_roots: frozenset[str] = frozenset(plugins_of(resources))
        for position, resource in enumerate(resources):
            if isinstance(resource.facts, Tool):
                self._note_server(position, resource, resource.facts)
            elif isinstance(resource.facts, Agent):
                self._note_agent(position, resource, resource.facts)

    def _note_server(self, position: int, resource: Resource, tool: Tool) -> None:
        if value_of(tool.kind) != "mcp_server":
            return
        path, client = resource.at.path, value_of(tool.client) or ""
        self._of_file[path].setdefault(resource.name, position)
        for name, product in PRODUCTS.items():
            folder = _folder_of_list(path, product) if client in product.server_clients else None
            if folder is not None:
                self.servers[name, folder].setdefault(resource.name, position)
                self.with_list.add((name, folder))
                if position not in self.listed:
                    self.copies[same_server(folder, resource.name, tool)].append(position)
                    self.project_of[position] = folder
                self.listed.add(position)

    def _note_agent(self, position: int, resource: Resource, agent: Agent) -> None:
        name, product = value_of(agent.product) or "", product_of(agent)
        if product is None:
            return
        folder = self.folder_of(resource.at.path, product)
        kind = value_of(agent.kind)
        if is_of_session(agent):
            self.settings[name, folder].append(agent)
        elif kind == "subagent":
            self.subagents[name, folder].setdefault(resource.name, position)

    def own_servers(self, path: str) -> dict[str, int]:
        """The servers that a file declares for itself, no project's list: name → position."""
        return {name: position for name, position in self._of_file[path].items() if position not in self.listed}

    def folder_of(self, path: str, product: Product) -> str:
        """The project or plug-in that a file belongs to; the folder of the file for any other."""
        parts = path.split("/")[:-1]
        for index in range(len(parts) - 1, -1, -1):
            if parts[index] in product.settings_folders:
                return "/".join(parts[:index])
            folder = "/".join(parts[: index + 1])
            if product.has_plugins and folder in self.plugin_roots:
                return folder
        return "" if product.has_plugins and "" in self.plugin_roots else "/".join(parts)

    def plugin_of(self, path: str, product: Product) -> str | None:
        """The root of the plug-in that ships a file; None when none does."""
        if not product.has_plugins:
            return None
        parts = path.split("/")[:-1]
        for index in range(len(parts), -1, -1):
            folder = "/".join(parts[:index])
            if folder in self.plugin_roots:
                return folder
        return None


def same_server(folder: str, name: str, tool: Tool) -> tuple[str | None, ...]:
    """What two entries of a project have in common when they are copies of one for two products."""
    address = value_of(tool.endpoint.url) if tool.endpoint is not None else None
    return folder, name, value_of(tool.command), *(value_of(tool.arguments) or ()), address


def _folder_of_list(path: str, product: Product) -> str | None:
    """The project whose list of servers a file is, or is a part of; None for any other file."""
    for file in product.server_files:
        stated = f"{path.rpartition('/')[0]}/*" if file.endswith("/*") else path
        if stated == file:
            return ""
        if stated.endswith(f"/{file}"):
            return stated[: -len(file) - 1]
    return None
