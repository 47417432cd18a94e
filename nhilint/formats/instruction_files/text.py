"""A file of instructions becomes an agent only where it hides something; every other one says nothing of interest here.

The text itself is not judged: what a project asks of an assistant in plain words is for its people to read. What they
cannot see is another matter (`nhilint.formats.claude.instructions`). Front matter of rules is read as text, since
editors write patterns into it that are no YAML.
Source: https://agents.md and the pages named in `claims`, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.claude.instructions import read_instructions
from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document


def extract(document: Document, claim: Claim) -> Extraction:
    """The agent whose instructions hide something, named by its file; no resource where nothing is hidden."""
    root = Node.root(document, braces)
    found = read_instructions(Node(None, document.path, ()), root)
    if not found:
        return Extraction(())
    agent = Agent(
        at=root.at,
        name=Known(document.path, root.at),
        level=Known("project", root.at),
        instructions=found,
    )
    return Extraction((Resource("agent", document.path, claim.format, agent),))
