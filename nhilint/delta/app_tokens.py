"""How an app obtains its tokens, what proves who it is, and for how long they work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.delta.power import Measure, Power, listed, stated, switched
from nhilint.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.delta.power import Held
    from nhilint.model.fact import Fact
    from nhilint.model.vocabulary import App

_WITHOUT_PROOF = frozenset({"implicit", "password"})
_USUAL_HOURS = 24


def tokens(app: App) -> Iterator[Held]:
    """Everything about an app's tokens that is authority."""
    for grant in listed(app.grant_types):
        weight = Severity.HIGH if grant in _WITHOUT_PROOF else Severity.LOW
        said = grant.replace("_", " ")
        gained, lost = f"may obtain tokens by the {said} grant", f"may no longer obtain tokens by the {said} grant"
        place = app.grant_types.at if app.grant_types is not None else app.at
        yield Power(key=("grant", grant), gained=gained, lost=lost, weight=weight, place=place, about=said)
    yield from switched(_held_back(app), guard=True)
    yield from switched(_opened(app))
    if hours := stated(app.access_hours):
        words = f"has access tokens for {hours[0]:g} hours"
        usual = _USUAL_HOURS
        yield Measure(key=("access",), rank=hours[0], words=words, weight=Severity.MEDIUM, place=hours[1], usual=usual)


def _held_back(app: App) -> Iterator[tuple[Fact[bool], str, str, Severity]]:
    expires, lasting = "has tokens that expire and rotate", "has tokens that no longer expire and rotate"
    replaced, same = "has refresh tokens that are replaced at each use", "keeps the same refresh token"
    yield app.token_rotation, expires, lasting, Severity.HIGH
    yield app.refresh_rotates, replaced, same, Severity.HIGH
    yield app.refresh_expires, "has refresh tokens that end", "has refresh tokens that never end", Severity.HIGH
    proves, need_not = "must prove that it asked for a code (PKCE)", "need not prove that it asked for a code (PKCE)"
    yield app.pkce_required, proves, need_not, Severity.HIGH
    binds, loose = "offers to bind codes to who asked (PKCE)", "no longer offers to bind codes to who asked (PKCE)"
    yield app.pkce_offered, binds, loose, Severity.MEDIUM
    yield app.ip_limited, "works only from known addresses", "works from any address", Severity.HIGH


def _opened(app: App) -> Iterator[tuple[Fact[bool], str, str, Severity]]:
    away, not_away = "may act as people who are away", "may no longer act as people who are away"
    yield app.impersonates, away, not_away, Severity.CRITICAL
    unproved, proved = "needs no secret to prove who it is", "needs a secret to prove who it is"
    yield app.public_client, unproved, proved, Severity.MEDIUM
    besides = "lets flows without a secret in besides"
    yield app.public_fallback, besides, f"no longer {besides}", Severity.HIGH
    every, own = "has tokens with every role of whom they are for", "has tokens with the roles that it was given"
    yield app.full_scope, every, own, Severity.HIGH
