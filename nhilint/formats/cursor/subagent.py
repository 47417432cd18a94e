"""`.cursor/agents/NAME.md` becomes an agent with the tools of the session that starts it.

`readonly: true` takes away edits and commands that change something. The name is that of the file when left out.
Source: https://cursor.com/docs/subagents, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.claude.frontmatter import credentials_in, read_definition, stem_of, switch
from nhilint.formats.claude.instructions import read_instructions
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_OF_AGENTS = ("name", "description", "model", "readonly", "is_background")


def extract(document: Document, claim: Claim) -> Extraction:
    """One subagent; a text without front matter is documentation."""
    fields, body = read_definition(document)
    if not any(fields[key].exists for key in _OF_AGENTS):
        return Extraction(recognised=False)
    name = fields["name"].value if fields["name"].is_text and fields["name"].value.strip() else stem_of(document.path)
    at = fields["name"].at if fields["name"].exists else fields.at
    is_readonly = switch(fields["readonly"]) is True
    agent = Agent(
        at=at,
        name=Known(name, at),
        product=Known("cursor", at),
        kind=Known("subagent", at),
        level=Known("project", at),
        purpose=fields["description"].text(),
        model=fields["model"].text() if fields["model"].is_text else None,
        autonomy=Known("suggest", fields["readonly"].at) if is_readonly else None,
        initiation=Known("tool_mediated", at),
        acts_as=Known("user_proxy", at),
        tools_exposed=Known("list", fields["readonly"].at) if is_readonly else Known("all", at),
        credentials=tuple(credentials_in(body)),
        instructions=read_instructions(fields, body),
    )
    return Extraction((Resource("agent", name, claim.format, agent),))
