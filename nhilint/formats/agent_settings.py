"""A settings file that may hold an agent's settings, tool servers, or both becomes the resources it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.claude.templates import engine_template
from nhilint.formats.mcp.dialects import DIALECTS
from nhilint.formats.mcp.servers import read_servers
from nhilint.formats.node import Node
from nhilint.model.fact import Fact, Known
from nhilint.model.resource import Extraction, Resource

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary import Agent
    from nhilint.source.document import Document


def extract_settings(
    document: Document, claim: Claim, dialect: str, telling: frozenset[str], read_agent: Callable[[Node], Agent]
) -> Extraction:
    """The agent, where one of the `telling` keys stands, and the servers of `dialect`; neither means a look-alike."""
    root = Node.root(document, engine_template)
    servers = read_servers(Node.root(document), DIALECTS[dialect], dialect)
    is_told = root.is_mapping and not telling.isdisjoint(root.value)
    if servers is None and not is_told:
        return Extraction(recognised=False)
    agents = (Resource("agent", document.path, claim.format, read_agent(root)),) if is_told else ()
    return Extraction((*agents, *(servers or ())))


def turns_of(node: Node) -> Fact[int]:
    """The most turns that a run may take; None where none is stated, or nothing that could be a number of turns."""
    number = node.number()
    return Known(int(number.value), node.at) if isinstance(number, Known) and 0 < number.value < 1e9 else None
