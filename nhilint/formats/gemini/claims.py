"""Which files belong to Gemini CLI: settings, extension manifests, policies and subagents.

Settings and manifests also hold MCP servers; the reader of the file gives both, so this family comes before `mcp`.
"""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

_DOCS = "https://geminicli.com/docs/"

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="gemini-settings",
        title="Gemini CLI settings",
        syntax=Syntax.JSONC,
        reads="gemini.settings",
        paths=(".gemini/settings.json",),
        docs=_DOCS + "reference/configuration/",
    ),
    Claim(
        format="gemini-extension",
        title="Gemini CLI extension manifests",
        syntax=Syntax.JSONC,
        reads="gemini.extension",
        names=("gemini-extension.json",),
        docs=_DOCS + "extensions/reference/",
    ),
    Claim(
        format="gemini-policy",
        title="Gemini CLI policies",
        syntax=Syntax.TOML,
        reads="gemini.policies",
        paths=(".gemini/policies/*.toml", "gemini/policies/*.toml"),
        probe=(b"decision",),
        docs=_DOCS + "reference/policy-engine/",
    ),
    Claim(
        format="gemini-subagent",
        title="Gemini CLI subagents",
        syntax=Syntax.MARKDOWN,
        reads="gemini.subagent",
        paths=(".gemini/agents/*.md",),
        docs=_DOCS + "core/subagents/",
    ),
)
