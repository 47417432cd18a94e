"""A value that the comment right above its line gives as an example is the example, and no credential.

`# e.g. 0f3c…` above `API_KEY="0f3c…"`: who wrote the file filled it with what its comment shows, whatever shape that
has. The word for an example has to stand directly before the very value, so that a copy of a real one that was only
commented out tells nothing; and a value whose own checksum holds was issued by somebody, wherever it is shown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import Known, value_of
from nhilint.model.vocabulary import Credential
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.model.resource import Resource
    from nhilint.source.document import Document

_WORDS = r"(?:\be\. ?g\.|\beg\.|\bex[.:]|\bexamples?\b|\bfor instance\b|\bsamples?\b|\bsuch as\b|\blike\b)"
_A_WORD_FOR_IT = Deferred(_WORDS, flags=re.IGNORECASE)
_BEFORE_IT = (
    _WORDS + r"(?:[ ](?:is|value|key|token|secret|password)){0,2}[^\w\n]{0,9}\n?[ \t\"'`]{0,9}"
    r"(?:(?:export[ ])?[\w.-]{1,80}[ ]?[=:][ ]?[\"'`]?)?$"
)
_BEFORE = Deferred(_BEFORE_IT, flags=re.IGNORECASE)
_COMMENT = Deferred(r"[ \t]*(?:#|//|;)[ \t]*")
_MOST_LINES = 12
_SHORTEST = 6
_NEAR = 160


def told_by_examples(resources: tuple[Resource, ...], document: Document) -> tuple[Resource, ...]:
    """The same resources; a credential in clear that the comment above it gives as an example is a sample."""
    if not any(map(_may_be_shown, resources)) or _A_WORD_FOR_IT.search(document.text) is None:
        return resources
    return tuple(_told(one, document) for one in resources)


def _may_be_shown(resource: Resource) -> bool:
    facts = resource.facts
    return isinstance(facts, Credential) and value_of(facts.source) == "literal" and not value_of(facts.verified)


def _told(resource: Resource, document: Document) -> Resource:
    facts = resource.facts
    if not isinstance(facts, Credential) or not _may_be_shown(resource) or not _is_shown_above(facts, document):
        return resource
    return replace(resource, facts=replace(facts, sample=Known(value=True, at=facts.at)))


def _is_shown_above(facts: Credential, document: Document) -> bool:
    start, end = document.span(facts.at.pointer, "value", facts.at.within)
    if start.line != end.line:
        return False
    value = document.line(start.line)[start.column - 1 : end.column - 1].strip("\"'")
    said = _comment_above(document, start.line)
    if len(value) < _SHORTEST or value not in said:
        return False
    found = re.finditer(rf"(?<![\w-]){re.escape(value)}(?![\w-])", said)
    return any(_BEFORE.search(said[max(0, one.start() - _NEAR) : one.start()]) for one in found)


def _comment_above(document: Document, line: int) -> str:
    """The lines of the comment that ends directly above a line, without the signs of one."""
    found: list[str] = []
    for number in range(line - 1, max(0, line - 1 - _MOST_LINES), -1):
        text = document.line(number)
        sign = _COMMENT.match(text)
        if sign is None:
            break
        found.append(text[sign.end() :])
    return "\n".join(reversed(found))
