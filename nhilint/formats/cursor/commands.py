"""`.cursor/hooks.json` and `.cursor/environment.json` become an agent that runs commands by itself.

Hooks run on this machine at events of the session. An environment's `install` runs each time a cloud machine is set up,
`start` and the terminals each time it boots, with the secrets of the repository.
Sources: https://cursor.com/docs/agent/hooks, https://cursor.com/docs/cloud-agent/setup and
https://www.cursor.com/schemas/environment.schema.json, read 2026-11-22; events also from files of the repositories
1Password/agent-hooks and NVIDIA/elements. The list of events grows, so only misspelt ones are called unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.claude.commands import read_command
from nhilint.formats.claude.templates import engine_template
from nhilint.formats.cursor.session import session
from nhilint.formats.hook_commands import HookGrammar, read_hooks
from nhilint.formats.node import Node
from nhilint.model.resource import Extraction, Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.claude.commands import ReadCommand
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

CURSOR = HookGrammar(
    title="Cursor",
    docs="https://cursor.com/docs/agent/hooks",
    events=frozenset(
        {
            "afterAgentResponse", "afterAgentThought", "afterFileEdit", "afterMCPExecution", "afterShellExecution",
            "afterTabFileEdit", "beforeMCPExecution", "beforeReadFile", "beforeShellExecution", "beforeSubmitPrompt",
            "beforeTabFileRead", "postToolUse", "postToolUseFailure", "preCompact", "preToolUse", "sessionEnd",
            "sessionStart", "stop", "subagentStart", "subagentStop",
        }
    ),
    guarding=frozenset(
        {
            "preToolUse", "beforeShellExecution", "beforeMCPExecution", "beforeReadFile", "beforeSubmitPrompt",
            "subagentStart",
        }
    ),
    told=frozenset({"preToolUse", "postToolUse", "beforeShellExecution", "beforeMCPExecution", "beforeSubmitPrompt"}),
    is_complete=False,
)  # fmt: skip
_STEPS = ("install", "start", "update")
_MOST_TERMINALS = 100


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent for the file; a file of the other shape is another tool's."""
    root = Node.root(document, engine_template)
    if claim.format == "cursor-hooks":
        if not root["hooks"].is_mapping:
            return Extraction(recognised=False)
        agent = read_hooks(root["hooks"], CURSOR).held_by(session(root))
        return Extraction((Resource("agent", document.path, claim.format, agent),))
    if not root.is_mapping:
        return Extraction(recognised=False)
    found = tuple(_steps(root))
    credentials = tuple(credential for command in found for credential in command.credentials)
    agent = replace(session(root), commands=tuple(command.record for command in found), credentials=credentials)
    return Extraction((Resource("agent", document.path, claim.format, agent),))


def _steps(root: Node) -> Iterator[ReadCommand]:
    nodes = [(step, root[step]) for step in _STEPS]
    for count, terminal in enumerate(root["terminals"].items()):
        if count < _MOST_TERMINALS:
            nodes.append(("terminal", terminal["command"]))
    for event, node in nodes:
        found = read_command(event, node) if node.is_text and node.value.strip() else None
        if found is not None:
            yield found
