"""What an OAuth app asks for, for how long, and of whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.delta.capabilities import credentials, endpoint
from nhilint.delta.power import Measure, Power, listed, ranked, short, stated
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
_WEIGHTS = {
    "low": Severity.LOW,
    "medium": Severity.MEDIUM,
    "high": Severity.HIGH,
    "critical": Severity.CRITICAL,
}
_VERBS = {
    "read": "read",
    "write": "change",
    "send": "send",
    "delete": "delete",
    "execute": "run",
    "admin": "administer",
}
_WITHOUT_PROOF = frozenset({"implicit", "password"})


def held_by_app(app: App) -> Iterator[Held]:
    """Everything about an app that is authority."""
    for scope in known_records(app.scopes):
        yield from _scope(scope)
    yield from ranked(app.open_to, _OPEN, "open", Severity.HIGH)
    yield from ranked(app.api_open_to, _OPEN, "api-open", Severity.MEDIUM)
    yield from ranked(app.runs_as, _RUNS_AS, "runs-as", Severity.HIGH)
    yield from ranked(app.distribution, _SPREAD, "spread", Severity.MEDIUM)
    yield from ranked(app.page_reach, _PAGES, "pages", Severity.HIGH)
    for redirect in known_records(app.redirects):
        yield from endpoint(redirect, "has codes and tokens sent to")
    for address in known_records(app.endpoints):
        yield from endpoint(address, "has data sent to")
    for host in known_records(app.fetches):
        yield from endpoint(host, "may send requests to")
    for grant in listed(app.grant_types):
        weight = Severity.HIGH if grant in _WITHOUT_PROOF else Severity.LOW
        said = grant.replace("_", " ")
        gained, lost = f"may obtain tokens by the {said} grant", f"may no longer obtain tokens by the {said} grant"
        place = app.grant_types.at if app.grant_types is not None else app.at
        yield Power(key=("grant", grant), gained=gained, lost=lost, weight=weight, place=place)
    yield from _tokens(app)
    yield from credentials(app.credentials)


def _scope(scope: ScopeGrant) -> Iterator[Held]:
    name = value_of(scope.id)
    if name is None:
        return
    category, access = value_of(scope.category), value_of(scope.access)
    as_app = value_of(scope.acts_as) == "app"
    what = f"{_VERBS.get(access, access)} {category.replace('_', ' ')}" if category and access else "do"
    whose = " of everybody, in its own name" if as_app else ""
    yield Power(
        key=("scope", name, "app" if as_app else "user"),
        gained=f"may {what}{whose} (scope {short(name)})",
        lost=f"may no longer {what}{whose} (scope {short(name)})",
        weight=_WEIGHTS.get(value_of(scope.sensitivity) or "", Severity.MEDIUM),
        place=scope.at,
    )


def _tokens(app: App) -> Iterator[Held]:
    for fact, gained, lost in (
        (app.token_rotation, "has tokens that expire and rotate", "has tokens that no longer expire and rotate"),
        (app.refresh_rotates, "has refresh tokens that are replaced at each use", "keeps the same refresh token"),
        (app.refresh_expires, "has refresh tokens that end", "has refresh tokens that never end"),
        (app.pkce_required, "must prove that it asked for a code (PKCE)", "need not prove that it asked for a code"),
        (app.ip_limited, "works only from known addresses", "works from any address"),
    ):
        found = stated(fact)
        if found is not None and found[0]:
            yield Power(key=(gained,), gained=gained, lost=lost, weight=Severity.HIGH, place=found[1], guard=True)
    found = stated(app.impersonates)
    if found is not None and found[0]:
        gained, lost = "may act as people who are away", "may no longer act as people who are away"
        yield Power(key=("impersonates",), gained=gained, lost=lost, weight=Severity.CRITICAL, place=found[1])
    if hours := stated(app.access_hours):
        words = f"has access tokens for {hours[0]:g} hours"
        yield Measure(key=("access",), rank=hours[0], words=words, weight=Severity.MEDIUM, place=hours[1])
