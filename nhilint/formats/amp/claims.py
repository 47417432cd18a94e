"""Which files belong to Amp. Settings also hold MCP servers, so this family comes before `mcp`."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="amp-settings",
        title="Amp settings",
        syntax=Syntax.JSONC,
        reads="amp.settings",
        paths=(".amp/settings.json", ".amp/settings.jsonc", "amp/settings.json"),
        probe=(b'"amp.',),
        docs="https://ampcode.com/manual",
    ),
)
