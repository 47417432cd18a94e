"""A password of an app registration becomes a credential with the time it lives.

Source: learn.microsoft.com/graph/api/application-addpassword (without an end the secret lives two years from its start)
and learn.microsoft.com/entra/identity-platform/how-to-add-credentials (twelve months at most are advised), read
2026-11-22. The value never stands in these files.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from nhilint.formats.azure.stated import text_of
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.vocabulary.credential import Credential
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.node import Node
    from nhilint.model.place import Place

_UNSTATED_DAYS = 730.0
_HOURS = Deferred(r"^(\d{1,9})h(?:\d+m)?(?:\d+s)?$")
_NOBODY_WAITS = 2099
"""An end in that year or later is none."""


def client_secret(
    name: str, at: Place, start: Node, end: Node, relative: Node, *, rotates: bool = False, kind: str = "password"
) -> Credential:
    """The credential of a password or certificate; `relative` is a span of hours that some tools take instead, and
    `name` is empty where it is called nothing that tells it from others."""
    lifetime = None if rotates else _lifetime(at, start, end, relative)
    if kind != "password" and not any(node.exists and node.value is not None for node in (end, relative)):
        lifetime = Unknown("the certificate's own end", at)
    return Credential(
        at=end.at if end.exists else relative.at if relative.exists else at,
        name=Known(name, at) if name else None,
        type=Known(f"entra-client-{kind}", at),
        type_title=Known("a client secret" if kind == "password" else "a client certificate", at),
        provider=Known("microsoft", at),
        principal=Known("app", at),
        lifetime_days=lifetime,
        never_expires=_never(end),
    )


def _lifetime(at: Place, start: Node, end: Node, relative: Node) -> Fact[float]:
    if relative.exists and relative.value is not None:
        span = text_of(relative)
        hours = _HOURS.match(span.value.strip()) if isinstance(span, Known) else None
        if hours is None:
            return span if isinstance(span, Unknown) else Unknown("a span of another form", relative.at)
        return Known(int(hours[1]) / 24, relative.at)
    if not end.exists or end.value is None:
        return Known(_UNSTATED_DAYS, at)
    until = _moment(end)
    since = _moment(start)
    if until is None or since is None:
        return Unknown("counted from the day on which it is made", end.at)
    return Known(float((until - since).days), end.at)


def _never(end: Node) -> Fact[bool]:
    stated = text_of(end)
    if not isinstance(stated, Known):
        return stated
    until = _moment(end)
    return Known(until.year >= _NOBODY_WAITS, end.at) if until else Unknown("not a date", end.at)


def _moment(node: Node) -> datetime | None:
    """The day of a date; the hour does not matter."""
    text = node.value if isinstance(node.value, str) else ""
    try:
        return datetime.strptime(text[:10], "%Y-%m-%d")  # noqa: DTZ007 - only differences of days are asked for
    except ValueError:
        return None
