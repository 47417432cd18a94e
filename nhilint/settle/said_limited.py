"""A Google API key of which a comment says that it is public, or limited to what anybody may read, is said to be so.

Such a key is no identity: it says which project pays, and its owner limits it to one service or to certain pages. Some
are meant to be shipped, and the comment where the value stands, here or in the rendered copy beside it, says so. A key
of another kind is real whatever is said of it. Values are told equal by their keyed hash alone.

Source: https://docs.cloud.google.com/docs/authentication/api-keys (what a key identifies, restrictions), named from a
survey, the page not re-read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.knowledge.credentials import fingerprint, run_key, scan
from nhilint.model.fact import Known, value_of
from nhilint.model.vocabulary import Credential
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

_KIND = "google-api-key"
_SAYS_SO = Deferred(
    r"(?:#|//|/\*|<!--).{0,300}?\b(?:public(?:ly)?\b|(?:limited|restricted|scoped) to\b|not (?:a )?secret\b"
    r"|(?:expected|meant|intended|safe|ok|okay) to be (?:here|public|published|shipped|committed|shared)\b"
    r"|(?:supplied|provided|included)\s+(?:\w+\s+){0,2}for\s+(?:evaluat|testing\b|demo|trial)\w*)",
    flags=re.IGNORECASE,
)
_DENIES = Deferred(r"\b(?:not|never|n't|don't|do not|must not)\s+(?:\w+\s+){0,2}public", flags=re.IGNORECASE)
_LONGEST = 4_000_000
_MOST = 100


def with_keys_said_limited(resources: Iterable[Resource], tree: Tree) -> tuple[Resource, ...]:
    """The resources; a key of which `tree`, the one before a change, says that it is limited is said to be public."""
    listed = tuple(resources)
    paths = dict.fromkeys(one.at.path for one in listed if _is_open_key(one))
    marks = {mark for path in list(paths)[:_MOST] for mark in _marked(path, tree)}
    return tuple(_said(one, marks) for one in listed) if marks else listed


def _is_open_key(resource: Resource) -> bool:
    facts = resource.facts
    return isinstance(facts, Credential) and value_of(facts.type) == _KIND and not value_of(facts.said_public)


def _marked(path: str, tree: Tree) -> Iterator[str]:
    """The marks of the keys in a file behind or below whose comment it says so."""
    data = tree.read(path)
    text = data[:_LONGEST].decode("utf-8", "replace") if isinstance(data, bytes) else ""
    for match in scan(text) if "AIza" in text else ():
        if match.shape.id == _KIND and _says_so(text, match.start, match.end):
            yield fingerprint(text[match.start : match.end], run_key())


def _says_so(text: str, start: int, end: int) -> bool:
    """Whether the comment behind a value, or the one on a line of its own above it, calls it public or limited."""
    begins = text.rfind("\n", 0, start) + 1
    above = text[text.rfind("\n", 0, max(begins - 1, 0)) + 1 : max(begins - 1, 0)].strip()
    ends = text.find("\n", end)
    behind = text[end : ends if ends >= 0 else len(text)]
    told = (behind, above if above.startswith(("#", "//", "/*", "*", "<!--")) else "")
    return any(_SAYS_SO.search(words[:_WIDEST]) and not _DENIES.search(words[:_WIDEST]) for words in told)


_WIDEST = 600


def _said(resource: Resource, marks: set[str]) -> Resource:
    facts = resource.facts
    if not isinstance(facts, Credential) or not _is_open_key(resource) or value_of(facts.fingerprint) not in marks:
        return resource
    return replace(resource, facts=replace(facts, said_public=Known(value=True, at=facts.at)))
