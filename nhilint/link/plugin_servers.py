"""Servers in the `.mcp.json` of a plug-in that is not for Claude Code are told as the product it is for starts them.

The file is named alike everywhere and its reader takes it for Claude Code's. Codex, Copilot and Cursor start a server
whose address stands without a type, and what Claude Code ignores is nothing to them. At the root of a repository the
file is Claude Code's as well, so there nothing changes.
Sources: those of the readers of the manifests (formats.codex.plugin, formats.copilot.plugin, formats.cursor.plugin).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.link.agent_loaders import plugins_of
from nhilint.model.fact import Known
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from nhilint.model.resource import Resource

_MARKERS = {
    "codex-plugin": (".codex-plugin/plugin.json",),
    "copilot-plugin": (".github/plugin/plugin.json", ".plugin/plugin.json", "plugin.json"),
    "cursor-plugin": (".cursor-plugin/plugin.json",),
}
"""By the format of a manifest: where in the plug-in's folder it lies, the longer paths first."""
_LIST = "/.mcp.json"


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources with the servers of such plug-ins told as their product starts them."""
    products = _products_of_folders(resources)
    for folder in plugins_of(resources):
        products.pop(folder, None)
    return tuple(_told_anew(resource, products) for resource in resources) if products else resources


def _products_of_folders(resources: tuple[Resource, ...]) -> dict[str, str]:
    """The folders of plug-ins below the root, each with the product that its manifest is for."""
    products: dict[str, str] = {}
    for resource in resources:
        if resource.kind != "agent":
            continue
        path = f"/{resource.at.path}"
        marker = next((one for one in _MARKERS.get(resource.format, ()) if path.endswith(f"/{one}")), None)
        folder = path.removesuffix(f"/{marker}").lstrip("/") if marker else ""
        if folder:
            products.setdefault(folder, resource.format.removesuffix("-plugin"))
    return products


def _told_anew(resource: Resource, products: dict[str, str]) -> Resource:
    tool, path = resource.facts, resource.at.path
    if not isinstance(tool, Tool) or resource.format != "mcp-claude-code" or not path.endswith(_LIST):
        return resource
    product = products.get(path.removesuffix(_LIST))
    if product is None:
        return resource
    client = Known(product, tool.client.at if tool.client is not None else tool.at)
    return replace(resource, facts=replace(tool, client=client, ineffective=()))
