"""Connectors of a claude.ai account, as permission rules spell them, and the servers behind them.

Whoever signs in to Claude Code with a claude.ai account has its connectors in every project; a rule names one as
`mcp__claude_ai_<Name>`. Sources: https://code.claude.com/docs/en/mcp (use MCP servers from claude.ai) and the addresses
that anthropics/knowledge-work-plugins gives for the same names (engineering/.mcp.json), read 2026-11-22.
"""

from __future__ import annotations

_OPENING = "claude_ai_"
_ADDRESSES = {
    "atlassian": "https://mcp.atlassian.com/v1/mcp",
    "github": "https://api.githubcopilot.com/mcp/",
    "gmail": "https://gmailmcp.googleapis.com/mcp/v1",
    "google_calendar": "https://gcal.mcp.claude.com/mcp",
    "google_drive": "https://drivemcp.googleapis.com/mcp/v1",
    "linear": "https://mcp.linear.app/mcp",
    "notion": "https://mcp.notion.com/mcp",
    "slack": "https://mcp.slack.com/mcp",
}


def address_of_connector(server: str) -> str | None:
    """The address of the server behind a connector that a rule names, None for one that is not known."""
    if not server.startswith(_OPENING):
        return None
    return _ADDRESSES.get(server.removeprefix(_OPENING).lower())
