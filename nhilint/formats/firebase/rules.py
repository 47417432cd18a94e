"""Security rules of Firestore and Storage become a policy: which deeds on which paths need no proof of anything.

What no rule allows is denied, and any rule that allows is enough. Only conditions that always hold are judged, `if
true` or none; whatever else stands there, a function, a sign-in, an end date, narrows the rule and is not weighed.
`write` is create, update and delete, `read` is get and list. `{name=**}` stands for all that follows. Sources:
firebase.google.com/docs/rules/rules-behavior (structure, methods, wildcards of version 2) and
firebase.google.com/docs/rules/insecure-rules, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nhilint.model.fact import Known
from nhilint.model.place import Place
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.policy import Policy, PolicyRule
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_COMMENT = Deferred(r"//[^\n]*|/\*")
_SERVICE = Deferred(r"\bservice\s+(cloud\.firestore|firebase\.storage)\b")
_TOKEN = Deferred(
    r"\bmatch\s+(?P<path>/(?:\{[^{}\s]*\}|[^\s{};])*)\s*\{"
    r"|\ballow\s+(?P<deeds>[a-z][a-z,\s]{0,80}?)\s*(?P<end>[:;])"
    r"|(?P<open>\{)|(?P<close>\})"
)
_ALWAYS = Deferred(r"\s*if\s*(?:\btrue|\(\s*true\s*\))\s*")
_CHANGES = frozenset({"create", "update", "delete"})
_MEANS = {"write": _CHANGES, "read": frozenset({"get", "list"})}
_ALL = Deferred(r"(?:/\{\w+\})*/\{\w+=\*\*\}")
_ROOT = Deferred(r"/databases/(?:\{\w+\}|\(default\))/documents|/b/(?:\{\w+\}|[\w.-]+)/o")
_MOST = 500
_DEEPEST = 50


class _Rule(NamedTuple):
    """One `allow`: the path it stands under, its methods, whether nothing narrows it, where it stands."""

    path: str
    deeds: frozenset[str]
    always: bool
    span: tuple[int, int]


def extract(document: Document, claim: Claim) -> Extraction:
    """The policy of a file."""
    text = _without_comments(document.text)
    service = _SERVICE.search(text)
    if service is None:
        return Extraction(recognised=False)
    at = Place(document.path)
    name = document.path.rpartition("/")[2]
    found = tuple(_rules(text, service.end()))
    hidden = not any("list" in rule.deeds and rule.always for rule in found)
    rules = tuple(_fact(document, rule, hidden=hidden) for rule in found)
    facts = Policy(
        at=at, name=Known(name, at), engine=Known("firebase", at), default=Known("deny", at), rules=rules[:_MOST]
    )
    return Extraction((Resource("policy", name, claim.format, facts),))


def _without_comments(text: str) -> str:
    """The text with blanks in the place of comments; one that never ends goes to the end of the file."""
    parts: list[str] = []
    done = 0
    while (hit := _COMMENT.search(text, done)) is not None:
        closed = text.find("*/", hit.end())
        end = hit.end() if hit.group() != "/*" else closed + 2 if closed >= 0 else len(text)
        parts += (text[done : hit.start()], " " * (end - hit.start()))
        done = end
    return "".join(parts) + text[done:]


def _rules(text: str, start: int) -> Iterator[_Rule]:
    """Every `allow` with the whole path of the blocks around it. One without an end ends the reading."""
    blocks: list[str] = []
    while (hit := _TOKEN.search(text, start)) is not None:
        start = hit.end()
        if hit["path"] is not None or hit["open"]:
            if len(blocks) == _DEEPEST:
                return
            blocks.append((hit["path"] or "").rstrip("/"))
        elif hit["close"]:
            del blocks[-1:]
        else:
            end = start - 1 if hit["end"] == ";" else text.find(";", start)
            if end < 0:
                return
            deeds = frozenset(deed for word in hit["deeds"].split(",") for deed in _deeds(word.strip()))
            always = hit["end"] == ";" or _ALWAYS.fullmatch(text, start, end) is not None
            yield _Rule("".join(blocks), deeds, always, (hit.start(), end + 1))
            start = end + 1


def _deeds(word: str) -> frozenset[str]:
    return _MEANS.get(word, frozenset({word}))


def _fact(document: Document, rule: _Rule, *, hidden: bool) -> PolicyRule:
    at = Place(document.path, (), "source", rule.span)
    below = _ROOT.sub("", rule.path, count=1) or "/"
    return PolicyRule(
        at=at,
        name=Known(below, at),
        effect=Known("allow", at),
        actions=Known(tuple(sorted(rule.deeds)), at),
        resources=Known((below,), at),
        everyone=Known(rule.always, at),
        every_action=Known(rule.deeds >= _CHANGES, at),
        every_resource=Known(_ALL.fullmatch(below) is not None, at),
        conditioned=Known(not rule.always, at),
        needs_the_id=Known(hidden and "get" in rule.deeds, at),
    )
