"""Which files belong to GitHub Copilot and the chat of VS Code.

Settings of the editor are claimed where they mention chat. They also hold MCP servers; the reader gives both, so this
family comes before `mcp`.
"""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

_VSCODE = "https://code.visualstudio.com/docs/"
_GITHUB = "https://docs.github.com/en/copilot/reference/"

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="copilot-settings",
        title="VS Code settings for chat",
        syntax=Syntax.JSONC,
        reads="copilot.settings",
        names=("devcontainer.json", ".devcontainer.json"),
        suffixes=(".code-workspace",),
        paths=(".vscode/settings.json",),
        probe=(b'"chat.tools.', b'"chat.permissions.', b'"chat.agent.'),
        docs=_VSCODE + "agents/approvals",
    ),
    Claim(
        format="copilot-agent",
        title="GitHub Copilot custom agents",
        syntax=Syntax.MARKDOWN,
        reads="copilot.agents",
        suffixes=(".agent.md", ".chatmode.md"),
        paths=(".github/agents/**/*.md",),
        docs=_GITHUB + "custom-agents-configuration",
    ),
    Claim(
        format="copilot-prompt",
        title="GitHub Copilot prompt files",
        syntax=Syntax.MARKDOWN,
        reads="copilot.agents",
        suffixes=(".prompt.md",),
        docs=_VSCODE + "agent-customization/prompt-files",
    ),
    Claim(
        format="copilot-hooks",
        title="GitHub Copilot hooks",
        syntax=Syntax.JSON,
        reads="copilot.hooks",
        paths=(".github/hooks/**/*.json",),
        probe=(b'"hooks"',),
        docs=_GITHUB + "hooks-configuration",
    ),
)
