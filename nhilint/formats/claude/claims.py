"""Which files belong to Claude Code: settings, subagents, commands, skills, plug-ins and marketplaces.

Exact places come first. A SKILL.md is an open format that several products load; subagents and commands outside
`.claude` are parts of plug-ins or collections and are known by their front matter.
"""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

_DOCS = "https://code.claude.com/docs/en/"

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="claude-settings",
        title="Claude Code settings",
        syntax=Syntax.JSON,
        reads="claude.settings",
        names=("managed-settings.json",),
        paths=(".claude/settings.json", ".claude/settings.local.json", "managed-settings.d/*.json"),
        docs=_DOCS + "settings",
    ),
    Claim(
        format="claude-settings",
        title="Claude Code settings",
        syntax=Syntax.JSON,
        reads="claude.settings",
        names=("settings.json",),
        probe=(b"claude-code-settings.json",),
        docs=_DOCS + "settings",
    ),
    Claim(
        format="claude-settings",
        title="Claude Code settings",
        syntax=Syntax.JSON,
        reads="claude.settings",
        paths=("claude/settings.json", "dot_claude/settings.json"),
        probe=(b'"permissions"', b'"hooks"', b'"enabledPlugins"'),
        docs=_DOCS + "settings",
    ),
    Claim(
        format="claude-plugin",
        title="Claude Code plug-in manifests",
        syntax=Syntax.JSON,
        reads="claude.plugin",
        paths=(".claude-plugin/plugin.json",),
        docs=_DOCS + "plugins-reference",
    ),
    Claim(
        format="claude-plugin-hooks",
        title="Hooks of Claude Code plug-ins",
        syntax=Syntax.JSON,
        reads="claude.plugin",
        paths=("hooks/hooks.json",),
        probe=(b'"hooks"',),
        docs=_DOCS + "hooks",
    ),
    Claim(
        format="claude-marketplace",
        title="Claude Code plug-in marketplaces",
        syntax=Syntax.JSON,
        reads="claude.marketplace",
        paths=(".claude-plugin/marketplace.json",),
        docs=_DOCS + "plugin-marketplaces",
    ),
    Claim(
        format="claude-skill",
        title="Agent skills",
        syntax=Syntax.MARKDOWN,
        reads="claude.skill",
        names=("SKILL.md",),
        docs=_DOCS + "skills",
    ),
    Claim(
        format="claude-subagent",
        title="Claude Code subagents",
        syntax=Syntax.MARKDOWN,
        reads="claude.subagent",
        paths=(".claude/agents/**/*.md",),
        docs=_DOCS + "sub-agents",
    ),
    Claim(
        format="claude-subagent",
        title="Claude Code subagents",
        syntax=Syntax.MARKDOWN,
        reads="claude.subagent",
        paths=("agents/**/*.md",),
        probe=(b"\ntools:", b"\nmodel:", b"\ndisallowedTools:", b"\npermissionMode:"),
        docs=_DOCS + "sub-agents",
    ),
    Claim(
        format="claude-command",
        title="Claude Code commands",
        syntax=Syntax.MARKDOWN,
        reads="claude.skill",
        paths=(".claude/commands/**/*.md",),
        docs=_DOCS + "skills",
    ),
    Claim(
        format="claude-command",
        title="Claude Code commands",
        syntax=Syntax.MARKDOWN,
        reads="claude.skill",
        paths=("commands/**/*.md",),
        probe=(b"allowed-tools:", b"argument-hint:", b"disable-model-invocation:"),
        docs=_DOCS + "skills",
    ),
)
