"""Every dialect by the id of the format that it reads. A further product is one entry here and one claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.mcp import editor_clients as editors
from nhilint.formats.mcp import terminal_clients as terminals

if TYPE_CHECKING:
    from nhilint.formats.mcp.dialect import Dialect

DIALECTS: dict[str, Dialect] = {
    "mcp-claude-code": terminals.CLAUDE_CODE,
    "mcp-copilot": terminals.COPILOT,
    "mcp-codex": terminals.CODEX,
    "mcp-gemini": terminals.GEMINI,
    "mcp-qwen": terminals.QWEN,
    "mcp-opencode": terminals.OPENCODE,
    "mcp-amazon-q": terminals.AMAZON_Q,
    "mcp-kiro": terminals.KIRO,
    "mcp-goose": terminals.GOOSE,
    "mcp-librechat": terminals.LIBRECHAT,
    "mcp-crush": terminals.CRUSH,
    "mcp-factory": terminals.FACTORY,
    "mcp-grok": terminals.GROK,
    "mcp-amp": terminals.AMP,
    "mcp-augment": terminals.AUGMENT,
    "mcp-cursor": editors.CURSOR,
    "mcp-vscode": editors.VSCODE,
    "mcp-roo": editors.ROO,
    "mcp-kilo": editors.KILO,
    "mcp-cline": editors.CLINE,
    "mcp-windsurf": editors.WINDSURF,
    "mcp-zed": editors.ZED,
    "mcp-continue": editors.CONTINUE,
    "mcp-claude-desktop": editors.CLAUDE_DESKTOP,
    "mcp-junie": editors.JUNIE,
    "mcp-lm-studio": editors.LM_STUDIO,
    "mcp-firebase-studio": editors.FIREBASE_STUDIO,
    "mcp-trae": editors.TRAE,
    "mcp-devin": editors.DEVIN,
    "mcp": editors.ANY_CLIENT,
}
