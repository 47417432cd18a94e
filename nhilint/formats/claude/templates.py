"""What counts as a template in a Claude Code file: marks of engines that fill it in before the product reads it.

Settings know no variables of their own, and `mcp__X__y`, `<name>` or `$VAR` are ordinary text there.
"""

from __future__ import annotations

from nhilint.source.deferred import Deferred

_ENGINE = Deferred(r"\{\{|\$\{\{|<%|\{%")


def engine_template(text: str) -> str | None:
    """Why a text cannot be taken as it stands, or None when it can."""
    return "a template" if _ENGINE.search(text) else None
