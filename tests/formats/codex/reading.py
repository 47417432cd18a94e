"""Reads texts as the pipeline would and hands back the agents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.codex.claims import CLAIMS
from nhilint.formats.mcp.claims import CLAIMS as MCP_CLAIMS
from nhilint.formats.registry import Recogniser, reader_of
from nhilint.model.vocabulary.agent import Agent
from nhilint.source.document import read

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.model.resource import Extraction


def extract(path: str, text: str, claims: tuple[Claim, ...] = (*CLAIMS, *MCP_CLAIMS)) -> Extraction:
    """What the first claim that recognises the file makes of it."""
    data = text.encode()
    for claim in Recogniser(claims).recognise(path, data):
        extraction = reader_of(claim).extract(read(path, data, claim.syntax), claim)
        if extraction.recognised:
            return extraction
    raise AssertionError(f"nobody reads {path}")


def agent_of(path: str, text: str, claims: tuple[Claim, ...] = (*CLAIMS, *MCP_CLAIMS)) -> Agent:
    """The one agent of a file."""
    agents = [resource.facts for resource in extract(path, text, claims).resources if isinstance(resource.facts, Agent)]
    assert len(agents) == 1
    return agents[0]
