"""`.windsurf/hooks.json` becomes an agent that runs commands by itself.

Hooks before an action stop it by exit code 2; those after it are only told. Source:
https://docs.windsurf.com/windsurf/cascade/hooks; read in excerpts 2026-11-22. The list of events grows, so only
misspelt ones are called unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.assistant import session
from nhilint.formats.hook_commands import HookGrammar, read_hooks
from nhilint.formats.node import Node
from nhilint.model.resource import Extraction, Resource

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_BEFORE = frozenset({"pre_read_code", "pre_write_code", "pre_run_command", "pre_mcp_tool_use", "pre_user_prompt"})
_AFTER = frozenset(
    {"post_read_code", "post_write_code", "post_run_command", "post_mcp_tool_use", "post_cascade_response"}
)
WINDSURF = HookGrammar(
    title="Windsurf",
    docs="https://docs.windsurf.com/windsurf/cascade/hooks",
    events=_BEFORE | _AFTER,
    guarding=_BEFORE,
    told=_BEFORE | _AFTER,
    keys=("command", "powershell"),
    is_complete=False,
)


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent for the file; one without hooks is another tool's."""
    root = Node.root(document)
    if not root["hooks"].is_mapping:
        return Extraction(recognised=False)
    agent = session(root, "windsurf", None if "/.windsurf/" in f"/{root.path}" else "user")
    agent = read_hooks(root["hooks"], WINDSURF).held_by(agent)
    return Extraction((Resource("agent", document.path, claim.format, agent),))
