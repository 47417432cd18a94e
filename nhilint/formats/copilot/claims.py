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
    Claim(
        format="copilot-hooks",
        title="GitHub Copilot hooks",
        syntax=Syntax.JSON,
        reads="copilot.hooks",
        names=("hooks.json",),
        paths=("hooks/*hooks*.json",),
        probe=(b'"bash"', b'"powershell"'),
        docs=_GITHUB + "hooks-configuration",
    ),
    Claim(
        format="copilot-repository-settings",
        title="GitHub Copilot settings of a repository",
        syntax=Syntax.JSONC,
        reads="copilot.repository_settings",
        paths=(".github/copilot/settings.json", ".github/copilot/settings.local.json"),
        docs=_GITHUB + "copilot-cli-reference/cli-config-dir-reference",
    ),
    Claim(
        format="copilot-plugin",
        title="GitHub Copilot plug-in manifests",
        syntax=Syntax.JSON,
        reads="copilot.plugin",
        paths=(".github/plugin/plugin.json", ".plugin/plugin.json"),
        docs=_GITHUB + "copilot-cli-reference/cli-plugin-reference",
    ),
    Claim(
        format="copilot-plugin",
        title="GitHub Copilot plug-in manifests",
        syntax=Syntax.JSON,
        reads="copilot.plugin",
        names=("plugin.json",),
        probe=(b'"skills"', b'"mcpServers"', b'"hooks"', b'"agents"', b"agent-plugins.org/schemas/"),
        docs=_GITHUB + "copilot-cli-reference/cli-plugin-reference",
    ),
    Claim(
        format="copilot-marketplace",
        title="GitHub Copilot plug-in marketplaces",
        syntax=Syntax.JSON,
        reads="copilot.marketplace",
        paths=(".github/plugin/marketplace.json", ".plugin/marketplace.json"),
        docs=_GITHUB + "copilot-cli-reference/cli-plugin-reference",
    ),
)
