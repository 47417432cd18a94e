"""A marketplace.json becomes an agent of kind `marketplace`: the plug-ins it offers and how firmly each is fixed.

Source: https://code.claude.com/docs/en/plugin-marketplaces, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.claude.plugins import offered_plugins
from nhilint.formats.claude.templates import engine_template
from nhilint.formats.node import Node
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document


def extract(document: Document, claim: Claim) -> Extraction:
    """One marketplace; a mapping without a list of plug-ins is something else."""
    root = Node.root(document, engine_template)
    name = root["name"]
    if not root["plugins"].is_list or not name.is_text:
        return Extraction(recognised=False)
    agent = Agent(
        at=name.at,
        name=name.text(),
        product=Known("claude-code", name.at),
        kind=Known("marketplace", name.at),
        level=Known("plugin", name.at),
        purpose=root.at_path("metadata", "description").text() or root["description"].text(),
        plugins=tuple(offered_plugins(root)),
    )
    return Extraction((Resource("agent", str(name.value), claim.format, agent),))
