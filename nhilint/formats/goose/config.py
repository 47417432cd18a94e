"""Goose's configuration becomes one agent with its mode and, for its extensions, one tool each.

Without `GOOSE_MODE` everything is done without a question. The file is a person's own, wherever a copy of it is kept:
Goose reads none from a project. Source: https://block.github.io/goose/docs/guides/goose-permissions and
/config-files/; field names from a survey, page not re-read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.agent_settings import extract_settings
from nhilint.formats.assistant import session
from nhilint.model.fact import Fact, Known, Unknown

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.formats.node import Node
    from nhilint.model.resource import Extraction
    from nhilint.model.vocabulary.agent import Agent, Autonomy
    from nhilint.source.document import Document

SERVERS = "mcp-goose"
MODE = "GOOSE_MODE"
_MODES: dict[str, Autonomy] = {
    "auto": "ungated",
    "smart_approve": "classifier_gated",
    "approve": "asks",
    "chat": "suggest",
}
_TELLING = frozenset({MODE, "GOOSE_PROVIDER", "GOOSE_MODEL", "GOOSE_MAX_TURNS"})


def extract(document: Document, claim: Claim) -> Extraction:
    """The agent and the extensions of the file."""
    return extract_settings(document, claim, SERVERS, _TELLING, read_settings)


def read_settings(root: Node) -> Agent:
    """The agent that the configuration describes."""
    return replace(
        session(root, "goose", "user"),
        model=root["GOOSE_MODEL"].text(),
        autonomy=_autonomy(root[MODE]),
        tools_exposed=Known("list", root["extensions"].at) if root["extensions"].exists else None,
    )


def _autonomy(mode: Node) -> Fact[Autonomy]:
    text = mode.text()
    if text is None:
        return Known("ungated", mode.at)
    if isinstance(text, Unknown):
        return text
    known = _MODES.get(text.value.lower())
    return Known(known, mode.at) if known else mode.unknown("no mode that Goose knows")
