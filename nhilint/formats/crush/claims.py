"""Which files belong to Crush. A configuration also holds MCP servers, so this family comes before `mcp`.

A game and a build tool use the same name; the keys tell.
"""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="crush-config",
        title="Crush configuration",
        syntax=Syntax.JSONC,
        reads="crush.config",
        names=("crush.json", ".crush.json"),
        probe=(b'"mcp"', b'"permissions"', b'"providers"', b'"lsp"', b"charm.land/crush", b'"disabled_tools"'),
        docs="https://github.com/charmbracelet/crush",
    ),
)
