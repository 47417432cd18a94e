"""Which files belong to opencode: configuration, agents and commands.

A configuration also holds MCP servers; the reader of the file gives both, so this family comes before `mcp`.
"""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

_DOCS = "https://opencode.ai/docs/"

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="opencode-config",
        title="opencode configuration",
        syntax=Syntax.JSONC,
        reads="opencode.settings",
        names=("opencode.json", "opencode.jsonc"),
        docs=_DOCS + "config",
    ),
    Claim(
        format="opencode-agent",
        title="opencode agents",
        syntax=Syntax.MARKDOWN,
        reads="opencode.markdown",
        paths=(
            ".opencode/agent/**/*.md",
            ".opencode/agents/**/*.md",
            "opencode/agent/**/*.md",
            "opencode/agents/**/*.md",
        ),
        docs=_DOCS + "agents",
    ),
    Claim(
        format="opencode-command",
        title="opencode commands",
        syntax=Syntax.MARKDOWN,
        reads="opencode.markdown",
        paths=(".opencode/command/**/*.md", ".opencode/commands/**/*.md"),
        docs=_DOCS + "commands",
    ),
)
