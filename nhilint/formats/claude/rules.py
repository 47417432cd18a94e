"""One permission rule as text becomes its parts: `Tool`, `Tool(argument)`, `mcp__server__tool`.

The same form stands in settings, in a skill's `allowed-tools` and in a subagent's `tools`.
Source: https://code.claude.com/docs/en/permissions (permission rule syntax, tool name wildcards, MCP), read 2026-11-22.
"""

from __future__ import annotations

from msgspec import Struct

SHELLS = frozenset({"Bash", "PowerShell", "Monitor"})
READERS = frozenset({"Read", "Grep", "Glob", "LSP"})
EDITORS = frozenset({"Edit", "Write", "NotebookEdit", "MultiEdit"})
AGENT_TOOLS = frozenset({"Agent", "Task"})

CURRENT_TOOLS = frozenset(
    {
        *SHELLS,
        *READERS,
        *AGENT_TOOLS,
        "Edit", "Write", "NotebookEdit", "Artifact", "AskUserQuestion", "Cd", "CronCreate", "CronDelete", "CronList",
        "EndConversation", "EnterPlanMode", "EnterWorktree", "ExitPlanMode", "ExitWorktree", "ListAgents",
        "ListMcpResourcesTool", "PushNotification", "ReadMcpResourceTool", "RemoteTrigger", "ReportFindings",
        "ScheduleWakeup", "SendMessage", "SendUserFile", "ShareOnboardingGuide", "Skill", "TaskCreate", "TaskGet",
        "TaskList", "TaskOutput", "TaskStop", "TaskUpdate", "TodoWrite", "ToolSearch", "WaitForMcpServers", "WebFetch",
        "WebSearch", "Workflow",
    }
)  # fmt: skip
"""Names of https://code.claude.com/docs/en/tools-reference, `Task` as the documented other name of `Agent`."""

RETIRED_TOOLS = frozenset(
    {
        "AgentOutputTool", "BashOutput", "BashOutputTool", "KillBash", "KillShell", "LS", "MultiEdit", "NotebookRead",
        "SlashCommand", "TeamCreate", "TeamDelete", "TodoRead", "exit_plan_mode",
    }
)  # fmt: skip
"""Names of tools that earlier versions had: a rule for one is old, not mistaken."""


class Rule(Struct, frozen=True):
    """A rule's parts. `argument` is None when every use is meant; `is_broken` when the parentheses do not match."""

    text: str
    tool: str
    argument: str | None = None
    is_broken: bool = False

    @property
    def server(self) -> str | None:
        """For a rule about MCP tools: the server's name, which may hold a wildcard."""
        if not self.tool.startswith("mcp__"):
            return None
        return self.tool[5:].split("__", 1)[0]

    @property
    def server_tool(self) -> str | None:
        """For a rule about MCP tools: the tool of that server; None for all of them."""
        rest = self.tool[5:].split("__", 1) if self.tool.startswith("mcp__") else []
        return rest[1] if len(rest) == 2 and rest[1] not in ("", "*") else None

    @property
    def is_for_every_use(self) -> bool:
        """Whether it covers every use of its tool: `Bash` and `Bash(*)` are the same."""
        return self.argument is None or self.argument in ("*", ":*", "domain:*")


def parse_rule(text: str) -> Rule:
    """The parts of a rule. Never raises: a text that is no rule comes back broken."""
    plain = text.strip()
    name, opening, rest = plain.partition("(")
    if not opening:
        return Rule(plain, plain, None, ")" in plain)
    if not rest.endswith(")"):
        return Rule(plain, name.strip(), rest, is_broken=True)
    return Rule(plain, name.strip(), rest[:-1].strip() or None)


def names_tool(pattern: str, tool: str) -> bool:
    """Whether the tool-name part of a deny or ask rule matches a tool; `*` stands for any characters."""
    if pattern == tool or {pattern, tool} <= AGENT_TOOLS:
        return True
    return "*" in pattern and matches_wildcards(pattern, tool)


def matches_wildcards(pattern: str, text: str) -> bool:
    """Whether `*` in the pattern can stand for parts of the text so that both are equal. Time: product of lengths."""
    first, *middle = pattern.split("*")
    if not middle:
        return pattern == text
    if not text.startswith(first):
        return False
    position, last = len(first), middle.pop()
    for part in middle:
        found = text.find(part, position)
        if found < 0:
            return False
        position = found + len(part)
    return len(text) - len(last) >= position and text.endswith(last)
