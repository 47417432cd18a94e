"""`.qwen/settings.json` becomes one agent and, for its MCP servers, one tool each.

A fork of Gemini CLI with rules in the manner of Claude Code: `permissions.deny` before `ask` before `allow`, each
`Tool` or `Tool(words)`. `tools.approvalMode` chooses the mode, the one that asks for nothing among them; left out a
model decides in newer versions. Sources: https://qwenlm.github.io/qwen-code-docs/en/users/features/approval-mode;
read in excerpts 2026-11-22; QwenLM/qwen-code, docs/users/features/approval-mode.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.agent_settings import extract_settings
from nhilint.formats.assistant import session
from nhilint.formats.claude.rules import parse_rule
from nhilint.formats.hook_commands import HookGrammar, read_hooks
from nhilint.formats.shell_rules import Effect, shell_permission
from nhilint.formats.tool_rules import tool_permission
from nhilint.model.fact import Fact, Known, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.formats.node import Node
    from nhilint.model.resource import Extraction
    from nhilint.model.vocabulary.agent import Agent, Autonomy, Permission
    from nhilint.source.document import Document

SERVERS = "mcp-qwen"
HOOKS = HookGrammar(
    title="Qwen Code",
    docs="https://qwenlm.github.io/qwen-code-docs/en/users/features/hooks/",
    events=frozenset(
        {
            "PreToolUse", "PostToolUse", "PostToolUseFailure", "UserPromptSubmit", "SessionStart", "SessionEnd", "Stop",
            "SubagentStart", "SubagentStop", "PreCompact", "Notification", "PermissionRequest",
        }
    ),
    guarding=frozenset({"PreToolUse", "PermissionRequest", "UserPromptSubmit"}),
    told=frozenset({"PreToolUse", "PostToolUse", "PermissionRequest", "UserPromptSubmit"}),
    is_complete=False,
)  # fmt: skip
_MODES: dict[str, Autonomy] = {
    "plan": "suggest",
    "default": "asks",
    "auto-edit": "asks_for_writes",
    "auto": "classifier_gated",
    "yolo": "ungated",
}
_EFFECTS: tuple[Effect, ...] = ("deny", "ask", "allow")
_SHELLS = frozenset({"Bash", "run_shell_command", "ShellTool", "Shell"})
_FILES = frozenset({"Read", "Edit", "Write", "read_file", "write_file", "edit"})
_TELLING = frozenset({"permissions", "tools", "hooks", "security", "model", "general", "mcp", "context"})
_MOST = 1_000


def extract(document: Document, claim: Claim) -> Extraction:
    """The agent and the servers of the file."""
    return extract_settings(document, claim, SERVERS, _TELLING, read_settings)


def read_settings(root: Node) -> Agent:
    """The agent that settings describe."""
    mode = root["tools"]["approvalMode"] if root["tools"].is_mapping else root["approvalMode"]
    agent = replace(
        session(root, "qwen-code"),
        model=root["model"]["name"].text() if root["model"].is_mapping else root["model"].text(),
        autonomy=_autonomy(mode),
        tools_exposed=Known("all", root.at),
        permissions=tuple(_permissions(root["permissions"])),
    )
    return read_hooks(root["hooks"], HOOKS).held_by(agent)


def _autonomy(mode: Node) -> Fact[Autonomy]:
    text = mode.text()
    if text is None or isinstance(text, Unknown):
        return text
    known = _MODES.get(text.value.replace("_", "-").lower())
    return Known(known, mode.at) if known else mode.unknown("no mode that Qwen Code knows")


def _permissions(node: Node) -> Iterator[Permission | Unknown]:
    stronger: set[str] = set()
    for effect in _EFFECTS:
        for item in list(node[effect].items())[:_MOST]:
            text = item.text()
            if isinstance(text, Unknown):
                yield text
            elif text is not None:
                rule = _rule(text.value, effect, item)
                is_overridden = text.value in stronger or parse_rule(text.value).tool in stronger
                yield replace(rule, effective=Known(value=False, at=item.at)) if is_overridden else rule
        stronger |= {item.value for item in list(node[effect].items())[:_MOST] if item.is_text}


def _rule(text: str, effect: Effect, item: Node) -> Permission:
    rule = parse_rule(text)
    if rule.tool in _SHELLS:
        words = (rule.argument or "").removesuffix(":*").rstrip("* ")
        exact = rule.argument is not None and not rule.argument.rstrip().endswith("*")
        found = shell_permission(text, effect, item.at, [words], client="gemini-cli", tool=rule.tool, exact=exact)
    else:
        found = tool_permission(rule.tool, effect, item.at, rule=text, server=rule.server, is_file=rule.tool in _FILES)
    return replace(found, argument=Known(rule.argument, item.at)) if rule.argument else found
