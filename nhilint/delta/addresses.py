"""Where something goes, in words: by host, whatever host fits, without encryption."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.delta.power import Power, short
from nhilint.model.fact import value_of
from nhilint.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.model.vocabulary.capability import Endpoint


def endpoint(found: Endpoint | None, verb: str) -> Iterator[Power]:
    """Where something goes, by host; a way without encryption apart."""
    if found is None:
        return
    host = value_of(found.host)
    if host:
        yield Power(
            key=("host", verb, host),
            gained=f"{verb} {short(host)}",
            lost=f"no longer {verb} {short(host)}",
            weight=Severity.LOW if value_of(found.reach) == "loopback" else Severity.MEDIUM,
            place=found.at,
            about=short(host),
        )
    if value_of(found.wildcard) in ("host", "any"):
        said = short(value_of(found.url) or "any host")
        gained, lost = f"{verb} whatever host fits {said}", f"no longer {verb} whatever host fits {said}"
        yield Power(key=("open", verb, said), gained=gained, lost=lost, weight=Severity.HIGH, place=found.at)
    if value_of(found.scheme) in ("http", "ws") and value_of(found.reach) == "public":
        yield Power(
            key=("plain", verb),
            gained=f"{verb} {short(host or 'a host')} without encryption",
            lost=f"no longer goes to {short(host or 'a host')} without encryption",
            weight=Severity.HIGH,
            place=found.at,
        )
