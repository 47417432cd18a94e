"""Which files belong to Augment. Settings also hold MCP servers, so this family comes before `mcp`.

Rules below `.augment/rules` are read with the instructions of all assistants, skills as skills of all.
"""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="augment-settings",
        title="Augment settings",
        syntax=Syntax.JSONC,
        reads="augment.settings",
        paths=(".augment/settings.json", ".augment/settings.local.json"),
        docs="https://docs.augmentcode.com/cli/settings",
    ),
    Claim(
        format="augment-subagent",
        title="Augment subagents",
        syntax=Syntax.MARKDOWN,
        reads="augment.markdown",
        paths=(".augment/agents/**/*.md",),
        docs="https://docs.augmentcode.com/cli/subagents",
    ),
    Claim(
        format="augment-command",
        title="Augment commands",
        syntax=Syntax.MARKDOWN,
        reads="augment.markdown",
        paths=(".augment/commands/**/*.md",),
        docs="https://docs.augmentcode.com/cli/custom-commands",
    ),
)
