"""Which files belong to Zed. Settings also hold MCP servers, so this family comes before `mcp`.

Most settings of projects only concern the editor; the probe leaves those out.
"""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="zed-settings",
        title="Zed settings",
        syntax=Syntax.JSONC,
        reads="zed.settings",
        paths=(".zed/settings.json", "zed/settings.json"),
        probe=(b'"context_servers"', b'"agent"', b'"agent_servers"'),
        docs="https://zed.dev/docs/ai/tool-permissions",
    ),
)
