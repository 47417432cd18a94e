"""Scopes that the catalogue lacks are judged by the parts of their name, if the name has the provider's form.

New scopes appear faster than any catalogue is edited, and most providers name them by a pattern: an object and a verb.
Such a judgement is a stand-in, marked `inferred`; it never says "critical", and it is not made at all (None) where the
text does not have the form: a template, a sentence, a bare word. Words the tables lack leave the category at `other`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nhilint.knowledge.scopes.vocabulary import CATEGORY_OF, HOLDS_LITTLE, ORGANISATION_WIDE, VERBS

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhilint.knowledge.scopes.scope import Sensitivity
    from nhilint.model.category import Access, Category

_LEVELS: tuple[Sensitivity, ...] = ("low", "medium", "high")

_GRAVE: frozenset[Category] = frozenset(
    {"mail", "source_code", "identity", "secrets", "payments", "code_execution", "infra"}
)
"""Categories in which a change does harm by itself."""

_PRIVATE: frozenset[Category] = frozenset({"mail", "secrets", "files", "messaging", "database", "crm"})
"""Categories whose content people expect to stay private."""


class Judgement(NamedTuple):
    """What the name says."""

    category: Category
    access: Access
    sensitivity: Sensitivity


class Parts(NamedTuple):
    """A name taken apart, all lower case."""

    words: tuple[str, ...]
    """the words that say what it is about, the most general first"""
    verb: str


def judge(provider: str, scope: str) -> Judgement | None:
    """The judgement on a scope by its name, or None when the name does not have the provider's form."""
    shape = _SHAPES.get(provider)
    parts = shape(scope) if shape else None
    access = VERBS.get(parts.verb) if parts else None
    if parts is None or access is None:
        return None
    if access == "write" and "admin" in parts.words:
        access = "admin"
    category = _category(parts.words)
    return Judgement(category, access, _sensitivity(category, access, parts.words))


def _category(words: tuple[str, ...]) -> Category:
    return next((CATEGORY_OF[word] for word in words if word in CATEGORY_OF), "other")


def _sensitivity(category: Category, access: Access, words: tuple[str, ...]) -> Sensitivity:
    if access == "read":
        level = 1 if category in _PRIVATE else 0
    elif access in {"admin", "execute"} or category in _GRAVE:
        level = 2
    else:
        level = 1
    if ORGANISATION_WIDE.intersection(words):
        level += 1
    if HOLDS_LITTLE.intersection(words):
        level -= 1
    return _LEVELS[min(max(level, 0), 2)]


def _split(text: str, marks: str) -> tuple[str, ...] | None:
    """The words between the marks; None when one is empty or holds anything but ASCII letters, digits and _."""
    for mark in marks[1:]:
        text = text.replace(mark, marks[0])
    words = tuple(text.split(marks[0]))
    return words if all(word.isascii() and word.replace("_", "a").isalnum() for word in words) else None


def _object_first(marks: str) -> Callable[[str], Parts | None]:
    """`calendar:read`, `crm.objects.deals.write`: the verb comes last."""

    def shape(scope: str) -> Parts | None:
        words = _split(scope.lower(), marks)
        return Parts(_single(words[:-1]), words[-1]) if words and len(words) > 1 else None

    return shape


def _verb_first(mark: str) -> Callable[[str], Parts | None]:
    """`read_orders`, `write:issue:jira`: the verb comes first."""

    def shape(scope: str) -> Parts | None:
        verb, found, rest = scope.lower().partition(mark)
        words = _split(rest, ":.-") if found else None
        return Parts(_single(words), verb) if words else None

    return shape


def _google(scope: str) -> Parts | None:
    """`https://www.googleapis.com/auth/drive.labels.readonly`; no verb at the end means full use, but for exports."""
    prefix = "https://www.googleapis.com/auth/"
    words = _split(scope.lower().removeprefix(prefix), ".-") if scope.lower().startswith(prefix) else None
    if not words:
        return None
    single = _single(words)
    if single[0] == "dataportability":
        return Parts(single, "read")
    for count in (2, 1):
        verb = "".join(single[-count:])
        if len(single) > count and verb in VERBS:
            return Parts(single[:-count], verb)
    return Parts(single, "write")


def _slack(scope: str) -> Parts | None:
    """`channels:history`, `search:read.private`, `admin.users:write`: the verb may carry a limit."""
    thing, colon, verb = scope.lower().partition(":")
    words, verbs = _split(thing, "."), _split(verb, ".")
    if not colon or not words or not verbs:
        return None
    return Parts(_single(words + verbs[1:]), verbs[0])


def _github(scope: str) -> Parts | None:
    """`read:org` of OAuth scopes and `contents:read` of app permissions."""
    words = _split(scope.lower(), ":")
    if not words or len(words) != 2:
        return None
    verb_first = words[0] in VERBS
    return Parts(_single((words[verb_first],)), words[not verb_first])


def _graph(scope: str) -> Parts | None:
    """`Mail.ReadWrite.Shared`: a resource, a verb, a limit."""
    name = scope.removeprefix("https://graph.microsoft.com/")
    words = _split(name, ".-")
    if not words or len(words) < 2 or not name[0].isupper():
        return None
    at = next((at for at, word in enumerate(words) if at and word.lower() in VERBS), None)
    if at is None:
        return None
    things = [piece for word in words[:at] for piece in _humps(word)]
    return Parts(tuple(things) + tuple(word.lower() for word in words[at + 1 :]), words[at].lower())


def _zoom(scope: str) -> Parts | None:
    """`meeting:read:summary:admin` and the older `meeting:read:admin`."""
    words = _split(scope.lower(), ":")
    if not words or len(words) < 2:
        return None
    return Parts(_single(words[:1] + words[2:]), words[1])


def _single(words: tuple[str, ...]) -> tuple[str, ...]:
    """`repository_hooks` as its two words, in place."""
    return tuple(piece for word in words for piece in word.split("_") if piece)


def _humps(word: str) -> list[str]:
    """`ChannelMessage` as `channel`, `message`."""
    spaced = "".join(f" {character}" if character.isupper() else character for character in word)
    return spaced.lower().split()


_SHAPES: dict[str, Callable[[str], Parts | None]] = {
    "asana": _object_first(":"),
    "atlassian": _verb_first(":"),
    "auth0": _verb_first(":"),
    "discord": _object_first("."),
    "dropbox": _object_first("."),
    "github": _github,
    "github-actions": _object_first(":-"),
    "gitlab": _verb_first("_"),
    "google": _google,
    "hubspot": _object_first(".-"),
    "linear": _object_first(":"),
    "microsoft-graph": _graph,
    "okta": _object_first("."),
    "shopify": _verb_first("_"),
    "slack": _slack,
    "zoom": _zoom,
}
"""How each provider names scopes. Box, Notion and Salesforce follow no pattern."""
