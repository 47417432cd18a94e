"""`.codex-plugin/plugin.json` becomes a plug-in of Codex with the hooks and servers that it defines itself.

Headers of a server are `http_headers` there and `headers` is dropped; a credential in either is in the file, so both
are read. `apps` names connections that ChatGPT holds for a person and says nothing of what they may do.
Source: https://github.com/openai/codex, codex-rs/core-plugins/src/manifest.rs and
codex-rs/codex-mcp/src/plugin_config.rs, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.hook_commands import CODEX as HOOKS
from nhilint.formats.mcp.terminal_clients import CODEX
from nhilint.formats.plugin_manifest import PluginGrammar, read_manifest

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.model.resource import Extraction
    from nhilint.source.document import Document

_SERVERS = replace(CODEX, keys=replace(CODEX.keys, headers=(*CODEX.keys.headers, ("headers",))))
_GRAMMAR = PluginGrammar("codex", HOOKS, _SERVERS)


def extract(document: Document, claim: Claim) -> Extraction:
    """The plug-in and its own servers; a file without a name is left alone."""
    return read_manifest(document, claim, _GRAMMAR)
