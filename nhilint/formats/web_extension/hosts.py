"""Match patterns of browsers: which permissions name hosts, and which of those name every host.

Source: developer.chrome.com/docs/extensions/develop/concepts/match-patterns, read 2026-11-22: `<scheme>://<host>/<path>`,
`*` as scheme for http and https, `*` as host for every host, `*.` before one for its subdomains.
"""

from __future__ import annotations

from nhilint.formats.templates import braces

ALL = "<all_urls>"
_WEB = ("*://", "http://", "https://", "http*://")


def templates(text: str) -> str | None:
    """Why a text of a manifest cannot be taken as it stands; the pattern for all hosts only looks like a template."""
    return None if text == ALL else braces(text)


def is_pattern(text: str) -> bool:
    """Whether a permission is a host pattern."""
    return text == ALL or "://" in text


def is_every_host(text: str) -> bool:
    """Whether a pattern lets every web host in, or every one below a top-level domain."""
    if text == ALL:
        return True
    scheme = next((scheme for scheme in _WEB if text.startswith(scheme)), None)
    if scheme is None:
        return False
    host = text[len(scheme) :].partition("/")[0].partition(":")[0]
    return host in {"*", "*.*"} or (host.startswith("*.") and host.count(".") == 1)
