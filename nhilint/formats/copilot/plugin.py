"""A manifest of a Copilot plug-in, `.github/plugin/plugin.json` first of all, with the hooks and servers in it.

It may also lie in `.plugin/` or at the plug-in's root, where other programs keep files of that name too: there only one
that names parts of a plug-in counts.
Source: https://docs.github.com/en/copilot/reference/copilot-cli-reference/cli-plugin-reference (plugin.json, file
locations), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.copilot.hooks import COPILOT as HOOKS
from nhilint.formats.mcp.terminal_clients import COPILOT
from nhilint.formats.plugin_manifest import PluginGrammar, read_manifest
from nhilint.model.resource import Extraction

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_GRAMMAR = PluginGrammar("copilot", HOOKS, COPILOT)
_PATHS = ("agents", "skills", "commands", "hooks", "mcpServers", "lspServers")
_OPEN_FORMAT = "https://agent-plugins.org/schemas/"
"""The manifest of the format that several products share names no parts: they lie where it says that they do."""
_OTHERS = ("type", "id", "schemaVersion", "schema_version", "api", "functions", "main")
"""Keys of the files of that name that other programs read (Grafana, Copilot in Microsoft 365, Obsidian, editors)."""


def extract(document: Document, claim: Claim) -> Extraction:
    """The plug-in and its own servers; another program's file is left alone."""
    if claim.names and (_is_hidden(document.path) or not _has_parts(document.value)):
        return Extraction(recognised=False)
    return read_manifest(document, claim, _GRAMMAR)


def _has_parts(value: object) -> bool:
    """Whether a mapping names parts of a plug-in by path, list or mapping, and nothing of another program's."""
    if not isinstance(value, dict) or any(key in value for key in _OTHERS):
        return False
    if str(value.get("$schema")).startswith(_OPEN_FORMAT):
        return True
    return any(isinstance(value.get(key), str | list | dict) for key in _PATHS)


def _is_hidden(path: str) -> bool:
    """Whether the file lies in a folder of another product's (`.claude-plugin`, `.qoder-plugin`)."""
    return path.rpartition("/")[0].rpartition("/")[2].startswith(".")
