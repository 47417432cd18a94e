"""`.codex/hooks.json` becomes an agent that runs commands by itself.

Source: https://developers.openai.com/codex/hooks, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.claude.templates import engine_template
from nhilint.formats.codex.levels import level_of_path
from nhilint.formats.hook_commands import CODEX, read_hooks
from nhilint.formats.node import Node
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent for the file; a file without a mapping of hooks is another product's."""
    root = Node.root(document, engine_template)
    if not root["hooks"].is_mapping:
        return Extraction(recognised=False)
    hooks = read_hooks(root["hooks"], CODEX)
    agent = Agent(
        at=root.at,
        name=Known(root.path, root.at),
        product=Known("codex", root.at),
        kind=Known("settings", root.at),
        level=Known(level_of_path(root.path), root.at),
        initiation=Known("human", root.at),
        acts_as=Known("user_proxy", root.at),
        commands=hooks.commands,
        endpoints=hooks.endpoints,
        credentials=hooks.credentials,
        ineffective=hooks.ineffective,
    )
    return Extraction((Resource("agent", document.path, claim.format, agent),))
