"""Which files belong to OpenAI Codex: configuration, managed requirements, hooks, command rules, subagents, plug-ins.

A configuration also holds MCP servers; the reader of the file gives both, so this family comes before `mcp`.
"""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

_DOCS = "https://developers.openai.com/codex/"

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="codex-config",
        title="Codex configuration",
        syntax=Syntax.TOML,
        reads="codex.settings",
        paths=(".codex/config.toml", ".codex/*.config.toml", "dot_codex/config.toml"),
        docs=_DOCS + "config-reference",
    ),
    Claim(
        format="codex-config",
        title="Codex configuration",
        syntax=Syntax.TOML,
        reads="codex.settings",
        names=("managed_config.toml",),
        paths=("codex/config.toml",),
        probe=(b"mcp_servers", b"approval_policy", b"sandbox_mode", b"model_reasoning_effort", b"default_permissions"),
        docs=_DOCS + "config-reference",
    ),
    Claim(
        format="codex-requirements",
        title="Codex managed requirements",
        syntax=Syntax.TOML,
        reads="codex.requirements",
        names=("requirements.toml",),
        probe=(b"allowed_approval_policies", b"allowed_sandbox_modes", b"allowed_permission_profiles", b"prefix_rules"),
        docs=_DOCS + "enterprise/managed-configuration",
    ),
    Claim(
        format="codex-hooks",
        title="Codex hooks",
        syntax=Syntax.JSON,
        reads="codex.hooks_file",
        paths=(".codex/hooks.json", "codex/hooks.json"),
        probe=(b'"hooks"',),
        docs=_DOCS + "hooks",
    ),
    Claim(
        format="codex-plugin",
        title="Codex plug-in manifests",
        syntax=Syntax.JSON,
        reads="codex.plugin",
        paths=(".codex-plugin/plugin.json",),
        docs=_DOCS + "plugins/build",
    ),
    Claim(
        format="codex-marketplace",
        title="Codex plug-in marketplaces",
        syntax=Syntax.JSON,
        reads="codex.marketplace",
        paths=(".agents/plugins/marketplace.json", ".agents/plugins/api_marketplace.json"),
        docs=_DOCS + "plugins/build",
    ),
    Claim(
        format="codex-rules",
        title="Codex command rules",
        syntax=Syntax.TEXT,
        reads="codex.rules",
        paths=(".codex/rules/*.rules", "codex/rules/*.rules", "dot_codex/rules/*.rules"),
        probe=(b"prefix_rule",),
        docs=_DOCS + "rules",
    ),
    Claim(
        format="codex-subagent",
        title="Codex subagents",
        syntax=Syntax.TOML,
        reads="codex.subagent",
        paths=(".codex/agents/**/*.toml",),
        docs=_DOCS + "subagents",
    ),
)
