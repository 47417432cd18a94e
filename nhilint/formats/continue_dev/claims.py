"""Which files belong to Continue. They also hold MCP servers, so this family comes before `mcp`."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="continue-config",
        title="Continue configuration",
        syntax=Syntax.YAML,
        reads="continue_dev.config",
        paths=(
            ".continue/config.yaml", ".continue/config.yml", ".continue/agents/*.yaml", ".continue/assistants/*.yaml",
            ".continue/models/*.yaml",
        ),
        docs="https://docs.continue.dev/reference",
    ),
    Claim(
        format="continue-permissions",
        title="Continue permissions",
        syntax=Syntax.YAML,
        reads="continue_dev.permissions",
        paths=(".continue/permissions.yaml",),
        docs="https://docs.continue.dev/cli/tool-permissions",
    ),
)  # fmt: skip
