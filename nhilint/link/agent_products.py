"""What each agent product makes of the files of a project, as one table: the joins read it and know no product.

A product joins the others with one entry here. Sources: https://code.claude.com/docs/en/mcp (project scope, approvals),
/permissions (what runs before you trust a folder, MCP rules), /sub-agents (built-in subagents), read 2026-11-22.
"""

from __future__ import annotations

import re

from msgspec import Struct


class Product(Struct, frozen=True, kw_only=True):
    """How one product finds the tool servers and subagents of a project.

    `server_files` are the project's own lists of servers, `settings_folder` is the folder that marks the project.
    `servers_unasked_in_ci`: a run without a person connects every server of the list. `session_servers` are names that
    rules may use although no file declares them. `built_in_agents` are subagents that are always there, with the tools
    that each is documented to have; None stands for every tool.
    """

    server_files: tuple[str, ...]
    settings_folder: str
    servers_unasked_in_ci: bool
    session_servers: re.Pattern[str]
    built_in_agents: dict[str, tuple[str, ...] | None]
    any_agent: str
    """The built-in subagent that stands for "any": the one with the most tools."""
    asks_before: frozenset[str]
    """Built-in tools that a person is asked about unless a rule or the mode says otherwise."""
    edits_by_mode: frozenset[str]
    """Those of them that the mode that accepts edits approves."""
    shells: frozenset[str]
    ruled_as: dict[str, str]
    """Tools whose calls are held to the rules of another tool."""
    confined: frozenset[str]
    """Tools that the product's sandbox is documented to hold."""


CLAUDE_CODE = Product(
    server_files=(".mcp.json",),
    settings_folder=".claude",
    servers_unasked_in_ci=True,
    session_servers=re.compile(
        r"(?:plugin_|claude_ai_|claude\.ai|ide$|claude-in-chrome$|computer-use$|workspace$|Claude_|acp$|conductor$)"
    ),
    built_in_agents={
        "general-purpose": None,
        "claude": None,
        "Explore": ("Read", "Grep", "Glob"),
        "Plan": ("Read", "Grep", "Glob"),
        "statusline-setup": (),
        "claude-code-guide": (),
    },
    any_agent="general-purpose",
    asks_before=frozenset(
        {"Bash", "PowerShell", "Monitor", "Edit", "Write", "NotebookEdit", "WebFetch", "WebSearch", "Artifact", "Skill",
         "Workflow", "ShareOnboardingGuide"}
    ),
    edits_by_mode=frozenset({"Edit", "Write", "NotebookEdit"}),
    shells=frozenset({"Bash", "PowerShell", "Monitor"}),
    ruled_as={
        "Monitor": "Bash", "Write": "Edit", "NotebookEdit": "Edit", "Grep": "Read", "Glob": "Read", "LSP": "Read",
    },
    confined=frozenset({"Bash"}),
)  # fmt: skip

PRODUCTS: dict[str, Product] = {"claude-code": CLAUDE_CODE}
"""By the name that agents bear as their product and tools as their client."""
