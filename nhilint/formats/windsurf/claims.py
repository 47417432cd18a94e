"""Which files belong to Windsurf beside its MCP servers: hooks of a workspace, a home folder or a machine."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="windsurf-hooks",
        title="Windsurf hooks",
        syntax=Syntax.JSONC,
        reads="windsurf.hooks",
        paths=(".windsurf/hooks.json", ".codeium/windsurf/hooks.json", "windsurf/hooks.json"),
        probe=(b'"hooks"',),
        docs="https://docs.windsurf.com/windsurf/cascade/hooks",
    ),
)
