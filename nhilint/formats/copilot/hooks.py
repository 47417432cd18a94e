"""`.github/hooks/*.json`, or a plug-in's `hooks.json`, becomes an agent that runs commands by itself.

Copilot CLI and the cloud agent spell events `preToolUse`, VS Code `PreToolUse`; each reads the other's file. A handler
gives a command for each system: `bash`, `powershell`, `command`, `windows`, `linux`, `osx`.
Sources: https://docs.github.com/en/copilot/reference/hooks-configuration and
/copilot-cli-reference/cli-hooks-reference; https://code.visualstudio.com/docs/agent-customization/hooks, read
2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.assistant import session
from nhilint.formats.claude.templates import engine_template
from nhilint.formats.hook_commands import HookGrammar, read_hooks
from nhilint.formats.node import Node
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_EVENTS = (
    "SessionStart", "SessionEnd", "UserPromptSubmit", "UserPromptSubmitted", "PreToolUse", "PostToolUse",
    "PostToolUseFailure", "PreCompact", "PostCompact", "SubagentStart", "SubagentStop", "Stop", "AgentStop",
    "ErrorOccurred", "Notification", "PermissionRequest", "PreMcpToolCall", "UserPromptTransformed",
)  # fmt: skip
_BOTH = frozenset({*_EVENTS, *(event[0].lower() + event[1:] for event in _EVENTS)})

COPILOT = HookGrammar(
    title="Copilot",
    docs="https://docs.github.com/en/copilot/reference/hooks-configuration",
    events=_BOTH,
    guarding=frozenset({"preToolUse", "PreToolUse", "permissionRequest", "PermissionRequest"}),
    told=frozenset(
        {"preToolUse", "PreToolUse", "postToolUse", "PostToolUse", "userPromptSubmitted", "UserPromptSubmit"}
    ),
    is_complete=False,
    keys=("command", "bash", "powershell", "windows", "linux", "osx"),
)


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent for the file; a file without a mapping of hooks is another tool's."""
    root = Node.root(document, engine_template)
    of_plugin = "hooks.json" in claim.names
    if not root["hooks"].is_mapping or (of_plugin and not _names_a_shell(root["hooks"])):
        return Extraction(recognised=False)
    agent = session(root, "copilot", "plugin" if of_plugin else "project")
    if of_plugin:
        agent = replace(agent, kind=Known("plugin", root.at))
    agent = read_hooks(root["hooks"], COPILOT).held_by(agent)
    return Extraction((Resource("agent", document.path, claim.format, agent),))


def _names_a_shell(hooks: Node) -> bool:
    """Whether a handler gives its command for a shell by name, as only Copilot's do."""
    handlers = (handler for _, entries in hooks.entries() for handler in entries.items())
    return any(handler["bash"].is_text or handler["powershell"].is_text for handler in handlers)
