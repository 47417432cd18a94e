"""Finds credentials in free text: one pass for the fixed texts of all shapes that have one, then the shape that hit.

The pass is an Aho-Corasick automaton (pyahocorasick). Importing and building it costs 1.4 ms once; looking up each of
the 217 anchors by itself instead costs 64 microseconds a text of 100 characters against 4, so that a second way for
short texts does not pay. What hits is tried as a whole expression at that place, its checksum is recomputed, and
documented examples and placeholders are dropped. Names and positions play no part here: shapes that need them, and
shapes no independent source confirmed, are left to `judge`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from nhilint.knowledge.credentials.addresses import login_at, shape_id_of
from nhilint.knowledge.credentials.recognition import confirmed, jwt_match, patterns
from nhilint.knowledge.credentials.records import catalogue
from nhilint.knowledge.credentials.slots import judge_password, shifted
from nhilint.knowledge.credentials.structures import JWT, decoded, pem_at, pem_record
from nhilint.knowledge.credentials.vocabulary import Match, Reading
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nhilint.knowledge.credentials.patterns import Pattern


_FIELDS = 1_000
"""How far from the key the other fields of a Google key file stand at most."""

_WRAPPED_PEM = "LS0tLS1CRUdJTi"
"""The base64 of "-----BEGIN"."""

_BASE64_RUN = Deferred(r"[A-Za-z0-9+/]{60,40000}={0,2}")


class Finder(Struct, frozen=True):
    """What to try where an anchor stands. Of matches with one span the lowest rank wins: the longest fixed text."""

    at: Callable[[str, int], Match | None]
    rank: int = 0


_BLOB_CHARACTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")
_BLOB = 64
"""A match that is the middle of this many further base64 characters is part of an image or an archive."""


def scan(text: str) -> Iterator[Match]:
    """Credentials in the text, in order and without overlap. Checksums that exist were verified."""
    found: list[tuple[int, int, int, Match]] = []
    for end, (length, finders) in _automaton().iter(text):
        for finder in finders:
            match = finder.at(text, end - length + 1)
            if match is not None:
                found.append((match.start, -match.end, finder.rank, match))
    found.sort(key=lambda one: one[:3])
    last = -1
    for _, _, _, match in found:
        if match.start >= last:
            last = match.end
            yield match


@cache
def _finders() -> dict[str, tuple[Finder, ...]]:
    """What to try where each anchor stands."""
    by_anchor: dict[str, list[Finder]] = {
        "://": [Finder(_login)],
        "eyJ": [Finder(_jwt)],
        "-----BEGIN ": [Finder(_pem)],
        _WRAPPED_PEM: [Finder(_wrapped_pem)],
    }
    for pattern in patterns():
        shape = pattern.record.shape
        if pattern.record.anchor == "self" and shape.verified and not shape.publishable:
            for anchor in pattern.anchors:
                by_anchor.setdefault(anchor, []).append(_by(pattern))
    return {anchor: tuple(finders) for anchor, finders in by_anchor.items()}


@cache
def _automaton() -> Any:  # noqa: ANN401 - pyahocorasick has no types
    from ahocorasick import Automaton

    automaton = Automaton()
    for anchor, finders in _finders().items():
        automaton.add_word(anchor, (len(anchor), finders))
    automaton.make_automaton()
    return automaton


def _by(pattern: Pattern) -> Finder:
    def find(text: str, place: int) -> Match | None:
        found = pattern.around(text, place)
        if found is None or _inside_blob(text, found.start, found.end):
            return None
        return confirmed(pattern.record, text, found).match

    return Finder(find, -pattern.fixed)


def _jwt(text: str, place: int) -> Match | None:
    token = JWT.match(text, place)
    recognised = jwt_match(token[0], place, None) if token is not None else None
    return recognised.match if recognised is not None else None


def _pem(text: str, place: int) -> Match | None:
    block = pem_at(text, place)
    if block is None:
        return None
    around = text[max(0, place - _FIELDS) : place] + text[block[0] : block[0] + _FIELDS]
    in_key_file = '"service_account"' in around
    record = catalogue().by_id["gcp-service-account-key"] if in_key_file else pem_record(block[1], None)
    return Match(record.shape, place, block[0], "none")


def _wrapped_pem(text: str, place: int) -> Match | None:
    """A key block in base64, as Kubernetes secrets and CI variables hold it."""
    if text[place - 1 : place] in _BLOB_CHARACTERS:
        return None
    run = _BASE64_RUN.match(text, place)
    block = pem_at(decoded(run[0]), 0) if run is not None else None
    if run is None or block is None:
        return None
    return Match(pem_record(block[1], None).shape, place, run.end(), "none")


def _login(text: str, place: int) -> Match | None:
    login = login_at(text, place)
    if login is None:
        return None
    user, password, host = (text[span.start : span.end] for span in login[1:])
    judgement = shifted(judge_password(user, password, host), login.password.start)
    if judgement.reading is not Reading.LITERAL:
        return None
    shape = catalogue().by_id[shape_id_of(login.scheme, host)].shape
    return judgement.match if _is_branded(judgement.match) else Match(shape, *login.password, "none")


def _is_branded(match: Match | None) -> bool:
    return match is not None and match.shape.provider != "Generic"


def _inside_blob(text: str, start: int, end: int) -> bool:
    first, last = start, end
    while first > max(0, start - _BLOB) and text[first - 1] in _BLOB_CHARACTERS:
        first -= 1
    while last < min(len(text), end + _BLOB) and text[last] in _BLOB_CHARACTERS:
        last += 1
    return (start - first) + (last - end) >= _BLOB
