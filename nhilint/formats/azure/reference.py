"""A text that says to which resource of the same deployment it leads.

`${@KEY.properties.principalId}` is what `values` makes of a part of a resource that only a deployment knows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.node import Node

REFERENCE = Deferred(r"^\$\{@(.+?)((?:\.\w+)*)\}$", flags=re.DOTALL)
_WITHIN = Deferred(r"\$\{@([^{}]+?)((?:\.\w+)*)\}")


def key_referred(node: Node) -> str | None:
    """The key of the resource that a text leads to, or begins with."""
    text = str(node.value) if node.is_text else ""
    found = REFERENCE.match(text) if len(text) < 2_000 else None
    found = found or (_WITHIN.match(text) if len(text) < 2_000 else None)
    return found[1] if found else None
