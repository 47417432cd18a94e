"""Spans of time as Go programs write them ("1h30m", "720h", "7d") become hours."""

from __future__ import annotations

from nhilint.source.deferred import Deferred

_PART = Deferred(r"(\d{1,12}(?:\.\d{1,9})?)(ms|[smhdw])")
_WHOLE = Deferred(r"(?:\d{1,12}(?:\.\d{1,9})?(?:ms|[smhdw])){1,6}")
_HOURS = {"ms": 1 / 3_600_000, "s": 1 / 3600, "m": 1 / 60, "h": 1.0, "d": 24.0, "w": 168.0}


def hours_in(text: str) -> float | None:
    """The hours of a span; None for a text that is none. Days and weeks are what Vault and Nomad add to Go."""
    if _WHOLE.fullmatch(text.strip()) is None:
        return None
    return sum(float(count) * _HOURS[unit] for count, unit in _PART.findall(text))
