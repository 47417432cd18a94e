"""A tool's name in a list of Gemini CLI becomes a permission: `run_shell_command(git)`, `mcp_server_tool`.

A shell rule covers every command that begins with the text in parentheses, up to a word's end. Any other tool is meant
as a whole, whatever stands in parentheses. A server's name ends at the first underscore after `mcp_`.
Source: https://github.com/google-gemini/gemini-cli, packages/core/src/policy/config.ts and policy-engine.ts;
docs/reference/policy-engine.md, read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec.structs import replace

from nhilint.formats.shell_rules import shell_permission
from nhilint.model.fact import Known
from nhilint.model.vocabulary.agent import Permission
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.model.place import Place

Effect = Literal["allow", "ask", "deny"]

SHELL = "run_shell_command"
_SHELL_NAMES = frozenset({SHELL, "ShellTool"})
_NARROWED = Deferred(r"([A-Za-z0-9_-]+)\((.*)\)", flags=re.DOTALL)
_FILE_TOOLS = frozenset(
    {
        "read_file",
        "read_many_files",
        "write_file",
        "replace",
        "list_directory",
        "glob",
        "grep_search",
        "search_file_content",
    }
)
_WEB_TOOLS = frozenset({"web_fetch", "WebFetchTool"})


class ToolName(NamedTuple):
    """A tool and, for the shell, the beginning of the commands that are meant; None for every command."""

    tool: str
    command: str | None = None

    @property
    def is_shell(self) -> bool:
        """Whether it is about shell commands."""
        return self.tool == SHELL

    @property
    def server(self) -> str | None:
        """The server of an MCP tool; `*` for every one."""
        if not self.tool.startswith("mcp_"):
            return None
        return self.tool[4:].split("_", 1)[0]


def parse_tool(text: str) -> ToolName:
    """The parts of one entry."""
    narrowed = _NARROWED.fullmatch(text.strip())
    name = narrowed[1] if narrowed else text.strip()
    if name in _SHELL_NAMES:
        return ToolName(SHELL, narrowed[2].strip() or None if narrowed else None)
    return ToolName(name)


def is_narrowed_shell(text: str) -> bool:
    """Whether an entry names the shell with a command in parentheses."""
    name = parse_tool(text)
    return name.is_shell and name.command is not None


def tool_permission(text: str, effect: Effect, at: Place, *, effective: bool = True) -> Permission:
    """The permission that an entry is."""
    name = parse_tool(text)
    if name.is_shell or name.tool == "*":
        rule = shell_permission(text, effect, at, [name.command or ""], client="gemini-cli", tool=name.tool)
        argument = Known(name.command, at) if name.command else None
        return replace(rule, argument=argument, effective=Known(effective, at))
    server = name.server
    return Permission(
        at=at,
        rule=Known(text, at),
        effect=Known(effect, at),
        tool=Known(name.tool, at),
        server=Known(server, at) if server else None,
        effective=Known(effective, at),
        path_reach=Known("project", at) if name.tool in _FILE_TOOLS else None,
        host=Known("*", at) if name.tool in _WEB_TOOLS else None,
    )
