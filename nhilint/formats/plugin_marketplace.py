"""A marketplace in the form that Claude Code, Codex, Copilot and Cursor share becomes an agent of kind `marketplace`.

It offers plug-ins, each with a source that is fixed more or less firmly. Sources: the pages that the callers name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.claude.plugin_parts import parts_of
from nhilint.formats.claude.plugins import MOST_PLUGINS, Pin, is_official, pin_of, source_of
from nhilint.formats.claude.templates import engine_template
from nhilint.formats.node import Node
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent, Plugin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.source.document import Document


def read_marketplace(document: Document, claim: Claim, product: str) -> Extraction:
    """One marketplace of a product; a mapping without a name or a list of plug-ins is something else."""
    root = Node.root(document, engine_template)
    name = root["name"]
    if not root["plugins"].is_list or not name.is_text:
        return Extraction(recognised=False)
    agent = Agent(
        at=name.at,
        name=name.text(),
        product=Known(product, name.at),
        kind=Known("marketplace", name.at),
        level=Known("plugin", name.at),
        purpose=root.at_path("metadata", "description").text() or root["description"].text(),
        plugins=tuple(_offered(root, product)),
    )
    return Extraction((Resource("agent", str(name.value), claim.format, agent),))


def _offered(root: Node, product: str) -> Iterator[Plugin | Unknown]:
    market = root["name"].value
    for count, entry in enumerate(root["plugins"].items()):
        if count >= MOST_PLUGINS:
            yield root["plugins"].unknown("the list has too many plug-ins")
            return
        if not entry.is_mapping:
            continue
        source = entry["source"]
        at = source.at if source.exists else entry.at
        yield Plugin(
            at=at,
            name=entry["name"].text(),
            marketplace=Known(market, root["name"].at) if isinstance(market, str) else None,
            source=source_of(source),
            pin=_pin(source, product),
            official=Known(is_official(str(market), product), at),
            parts=parts_of(entry, replaces_skills=source.value in (".", "./")),
        )


def _pin(source: Node, product: str) -> Fact[Pin]:
    """How firmly a plug-in is fixed. To Copilot a text is a folder whether or not it begins with `./`."""
    if product == "copilot" and source.is_text and "://" not in source.value:
        return Known("local", source.at)
    return pin_of(source)
