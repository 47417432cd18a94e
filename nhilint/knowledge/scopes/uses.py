"""What in a program's text makes use of a scope: the names of services, methods and interfaces that need it.

The table says for a platform which endings its code has, which words show that code speaks to it at all, which hide
what is called, and for each scope the words of which one must occur in code that uses it. Words are generous on
purpose: one that occurs counts as use, so that what is called unused has none of them. `enough` names scopes that do
with less when the code calls nothing that changes things, or opens nothing but the document it belongs to.

Sources: the scopes that every method's page of developers.google.com/apps-script/reference asks for (through the npm
package gas-types-detailed 1.1.3, which copies them), the security entries of github.com/slackapi/slack-api-specs with
the newer methods of docs.slack.dev/reference/methods, developer.chrome.com/docs/extensions/reference/permissions-list,
docs.github.com/rest/authentication/permissions-required-for-github-apps; page not re-read.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from nhilint.source.deferred import Deferred

_FILE = Path(__file__).parent.parent / "data" / "scope-uses.json"
_PART = Deferred(r"\.([a-z])")


class _Use(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    scopes: str
    words: str


class _Enough(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    scope: str
    instead: str
    talks: str
    also: str
    unless: str


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: str
    provider: str
    code: str
    talks: str
    opaque: str
    uses: tuple[_Use, ...]
    enough: tuple[_Enough, ...]


class Enough(msgspec.Struct, frozen=True):
    """A scope that gives less and suffices for code that has one word of `talks` and of `also`, none of `unless`."""

    instead: str
    talks: tuple[str, ...]
    also: tuple[str, ...]
    unless: tuple[str, ...]


class Uses(msgspec.Struct, frozen=True):
    """What uses the scopes of one platform."""

    provider: str
    endings: frozenset[str]
    """of the files that hold its code, without the dot"""
    talks: tuple[str, ...]
    """words of which code that speaks to the platform has one"""
    opaque: tuple[str, ...]
    """words after which nobody can tell what is called"""
    words: dict[str, tuple[str, ...]]
    """scope in lower case → words of which code that uses it has one"""
    enough: dict[str, Enough]
    """scope in lower case → what suffices instead, and when"""


def uses_of(format_id: str) -> Uses | None:
    """The table of the platform whose manifests have a format; None where code says nothing about scopes."""
    return _tables().get(format_id)


@cache
def _tables() -> dict[str, Uses]:
    rows = msgspec.json.decode(_FILE.read_bytes(), type=tuple[_Row, ...])
    return {row.format: _table(row) for row in rows}


def _table(row: _Row) -> Uses:
    return Uses(
        provider=row.provider,
        endings=frozenset(row.code.split()),
        talks=_spellings(row.talks),
        opaque=tuple(row.opaque.split()),
        words={scope.lower(): _spellings(use.words) for use in row.uses for scope in use.scopes.split()},
        enough={
            e.scope.lower(): Enough(e.instead, (e.talks,), tuple(e.also.split()), _in_chains(e.unless))
            for e in row.enough
        },
    )


def _in_chains(words: str) -> tuple[str, ...]:
    """Every word, and a method of a service also where its dot stands on a line of its own."""
    methods = [word.partition(".")[2] for word in words.split() if "." in word]
    return (*words.split(), *(f"{blank}.{method}" for method in methods for blank in (" ", "\t", "\n")))


def _spellings(words: str) -> tuple[str, ...]:
    """Every word, and a dotted method also as languages without such names spell it."""
    found: dict[str, None] = {}
    for word in words.split():
        found[word] = None
        if "." in word and word[0].islower():
            found[word.replace(".", "_")] = None
            found[_PART.sub(lambda match: match.group(1).upper(), word)] = None
    return tuple(found)
