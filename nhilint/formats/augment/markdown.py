"""Subagents and commands of Augment: front matter and a text.

A subagent has every tool unless `tools` lists some; where `disabled_tools` stands, it alone counts. The key of another
provider may stand in it (`provider_api_key`). Of a command, front matter names only the model and what it is for.
Sources, read 2026-11-22: npm @augmentcode/auggie 0.36.0 (SubAgentConfigLoader), https://docs.augmentcode.com/cli/subagents
and /cli/custom-commands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.assistant import chosen
from nhilint.formats.augment.settings import PRODUCT
from nhilint.formats.built_in_tools import client_tools
from nhilint.formats.claude.frontmatter import credentials_in, read_definition, stem_of
from nhilint.formats.claude.instructions import read_instructions
from nhilint.formats.claude.word_lists import entries_of
from nhilint.formats.endpoints import endpoint
from nhilint.formats.mcp.dialect import Expansion
from nhilint.formats.mcp.holding import Slot, read_slot
from nhilint.model.fact import Known, Unknown
from nhilint.model.resource import Extraction, Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.claude.frontmatter import Definition
    from nhilint.formats.format import Claim
    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.agent import Agent
    from nhilint.model.vocabulary.capability import Endpoint
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.source.document import Document

_OF_SUBAGENTS = ("name", "description", "model", "color", "tools", "disabled_tools")
_MOST = 500


def extract(document: Document, claim: Claim) -> Extraction:
    """One subagent or command; a text without front matter beside subagents is documentation."""
    definition = read_definition(document)
    fields, name = definition.fields, stem_of(document.path)
    if claim.format == "augment-command":
        agent = replace(_read(definition, name), kind=Known("command", fields.at), initiation=Known("human", fields.at))
        return Extraction((Resource("agent", name, claim.format, agent),))
    if not any(fields[key].exists for key in _OF_SUBAGENTS):
        return Extraction(recognised=False)
    stated = fields["name"]
    name = str(stated.value) if stated.is_text and stated.value else name
    return Extraction((Resource("agent", name, claim.format, _subagent(definition, name)),))


def _read(definition: Definition, name: str) -> Agent:
    fields, body = definition
    return replace(
        chosen(fields, PRODUCT, name, fields["name"]),
        tools_exposed=Known("all", fields.at),
        credentials=tuple(credentials_in(body)),
        instructions=read_instructions(fields, body),
    )


def _subagent(definition: Definition, name: str) -> Agent:
    fields, _ = definition
    agent = _read(definition, name)
    held = (*_key(fields["provider_api_key"]), *(agent.credentials if isinstance(agent.credentials, tuple) else ()))
    agent = replace(agent, credentials=held, endpoints=tuple(_elsewhere(fields["provider_base_url"])))
    listed = fields["tools"]
    if not listed.exists or fields["disabled_tools"].exists:
        return agent
    named = [(entry.text, entry.at) for entry in entries_of(listed)][:_MOST]
    return replace(agent, tools_exposed=Known("list", listed.at), tools=client_tools(PRODUCT, "Augment", named))


def _key(node: Node) -> Iterator[Credential]:
    if node.is_text and node.value:
        yield from read_slot(str(node.value), Slot("provider_api_key", node.at, "field", sensitive=True), Expansion())[
            0
        ]


def _elsewhere(node: Node) -> Iterator[Endpoint | Unknown]:
    found = endpoint(node, "provider_base_url") if node.exists else None
    if found is not None:
        yield found if isinstance(found, Unknown) else replace(found, carries=Known("model_traffic", node.at))
