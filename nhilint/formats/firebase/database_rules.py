"""Security rules of a Realtime Database become a policy: at which places anybody may read or write.

What no rule allows is denied, and a rule that allows holds for everything below its place, whatever stands there. Only
conditions that always hold are judged: `true`, as a boolean or a text. Sources:
firebase.google.com/docs/database/security
and firebase.google.com/docs/reference/security/database (what is granted at a place is granted below it), read
2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.policy import Policy, PolicyRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.fact import Fact
    from nhilint.source.document import Document

_KEYS = {".read": "read", ".write": "write"}
_MOST = 500
_DEEPEST = 32


def extract(document: Document, claim: Claim) -> Extraction:
    """The policy of a file; without `rules` and a rule in them it is something else."""
    root = Node.root(document, braces)
    found = list(_rules(root["rules"], "", _DEEPEST))
    if not found:
        return Extraction(recognised=False)
    name = document.path.rpartition("/")[2]
    at = root["rules"].at
    facts = Policy(
        at=at,
        name=Known(name, at),
        engine=Known("firebase", at),
        default=Known("deny", at),
        rules=tuple(found[:_MOST]),
    )
    return Extraction((Resource("policy", name, claim.format, facts),))


def _rules(node: Node, path: str, depth: int, opened: frozenset[str] = frozenset()) -> Iterator[PolicyRule]:
    """The rules of a place and below it, without those that cannot matter because a place above is `opened` already."""
    entries = list(node.entries())[:_MOST]
    for key, child in entries:
        if key in _KEYS and key not in opened:
            yield _rule(child, _KEYS[key], path or "/")
    opened |= {key for key, child in entries if key in _KEYS and value_of(_always(child))}
    for key, child in entries:
        if child.is_mapping and depth and key not in _KEYS:
            yield from _rules(child, f"{path}/{key}", depth - 1, opened)


def _rule(node: Node, deed: str, path: str) -> PolicyRule:
    always = _always(node)
    narrowed: Fact[bool] = always if isinstance(always, Unknown) else Known(not always.value, node.at)
    return PolicyRule(
        at=node.at,
        name=Known(path, node.at),
        effect=Known("allow", node.at),
        actions=Known((deed,), node.at),
        resources=Known((path,), node.at),
        everyone=always,
        every_action=Known(deed == "write", node.at),
        every_resource=Known(path == "/" or all(part.startswith("$") for part in path[1:].split("/")), node.at),
        conditioned=narrowed,
    )


def _always(node: Node) -> Known[bool] | Unknown:
    """Whether a rule holds for every request: `true`, as a boolean or a text."""
    stated = node.text()
    if isinstance(stated, Unknown):
        return stated
    return Known(stated is not None and stated.value.strip() == "true", node.at)
