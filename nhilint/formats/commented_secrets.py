"""Values without a provider's shape that the comment above them calls made up know that they open nothing.

`# Test keys` above two entries of a Secret, `# For local development only` above the whole manifest, `# dummy` behind a
value: who wrote it says that nothing is behind it. Looked at are the comment on the value's line, the one directly
above it, those directly above what encloses it, and in YAML the one with which its document begins; one further up
among its neighbours counts when it speaks of several. A provider's token is real whatever is said of it. Environment
settings have a reader of their own for this (`settings_files.surroundings`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import Known, value_of
from nhilint.model.vocabulary import Credential
from nhilint.source.deferred import Deferred
from nhilint.source.document import Syntax

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.model.resource import Resource
    from nhilint.source.document import Document

_THINGS = r"(?:key|secret|credential|password|passphrase|value|token|data)s?"
_MADE_UP = Deferred(
    rf"\b(?:(?:test|testing|dummy|fake|example|sample|demo|throwaway|placeholder) (?:\w{{1,20}} )?{_THINGS}|dummy|fake"
    r"|made[- ]up|not (?:a )?real|not (?:a )?secret|placeholder|insecure"
    r"|(?:for|in) (?:local |a )?(?:development|dev|testing|tests|demos?|demonstration)(?: purposes?)? only"
    r"|(?:local|dev|development|demo|example|testing)[- ]only"
    r"|only (?:for|in) (?:local|dev|development|testing|tests|demos?)\b"
    r"|(?:not|never|n't)(?: \w{1,12}){0,4} (?:in|for) prod(?:uction)?"
    r"|(?:change|replace|override|rotate)d?(?: \w{1,12}){0,4} (?:in|for|before) (?:\w{1,12} ){0,2}prod(?:uction)?)\b",
    flags=re.IGNORECASE,
)
_SEVERAL = Deferred(r"(?i)\b(?:keys|secrets|credentials|passwords|values|tokens)\b")
_FURTHEST = 2_000
"""How many lines above a value are looked at."""


def told_by_comments(resources: tuple[Resource, ...], document: Document) -> tuple[Resource, ...]:
    """The same resources; a value that a comment calls made up is a sample."""
    if not any(_is_asked_about(resource) for resource in resources) or not _MADE_UP.search(document.text):
        return resources
    said = _Said(document)
    return tuple(said.of(one) if _is_asked_about(one) else one for one in resources)


def _is_asked_about(resource: Resource) -> bool:
    facts = resource.facts
    return isinstance(facts, Credential) and value_of(facts.shaped) is False


class _Said:
    """What the comments of one file say."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._lines = document.text.split("\n")
        self._own: dict[int, str] = {}
        self._behind: dict[int, str] = {}
        for comment in document.comments():
            (self._own if comment.own_line else self._behind)[comment.line] = comment.text

    def of(self, resource: Resource) -> Resource:
        """The resource; where a comment about its line calls it made up, it says that it is a sample."""
        facts = resource.facts
        if not isinstance(facts, Credential):
            return resource
        line = self._document.span(facts.at.pointer, "key").start.line
        if not any(_MADE_UP.search(text) for text in self._about(line)):
            return resource
        return replace(resource, facts=replace(facts, sample=Known(value=True, at=facts.at)))

    def _about(self, line: int) -> Iterator[str]:
        """The comments that speak of what stands at a line."""
        yield self._behind.get(line, "")
        yield self._above(line)
        yield from self._further_up(line)
        if self._document.syntax is Syntax.YAML:
            yield self._head(line)

    def _further_up(self, line: int) -> Iterator[str]:
        """The comments above what encloses a line, and those among its neighbours that speak of several."""
        indent = own = self._indent(line)
        for number in range(line - 1, max(0, line - _FURTHEST), -1):
            if self._begins(number):
                return
            if number in self._own:
                if self._indent(number) == own == indent and _SEVERAL.search(self._own[number]):
                    yield self._own[number]
            elif self._text(number).strip() and self._indent(number) < indent:
                indent = self._indent(number)
                yield self._above(number)

    def _head(self, line: int) -> str:
        """The comments with which the document of a line begins."""
        while line > 1 and not self._begins(line):
            line -= 1
        line += self._begins(line)
        found: list[str] = []
        while line in self._own:
            found.append(self._own[line])
            line += 1
        return " ".join(found)

    def _above(self, line: int) -> str:
        """The comment that ends directly above a line."""
        found: list[str] = []
        while line - 1 in self._own:
            line -= 1
            found.append(self._own[line])
        return " ".join(reversed(found))

    def _begins(self, number: int) -> bool:
        """Whether a document of YAML begins below a line."""
        return self._text(number).startswith("---")

    def _text(self, number: int) -> str:
        return self._lines[number - 1]

    def _indent(self, number: int) -> int:
        text = self._text(number)
        return len(text) - len(text.lstrip(" \t"))
