"""Lines like `SLACK_SCOPES=chat:write,im:history` become apps, where every word on the right is a scope that is known;
other variables become the credentials that stand in them in clear. A private key without an owner in the settings of a
developer's machine (`.env.development`), most of whose hosts are local, is one for that machine.

What a variable means is up to the program that reads it, so this is a reading at lower confidence: the kind is
`setting`. The provider is the one in the variable's name; without one, at least two words must be known scopes of
exactly one provider. Scopes stand between spaces (RFC 6749, section 3.3), and by custom commas, `+` or `%20`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.scopes import scope_grant
from nhilint.formats.settings_files.surroundings import Surroundings
from nhilint.formats.settings_files.variables import variables
from nhilint.formats.settings_files.written import credentials_of, has_real_values
from nhilint.formats.written_secrets.leaf import Leaf
from nhilint.knowledge.scopes import look_up, providers
from nhilint.model.fact import Known, value_of
from nhilint.model.place import Place
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.app import App
from nhilint.model.vocabulary.credential import Credential
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.formats.settings_files.variables import Variable
    from nhilint.source.document import Document

_LINE = Deferred(
    r"^[ \t]*(?:export[ \t]+)?((?:[A-Z][A-Z0-9_]{0,80}_)?(?:SCOPES?|PERMISSIONS))[ \t]*=[ \t]*([^\r\n#]{1,4000})",
    flags=re.MULTILINE,
)
_BETWEEN = Deferred(r"(?:%20|[\s,+\"'\[\];])+")
_OF_USERS = Deferred(r"BASIC_?AUTH(?:_?CREDENTIALS|_?USERS)$")
_A_PASSWORD = "_PASSWORD"  # noqa: S105 - how the reading of credentials is told what the value is
_ONE_USER = Deferred(r"\s{0,9}\{\s{0,9}\"[^\"]{1,80}\"\s{0,9}:\s{0,9}\"([^\"\\]{1,200})\"\s{0,9}\}\s{0,9}")
"""Names with their passwords as JSON: `CLUSTER_RESTAPI_BASICAUTHCREDENTIALS` of IPFS Cluster.
Source: https://ipfscluster.io/documentation/reference/configuration/ (`basic_auth_credentials`), page not re-read."""
_MOST = 100
_NAMED = {"JIRA": "atlassian", "CONFLUENCE": "atlassian", "MICROSOFT": "microsoft-graph", "GRAPH": "microsoft-graph"}
_FEWEST_WITHOUT_A_NAME = 2
_NOT_GIVEN_TO_CLIENTS = frozenset({"web-extension", "keycloak", "github-actions"})


def extract(document: Document, claim: Claim) -> Extraction:
    """One app a variable of scopes, one credential a variable that holds one; other files say nothing here."""
    found: list[Resource] = []
    for match in list(_LINE.finditer(document.text))[:_MOST]:
        words = list(_words(match.group(2), match.start(2)))
        provider = _provider(match.group(1), [word for _, word in words])
        if provider is not None:
            name = match.group(1)
            found.append(Resource("app", name, claim.format, _app(document.path, match, provider, words)))
    found.extend(_credentials(document, claim))
    return Extraction(tuple(found), recognised=bool(found))


def _credentials(document: Document, claim: Claim) -> Iterator[Resource]:
    at, stated = Place(document.path), tuple(variables(document.text))
    around = Surroundings(document.text, stated)
    takes_names = has_real_values(document.path)
    found = credentials_of(
        (_leaf(one, at) for one in stated),
        document.text,
        claim.format,
        is_real=lambda one: takes_names and around.suggest_real(one),
    )
    for resource in found:
        facts = resource.facts
        if not isinstance(facts, Credential) or around.runs_here(facts):
            continue
        called = resource.name.removesuffix(_A_PASSWORD)
        if _OF_USERS.search(called) is not None:
            facts = replace(facts, name=Known(called, facts.at))
            resource = replace(resource, name=called, facts=facts)  # noqa: PLW2901 - the same one, as the file calls it
        if value_of(facts.type) == "pem-private-key" and not takes_names and around.are_local:
            yield replace(resource, facts=replace(facts, sample=Known(value=True, at=facts.at)))
        else:
            yield resource


def _leaf(one: Variable, at: Place) -> Leaf:
    """The variable, or the password of the one user whom an object of names and passwords has."""
    user = _ONE_USER.fullmatch(one.value) if _OF_USERS.search(one.name) is not None else None
    if user is None:
        return Leaf(one.name, one.value, at, start=one.start)
    return Leaf(f"{one.name}{_A_PASSWORD}", user[1], at, start=one.start + user.start(1))


def _words(text: str, start: int) -> Iterator[tuple[int, str]]:
    """The words of a value, each with where it begins in the file."""
    at = 0
    for gap in (*_BETWEEN.finditer(text), None):
        end = gap.start() if gap is not None else len(text)
        if end > at:
            yield start + at, text[at:end]
        at = gap.end() if gap is not None else end


def _provider(name: str, words: list[str]) -> str | None:
    """The provider all of whose scopes the words are."""
    named = [known for part, known in _names() if part in name.split("_")]
    candidates = named or [known for known in providers() if known not in _NOT_GIVEN_TO_CLIENTS]
    if not words or (not named and len(words) < _FEWEST_WITHOUT_A_NAME):
        return None
    fitting = [known for known in candidates if all(_is_known(known, word) for word in words)]
    return fitting[0] if len(fitting) == 1 else None


def _names() -> Iterator[tuple[str, str]]:
    yield from _NAMED.items()
    yield from ((known.upper(), known) for known in providers() if "-" not in known)


def _is_known(provider: str, word: str) -> bool:
    found = look_up(provider, word)
    return found is not None and not found.inferred


def _app(path: str, match: re.Match[str], provider: str, words: list[tuple[int, str]]) -> App:
    at = Place(path).within_text(match.start(1), match.end(1))
    return App(
        at=at,
        name=Known(match.group(1), at),
        provider=Known(provider, at),
        kind=Known("setting", at),
        scopes=tuple(
            scope_grant(word, Place(path).within_text(start, start + len(word)), provider, None)
            for start, word in words
        ),
    )
