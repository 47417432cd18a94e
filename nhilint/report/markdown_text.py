"""Printable text of a scanned repository becomes Markdown that shows it literally, wherever it stands.

It cannot form a link, image, table, HTML element, mention or heading (GitHub Flavored Markdown 0.29, sections
2.4, 6.1, 6.3 and 6.9).
"""

from __future__ import annotations

import re

from nhilint.source.deferred import Deferred

_SPECIAL = Deferred(r"[\\`*_{}\[\]()#+!|~^$]|:(?=//)")
_ADDRESS = Deferred(r"[@#]|www\.", flags=re.IGNORECASE)
_BACKTICKS = Deferred("`+")


def plain(text: str) -> str:
    """Text between other Markdown; an invisible space keeps mentions, references and addresses from becoming links."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = _SPECIAL.sub(r"\\\g<0>", escaped)
    return _ADDRESS.sub(r"\g<0>&#8203;", escaped)


def code(text: str) -> str:
    """A code span; not for use inside a table, where a bar ends the cell."""
    if not text:
        return ""
    longest = max((len(run) for run in _BACKTICKS.findall(text)), default=0)
    fence = "`" * (longest + 1)
    padding = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{padding}{text}{padding}{fence}"
