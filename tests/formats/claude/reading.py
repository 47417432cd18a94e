"""Reads small files as the pipeline would and hands out their agents, for the tests of this folder."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nhilint.formats.claude.claims import CLAIMS
from nhilint.formats.registry import Recogniser, reader_of
from nhilint.model.fact import known_records, value_of
from nhilint.model.vocabulary.agent import Agent
from nhilint.source.document import read

if TYPE_CHECKING:
    from nhilint.model.resource import Resource

SETTINGS = ".claude/settings.json"


def resources_of(path: str, content: Any) -> tuple[Resource, ...] | None:
    """What the first claim that recognises the file makes of it; None when nobody does."""
    data = (content if isinstance(content, str) else json.dumps(content)).encode()
    for claim in Recogniser(CLAIMS).recognise(path, data):
        extraction = reader_of(claim).extract(read(path, data, claim.syntax), claim)
        if extraction.recognised:
            return extraction.resources
    return None


def agent_of(path: str, content: Any) -> Agent:
    """The agent of one file."""
    found = resources_of(path, content)
    assert found, f"nobody reads {path}"
    agent = found[0].facts
    assert isinstance(agent, Agent)
    return agent


def settings(content: Any, path: str = SETTINGS) -> Agent:
    """The agent of a settings file."""
    return agent_of(path, content)


def rules(**lists: list[str]) -> dict[str, Any]:
    """Every rule of one file by its text."""
    agent = settings({"permissions": lists})
    return {f"{value_of(r.effect)} {value_of(r.rule)}": r for r in known_records(agent.permissions)}


def without_effect(agent: Agent) -> dict[str, bool]:
    """The settings that do nothing, and whether losing each widens authority."""
    return {str(value_of(i.setting)): bool(value_of(i.protective)) for i in known_records(agent.ineffective)}


def markdown(body: str = "Do it.", **fields: str) -> str:
    """A Markdown file with front matter; underscores in names become hyphens."""
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    return "\n".join(["---", *lines, "---", body, ""])
