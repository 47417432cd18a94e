"""A provider and the text of a scope become a judgement, or None where there is no honest one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.knowledge.scopes import catalogue, grammar
from nhilint.knowledge.scopes.scope import Scope

if TYPE_CHECKING:
    from nhilint.knowledge.scopes.scope import Entry, Holder, Sensitivity

_LONGEST = 256
"""characters; no provider has a scope half as long"""

_OTHER_NAMES = {
    "bitbucket": "atlassian",
    "confluence": "atlassian",
    "entra": "microsoft-graph",
    "google-workspace": "google",
    "graph": "microsoft-graph",
    "jira": "atlassian",
    "microsoft": "microsoft-graph",
    "msgraph": "microsoft-graph",
}
"""What else declarations call a provider of the catalogue."""

_PREFIXES = {
    "google": "https://www.googleapis.com/auth/",
    "microsoft-graph": "https://graph.microsoft.com/",
}
"""What stands before the short name of a scope where it is written out."""

_ALSO_BEFORE = {
    "google": ("http://www.googleapis.com/auth/", "www.googleapis.com/auth/"),
    "microsoft-graph": (
        "https://graph.microsoft.com//",
        "graph.microsoft.com/",
        "00000003-0000-0000-c000-000000000000/",
        "microsoft graph/",
    ),
}
"""How else the provider's address or id is put before it, in lower case."""


def providers() -> tuple[str, ...]:
    """The providers of the catalogue, sorted."""
    return tuple(sorted(catalogue.DOCUMENTATION))


def find_everywhere(scope: str) -> tuple[Scope, ...]:
    """What the catalogue has under a name, in the order of the providers; several may use the same word."""
    found = (look_up(provider, scope) for provider in providers())
    return tuple(one for one in found if one is not None and not one.inferred)


def find_near(scope: str, most: int = 5) -> tuple[str, ...]:
    """Spellings of the catalogue that resemble a text: the levels of a permission, then what looks alike."""
    from difflib import get_close_matches

    text = scope.lower()
    spellings = dict.fromkeys(spelling for name in providers() for spelling in catalogue.by_spelling(name))
    levels = [spelling for spelling in spellings if spelling.startswith(f"{text}:")]
    alike = get_close_matches(text, spellings, n=most, cutoff=0.8) if len(text) <= _LONGEST else []
    return tuple(dict.fromkeys([*levels, *alike]))[:most]


def provider_of_scope(scope: str) -> str | None:
    """The provider whose address a scope begins with; None for one that names nobody."""
    for name, prefix in _PREFIXES.items():
        if _written_out(name, scope.strip()).lower().startswith(prefix):
            return name
    return None


def judged_by_name(scope: str) -> Scope | None:
    """A scope that names its provider by an address and that the catalogue lacks, judged by its parts."""
    name = provider_of_scope(scope)
    return look_up(name, scope) if name is not None else None


def look_up(provider: str, scope: str, acts_as: Holder | None = None) -> Scope | None:
    """What a scope allows.

    `scope` may be the provider's spelling, an alias, a Google id without its address, a Graph GUID, or, for a
    permission with a level, `contents: write`. `acts_as` is for declarations that say who holds the token (Slack's
    `bot` and `user` lists, Entra's `Role` and `Scope`): some scopes are worse in a person's name, some in the app's
    own. Without it the weaker holder is assumed. None for an unknown provider, a template, and a name that follows no
    grammar.
    """
    name = _OTHER_NAMES.get(provider.lower(), provider.lower())
    text = _written_out(name, scope.strip().replace(": ", ":"))
    if name not in catalogue.DOCUMENTATION or not text or len(text) > _LONGEST:
        return None
    known = catalogue.by_spelling(name)
    short = text.lower().removeprefix(_PREFIXES.get(name, "")).rstrip("/")
    found = known.get(text.lower()) or known.get(short) or known.get(_PREFIXES.get(name, "") + short)
    if found is None:
        return _inferred(name, text, acts_as)
    entry, settled = found
    return _judged(name, entry, entry.acts_as or settled or acts_as)


def _may_hold(provider: str, scope: str, holder: Holder | None) -> bool:
    """Whether who holds a scope could hold another one instead; the app itself has none of a person's."""
    found = catalogue.by_spelling(provider).get(scope.lower()) if holder == "app" else None
    return found is None or found[0].acts_as != "user"


def _written_out(provider: str, text: str) -> str:
    """The text with the provider's address as the catalogue writes it."""
    lower = text.lower()
    for before in _ALSO_BEFORE.get(provider, ()):
        if lower.startswith(before):
            return _PREFIXES[provider] + text[len(before) :]
    return text


def _judged(provider: str, entry: Entry, holder: Holder | None) -> Scope:
    return Scope(
        id=entry.id,
        provider=provider,
        category=entry.category,
        access=entry.access,
        sensitivity=_sensitivity_for(entry, holder),
        restricted=entry.restricted,
        superseded=entry.superseded,
        narrower=tuple(one for one in entry.narrower if _may_hold(provider, one, holder)),
        acts_as=holder,
        verified=entry.verified,
        reviewed=provider in catalogue.REVIEWED,
        url=_url(provider, entry.id),
    )


def _sensitivity_for(entry: Entry, holder: Holder | None) -> Sensitivity:
    if holder == "user":
        return entry.as_user or entry.sensitivity
    if holder == "app":
        return entry.as_app or entry.sensitivity
    return entry.sensitivity


def _inferred(provider: str, text: str, holder: Holder | None) -> Scope | None:
    judgement = grammar.judge(provider, text)
    if judgement is None:
        return None
    return Scope(
        id=text,
        provider=provider,
        category=judgement.category,
        access=judgement.access,
        sensitivity=judgement.sensitivity,
        acts_as=holder,
        inferred=True,
        verified=False,
        url=catalogue.DOCUMENTATION[provider],
    )


def _url(provider: str, scope: str) -> str:
    """Slack has a page for every scope; the others one for all."""
    page = f"/{scope.replace(':', '.')}" if provider == "slack" else ""
    return catalogue.DOCUMENTATION[provider] + page
