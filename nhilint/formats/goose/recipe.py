"""A recipe of Goose becomes one agent: what it is for, its extensions, programs that check it, recipes it starts.

With `extensions` there are only those; `sub_recipes` are started without a question. `retry` runs shell commands after
the agent has finished, and again until they succeed. The desktop's export keeps all of it below `recipe`.
Source: https://block.github.io/goose/docs/guides/recipes/recipe-reference; field names from a survey, page not re-read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.agent_settings import turns_of
from nhilint.formats.assistant import chosen
from nhilint.formats.claude.commands import read_command
from nhilint.formats.claude.frontmatter import credentials_in, stem_of
from nhilint.formats.claude.instructions import read_instructions
from nhilint.formats.goose.config import SERVERS
from nhilint.formats.mcp.dialects import DIALECTS
from nhilint.formats.mcp.servers import read_servers
from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Delegation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.claude.commands import ReadCommand
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_MOST = 200


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent and its servers; a file that is no recipe, by its title and text, is another tool's."""
    whole = Node.root(document, braces)
    recipe = whole["recipe"] if whole["recipe"].is_mapping else whole
    servers = read_servers(Node.root(document), DIALECTS[SERVERS], SERVERS) or ()
    is_recipe = recipe["title"].is_text and (recipe["instructions"].is_text or recipe["prompt"].is_text)
    if not is_recipe:
        return Extraction(servers, recognised=bool(servers))
    programs = tuple(_programs(recipe["retry"]))
    text = recipe["instructions"] if recipe["instructions"].is_text else recipe["prompt"]
    name = str(recipe["title"].value).strip() or stem_of(document.path)
    agent = chosen(recipe, "goose", name, recipe["title"])
    named = tuple(server.name for server in servers)
    agent = replace(
        agent,
        tools_exposed=Known("list", recipe["extensions"].at) if recipe["extensions"].exists else None,
        servers=Known(named, recipe["extensions"].at) if named else None,
        commands=tuple(found.record for found in programs),
        delegations=tuple(_delegations(recipe["sub_recipes"])),
        credentials=(*(c for found in programs for c in found.credentials), *credentials_in(text)),
        instructions=read_instructions(recipe, text),
        max_turns=turns_of(recipe["settings"]["max_turns"]),
    )
    return Extraction((Resource("agent", name, claim.format, agent), *servers))


def _programs(retry: Node) -> Iterator[ReadCommand]:
    checks = [check["command"] for check in list(retry["checks"].items())[:_MOST] if check["type"].value == "shell"]
    for event, node in (*(("retry.checks", check) for check in checks), ("retry.on_failure", retry["on_failure"])):
        found = read_command(event, node) if node.is_text and node.value.strip() else None
        if found is not None:
            yield found


def _delegations(node: Node) -> Iterator[Delegation]:
    for item in list(node.items())[:_MOST]:
        target = item["name"].text()
        if target is not None:
            yield Delegation(at=item["name"].at, target=target, gate=Known("none", item["name"].at))
