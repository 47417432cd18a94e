"""Reads the end a signed address states for itself: a shared access signature's `se`, a presigned request's lifetime.

Times become seconds since 1970 UTC. Sources: Microsoft, "Create an account SAS" (`se` is ISO 8601 in UTC); AWS,
"Authenticating requests: query parameters" (`X-Amz-Date` as YYYYMMDDTHHMMSSZ, `X-Amz-Expires` in seconds).
"""

from __future__ import annotations

from nhilint.source.deferred import Deferred

_SE = Deferred(
    r"\bse=([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T([0-9]{2})(?::|%3[Aa])([0-9]{2})(?:(?::|%3[Aa])([0-9]{2}))?)?"
)
_AMZ_DATE = Deferred(r"X-Amz-Date=([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})Z")
_AMZ_LIFETIME = Deferred(r"X-Amz-Expires=([0-9]{1,7})\b")
_BREAKS = " \t\r\n\"'`<>"
_FARTHEST = 1500
"""An address is looked at no further than this many characters to each side."""


def address_around(text: str, start: int, end: int) -> str:
    """The run without white space or quotes that holds `text[start:end]`."""
    first, last = max(0, start - _FARTHEST), min(len(text), end + _FARTHEST)
    while start > first and text[start - 1] not in _BREAKS:
        start -= 1
    while end < last and text[end] not in _BREAKS:
        end += 1
    return text[start:end]


def stated_end(address: str) -> int | None:
    """The end an address states, or None when it states none or a day that does not exist."""
    signature = _SE.search(address)
    if signature:
        return _seconds(*(int(group or 0) for group in signature.groups()))
    date, lifetime = _AMZ_DATE.search(address), _AMZ_LIFETIME.search(address)
    if date is None or lifetime is None:
        return None
    begin = _seconds(*map(int, date.groups()))
    return begin + int(lifetime[1]) if begin is not None else None


def _seconds(year: int, month: int, day: int, hour: int, minute: int, second: int) -> int | None:
    from datetime import UTC, datetime

    try:
        return int(datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp())
    except ValueError:
        return None
