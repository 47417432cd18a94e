"""Which files belong to Qwen Code. Settings also hold MCP servers, so this family comes before `mcp`."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="qwen-settings",
        title="Qwen Code settings",
        syntax=Syntax.JSONC,
        reads="qwen.settings",
        paths=(".qwen/settings.json", ".qwen/settings.local.json"),
        docs="https://qwenlm.github.io/qwen-code-docs/en/users/configuration/settings/",
    ),
)
