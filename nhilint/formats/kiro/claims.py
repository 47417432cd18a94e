"""Which files belong to Kiro and to Amazon Q's command line: agents, hooks, and a file of permissions that is no such.

Agents also declare MCP servers; their reader gives both, so this family comes before `mcp`.
"""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

_KIRO = "https://kiro.dev/docs/"

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="kiro-agent",
        title="Kiro and Amazon Q agents",
        syntax=Syntax.JSON,
        reads="kiro.agent",
        paths=(".kiro/agents/*.json", ".amazonq/cli-agents/*.json", ".amazonq/agents/*.json"),
        docs=_KIRO + "cli/custom-agents/configuration-reference/",
    ),
    Claim(
        format="kiro-agent",
        title="Kiro agents",
        syntax=Syntax.MARKDOWN,
        reads="kiro.markdown",
        paths=(".kiro/agents/**/*.md",),
        docs=_KIRO + "custom-agents/configuration-reference/",
    ),
    Claim(
        format="kiro-hook",
        title="Kiro hooks",
        syntax=Syntax.JSON,
        reads="kiro.hook",
        suffixes=(".kiro.hook",),
        paths=(".kiro/hooks/*.json",),
        docs=_KIRO + "hooks/",
    ),
    Claim(
        format="kiro-permissions",
        title="Kiro permissions",
        syntax=Syntax.YAML,
        reads="kiro.misplaced",
        paths=(".kiro/settings/permissions.yaml", ".kiro/settings/permissions.yml"),
        docs=_KIRO + "permissions/",
    ),
)
