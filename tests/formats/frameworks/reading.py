"""Reads texts as the pipeline would, joins what they declare and hands back the agents."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from nhilint.formats.frameworks.claims import CLAIMS
from nhilint.formats.registry import Recogniser, reader_of
from nhilint.link import link
from nhilint.model.fact import known_records, value_of
from nhilint.model.vocabulary.agent import Agent
from nhilint.source.document import read

if TYPE_CHECKING:
    from nhilint.model.resource import Extraction, Resource
    from nhilint.model.vocabulary.tool import Tool


def extract(path: str, text: str | object) -> Extraction | None:
    """What the first claim that recognises the file makes of it; None when nobody takes it."""
    data = (text if isinstance(text, str) else json.dumps(text)).encode()
    for claim in Recogniser(CLAIMS).recognise(path, data):
        extraction = reader_of(claim).extract(read(path, data, claim.syntax), claim)
        if extraction.recognised:
            return extraction
    return None


def linked(*files: tuple[str, str | object]) -> tuple[Resource, ...]:
    """Every resource of several files after the joins."""
    found = [extract(path, text) for path, text in files]
    assert all(found)
    return link(resource for one in found if one is not None for resource in one.resources)


def agents(*files: tuple[str, str | object]) -> dict[str, Agent]:
    """The agents of several files by name, joined."""
    return {r.name: r.facts for r in linked(*files) if isinstance(r.facts, Agent)}


def tools_of(agent: Agent) -> dict[str, Tool]:
    """The tools of an agent by name."""
    return {value_of(tool.name) or "": tool for tool in known_records(agent.tools)}


def can(tool: Tool) -> set[str]:
    """What a tool can do, as `category:access`."""
    return {f"{value_of(c.category)}:{value_of(c.access)}" for c in known_records(tool.capabilities)}


def gates(tool: Tool) -> set[str | None]:
    """What stands before the calls of a tool."""
    return {value_of(c.gate) for c in known_records(tool.capabilities)}
