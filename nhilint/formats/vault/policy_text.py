"""A policy inside a text of another file becomes paths whose places point into that text.

Placeholders of the surrounding language arrive masked, so that offsets stay; `fill` gives back what they stand for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.embedded_hcl import embedded_hcl
from nhilint.formats.vault.policy import path_rules
from nhilint.formats.vault.rules import PathRule

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhilint.model.place import Place


def embedded_rules(text: str, place: Place, fill: Callable[[str], str], offset: int = 0) -> list[PathRule] | None:
    """The paths of a policy in a text; None when it is none. `offset` is where the text begins at its place."""
    root = embedded_hcl(text, place, offset) if "path" in text else None
    if root is None or not root["path"].is_mapping:
        return None
    return [PathRule(fill(rule.path), rule.body, rule.at) for rule in path_rules(root)]
