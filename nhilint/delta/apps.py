"""What an OAuth app asks for, of whom, and where what it learns goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.delta.addresses import endpoint
from nhilint.delta.app_tokens import tokens
from nhilint.delta.credentials import credentials
from nhilint.delta.deeds import deed
from nhilint.delta.power import Power, listed, ranked, short, switched
from nhilint.delta.services import callers
from nhilint.model.fact import known_records, value_of
from nhilint.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.delta.power import Held
    from nhilint.model.vocabulary import App
    from nhilint.model.vocabulary.app import ScopeGrant

_OPEN = {
    "owner": (0, "can be called by its owner"),
    "domain": (1, "can be called by everybody of the organisation"),
    "anyone_signed_in": (2, "can be called by whoever is signed in"),
    "anyone": (3, "can be called by anybody"),
}
_RUNS_AS = {"user": (0, "runs with the caller's rights"), "owner": (1, "runs with its owner's rights")}
_SPREAD = {
    "single": (0, "can be installed in one place"),
    "organization": (1, "can be installed in the organisation"),
    "public": (2, "can be installed by anybody"),
}
_PAGES = {
    "none": (0, "reads no web pages"),
    "some": (1, "reads and changes some web pages"),
    "all": (2, "reads and changes every web page"),
}
_CONSENT = {
    "administrator": (0, "acts for people after an administrator agrees"),
    "each_user": (1, "acts for people after each of them agrees"),
    "nobody": (2, "acts for people without anybody's agreement"),
}
_WEIGHTS = {
    "low": Severity.LOW,
    "medium": Severity.MEDIUM,
    "high": Severity.HIGH,
    "critical": Severity.CRITICAL,
}
_DIRECTORIES = frozenset({"microsoft", "entra", "microsoft-graph", "azure"})
"""Platforms whose application permissions reach what everybody of the organisation has."""
_SENDS = "may send requests to"
_TAKERS = {"anyone": "anybody", "anyone_signed_in": "whoever is signed in", "customers": "customers"}


def held_by_app(app: App) -> Iterator[Held]:
    """Everything about an app that is authority."""
    for scope in known_records(app.scopes):
        yield from _scope(scope, of_all=value_of(app.provider) in _DIRECTORIES)
    yield from ranked(app.open_to, _OPEN, "open", Severity.HIGH)
    yield from ranked(app.api_open_to, _OPEN, "api-open", Severity.MEDIUM)
    yield from ranked(app.runs_as, _RUNS_AS, "runs-as", Severity.HIGH)
    yield from ranked(app.distribution, _SPREAD, "spread", Severity.MEDIUM)
    yield from ranked(app.page_reach, _PAGES, "pages", Severity.HIGH)
    yield from ranked(app.consent, _CONSENT, "consent", Severity.HIGH, usual=1)
    yield from _entrances(app)
    yield from _addresses(app)
    yield from tokens(app)
    yield from credentials(app.credentials)


def _scope(scope: ScopeGrant, *, of_all: bool) -> Iterator[Held]:
    name = value_of(scope.id)
    if name is None:
        return
    category, access = value_of(scope.category), value_of(scope.access)
    as_app = " of all users, in its own name" if of_all else " in its own name"
    whose = as_app if value_of(scope.acts_as) == "app" else ""
    asked = " when it is asked for later" if value_of(scope.optional) is True else ""
    what = f"use {short(name)}{whose}{asked}"
    if category and access and category != "other":
        what = f"{deed(access, category)}{whose}{asked} (scope {short(name)})"
    key, narrower = ("scope", name, whose, asked), frozenset(listed(scope.narrower))
    yield Power(
        key=key,
        gained=f"may {what}",
        lost=f"may no longer {what}",
        weight=_WEIGHTS.get(value_of(scope.sensitivity) or "", Severity.MEDIUM),
        place=scope.at,
        about=short(name),
        covers=lambda other: (
            other[2] == whose and asked in ("", other[3]) and (other[1] == name or other[1] in narrower)
        ),
    )


def _entrances(app: App) -> Iterator[Held]:
    """Who may come in, and what comes in unasked."""
    for entrance in known_records(app.entrances):
        name = short(value_of(entrance.name) or "a way in")
        who = _TAKERS.get(value_of(entrance.open_to) or "", "others")
        gained, lost = f"lets {who} in by {name}", f"no longer lets {who} in by {name}"
        weight = Severity.HIGH if who == "anybody" else Severity.MEDIUM
        yield Power(key=("entrance", name, who), gained=gained, lost=lost, weight=weight, place=entrance.at, about=name)
    yield from callers(app.inbound)
    for operation in known_records(app.open_operations):
        name = short(value_of(operation.name) or "an operation")
        gained, lost = f"lets anybody call {name}", f"no longer lets anybody call {name}"
        key, place = ("operation", name), operation.at
        yield Power(key=key, gained=gained, lost=lost, weight=Severity.HIGH, place=place, about=name)
    broad = frozenset(listed(app.broad_offers))
    for fact, gained, lost in (
        (app.events, "is told of {}", "is no longer told of {}"),
        (app.scopes_offered, "offers the scope {}", "no longer offers the scope {}"),
        (app.bearer_in, "takes tokens from the {}", "no longer takes tokens from the {}"),
    ):
        for name in listed(fact):
            weight = Severity.HIGH if name in broad else Severity.MEDIUM if name == "query" else Severity.LOW
            yield Power(
                key=(gained, name),
                gained=gained.format(short(name)),
                lost=lost.format(short(name)),
                weight=weight,
                place=fact.at if fact is not None else app.at,
                about=short(name),
            )


def _addresses(app: App) -> Iterator[Held]:
    for redirect in known_records(app.redirects):
        yield from endpoint(redirect, "has codes and tokens sent to")
    for address in known_records(app.endpoints):
        yield from endpoint(address, "has data sent to")
    for host in known_records(app.fetches):
        yield from endpoint(host, _SENDS)
    for page in known_records(app.pages):
        yield from endpoint(page, "shows pages of")
    limited, free = "may send requests to listed hosts only", "may send requests to any host"
    yield from switched(((app.fetch_limited, limited, free, Severity.HIGH),), guard=True)
    if value_of(app.fetch_limited) is not True:
        # Whoever may send to any host gains none by a list.
        every = ("host", _SENDS, "*")
        place, covers = app.at, (lambda other: other[1] == _SENDS)
        yield Power(key=every, gained="", lost="", weight=Severity.INFO, place=place, covers=covers)
    for library in known_records(app.libraries):
        name = short(value_of(library.name) or "a library")
        newest = " in whatever its owner writes last" if value_of(library.development) is True else ""
        gained, lost = f"runs the code of {name} with its scopes{newest}", f"no longer runs the code of {name}{newest}"
        weight = Severity.HIGH if newest else Severity.MEDIUM
        key = ("library", value_of(library.id) or name, newest)
        yield Power(key=key, gained=gained, lost=lost, weight=weight, place=library.at)
