"""A NeMo Guardrails configuration becomes an agent with its guards: the rails before a model hears and after it speaks.

Models that a configuration names with a key in clear are read for credentials; flows written in Colang are not read.
Source: https://github.com/NVIDIA/NeMo-Guardrails, examples/bots and examples/configs, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.frameworks.secrets import literals_below
from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent
from nhilint.model.vocabulary.capability import Guard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_RAILS = ("input", "output", "retrieval", "dialog", "execution", "tool_output", "tool_input")
_MOST = 200


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent."""
    root = Node.root(document, braces)
    rails = [root["rails"][key] for key in _RAILS if root["rails"][key].is_mapping]
    engines = [item for item in root["models"].items() if item.is_mapping and item["engine"].is_text]
    if not rails and not (engines and (root["colang_version"].exists or root["instructions"].is_list)):
        return Extraction(recognised=False)
    name = document.path.rsplit("/", 2)[-2] if "/" in document.path else "guardrails"
    at = root["rails"].at if rails else root["models"].at
    agent = Agent(
        at=at,
        name=Known(name, at),
        product=Known("nemo-guardrails", at),
        kind=Known("service", at),
        model=engines[0]["model"].text() if engines else None,
        guards=tuple(guard for rail in rails for guard in _guards(rail)),
        credentials=literals_below(root["models"]),
    )
    return Extraction((Resource("agent", name, claim.format, agent),))


def _guards(rail: Node) -> Iterator[Guard]:
    for item in list(rail["flows"].items())[:_MOST]:
        if item.is_text:
            yield Guard(
                at=item.at,
                name=item.text(),
                kind=Known("content_filter", item.at),
                mode=Known("enforces", item.at),
            )
