"""Agents and commands that stand in files of their own: front matter with the same fields, and a text.

Sources: https://opencode.ai/v1/docs/agents/#markdown and /v1/docs/commands/, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.claude.frontmatter import credentials_in, read_definition, stem_of
from nhilint.formats.claude.instructions import read_instructions
from nhilint.formats.claude.load_commands import read_load_commands
from nhilint.formats.opencode.agents import read_agent
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent

if TYPE_CHECKING:
    from nhilint.formats.claude.frontmatter import Definition
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_OF_AGENTS = ("description", "mode", "model", "permission", "permissions", "tools", "temperature", "steps")


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent or command; a text without front matter beside them is documentation."""
    definition = read_definition(document)
    name = stem_of(document.path)
    if claim.format == "opencode-command":
        return Extraction((Resource("agent", name, claim.format, _command(definition, name)),))
    if not any(definition.fields[key].exists for key in _OF_AGENTS):
        return Extraction(recognised=False)
    agent = read_agent(name, definition.fields, "project", body=definition.body)
    return Extraction((Resource("agent", name, claim.format, agent),))


def _command(definition: Definition, name: str) -> Agent:
    fields, body = definition
    return Agent(
        at=fields.at,
        name=Known(name, fields.at),
        product=Known("opencode", fields.at),
        kind=Known("command", fields.at),
        level=Known("project", fields.at),
        purpose=fields["description"].text(),
        model=fields["model"].text() if fields["model"].is_text else None,
        initiation=Known("human", fields.at),
        acts_as=Known("user_proxy", fields.at),
        tools_exposed=Known("all", fields.at),
        commands=tuple(command.record for command in read_load_commands(body)),
        credentials=tuple(credentials_in(body)),
        instructions=read_instructions(fields, body),
    )
