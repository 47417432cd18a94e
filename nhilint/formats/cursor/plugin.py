"""`.cursor-plugin/plugin.json` becomes a plug-in of Cursor with the hooks and servers that it defines itself.

Source: https://github.com/cursor/plugins, schemas/plugin.schema.json, and https://cursor.com/docs/plugins/building,
read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.cursor.commands import CURSOR as HOOKS
from nhilint.formats.mcp.editor_clients import CURSOR
from nhilint.formats.plugin_manifest import PluginGrammar, read_manifest

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.model.resource import Extraction
    from nhilint.source.document import Document

_GRAMMAR = PluginGrammar("cursor", HOOKS, CURSOR)


def extract(document: Document, claim: Claim) -> Extraction:
    """The plug-in and its own servers; a file without a name is left alone."""
    return read_manifest(document, claim, _GRAMMAR)
