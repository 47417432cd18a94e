"""`.codex/hooks.json` becomes an agent that runs commands by itself.

Source: https://developers.openai.com/codex/hooks, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.assistant import session
from nhilint.formats.claude.templates import engine_template
from nhilint.formats.codex.levels import level_of_path
from nhilint.formats.hook_commands import CODEX, read_hooks
from nhilint.formats.node import Node
from nhilint.model.resource import Extraction, Resource

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent for the file; a file without a mapping of hooks is another product's."""
    root = Node.root(document, engine_template)
    if not root["hooks"].is_mapping:
        return Extraction(recognised=False)
    agent = read_hooks(root["hooks"], CODEX).held_by(session(root, "codex", level_of_path(root.path)))
    return Extraction((Resource("agent", document.path, claim.format, agent),))
