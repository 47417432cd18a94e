"""Templates that several formats share: texts that become a value only when something else fills them in."""

from __future__ import annotations

from nhilint.source.deferred import Deferred

_BRACES = Deferred(r"\{\{|\$\{|<%|\{%|@@\w|__[A-Z][A-Z0-9_]*__|^<[^<>]+>$")


def braces(text: str) -> str | None:
    """Why a text is a template of a common engine or shell, or None when it can be taken as it stands."""
    return "a template" if _BRACES.search(text) else None
