"""Reads texts as the pipeline would, by the claims of one family, and hands back what it made of them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from nhilint.evaluate.activation import activate
from nhilint.formats.registry import Recogniser, reader_of
from nhilint.model.fact import known_records, value_of
from nhilint.model.vocabulary.agent import Agent
from nhilint.source.document import Document, read

if TYPE_CHECKING:
    from nhilint.model.resource import Extraction


def extract(family: str, path: str, text: str) -> Extraction:
    """What the family's first claim on the file makes of it."""
    claims = import_module(f"nhilint.formats.{family}.claims").CLAIMS
    data = text.encode()
    (claim, *_) = Recogniser(claims).recognise(path, data)
    return reader_of(claim).extract(read(path, data, claim.syntax), claim)


def agents(family: str, path: str, text: str) -> list[Agent]:
    """The agents of a file."""
    return [r.facts for r in extract(family, path, text).resources if isinstance(r.facts, Agent)]


def rules(agent: Agent) -> list[tuple[str | None, str | None, str | None, bool | None]]:
    """Each rule of an agent: what is written, what it decides, how far a shell goes, whether it is in force."""
    return [
        (value_of(one.rule), value_of(one.effect), value_of(one.shell_reach), value_of(one.effective))
        for one in known_records(agent.permissions)
    ]


def read_odd(family: str, value: object) -> None:
    """Every reader of a family, given the value, as the root and as front matter."""
    for claim in import_module(f"nhilint.formats.{family}.claims").CLAIMS:
        for root in (value, {"frontmatter": value, "body": value}):
            path = (claim.paths or claim.names or claim.suffixes)[0].replace("*", "x")
            for resource in reader_of(claim).extract(Document(path, claim.syntax, "", root), claim).resources:
                activate(resource.facts)
