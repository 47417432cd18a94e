"""Which files belong to Cursor: permissions, sandbox, hooks, the environment of cloud agents, subagents, plug-ins."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

_DOCS = "https://cursor.com/docs/"

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="cursor-permissions",
        title="Cursor permissions",
        syntax=Syntax.JSONC,
        reads="cursor.permissions",
        paths=(".cursor/cli.json", ".cursor/cli-config.json", ".cursor/permissions.json"),
        docs=_DOCS + "reference/permissions",
    ),
    Claim(
        format="cursor-sandbox",
        title="Cursor sandbox",
        syntax=Syntax.JSONC,
        reads="cursor.sandbox",
        paths=(".cursor/sandbox.json",),
        docs=_DOCS + "reference/sandbox",
    ),
    Claim(
        format="cursor-hooks",
        title="Cursor hooks",
        syntax=Syntax.JSONC,
        reads="cursor.commands",
        paths=(".cursor/hooks.json",),
        docs=_DOCS + "agent/hooks",
    ),
    Claim(
        format="cursor-plugin",
        title="Cursor plug-in manifests",
        syntax=Syntax.JSON,
        reads="cursor.plugin",
        paths=(".cursor-plugin/plugin.json",),
        docs=_DOCS + "plugins/building",
    ),
    Claim(
        format="cursor-environment",
        title="Cursor cloud agent environment",
        syntax=Syntax.JSONC,
        reads="cursor.commands",
        paths=(".cursor/environment.json",),
        docs=_DOCS + "cloud-agent/setup",
    ),
    Claim(
        format="cursor-subagent",
        title="Cursor subagents",
        syntax=Syntax.MARKDOWN,
        reads="cursor.subagent",
        paths=(".cursor/agents/**/*.md",),
        docs=_DOCS + "subagents",
    ),
)
