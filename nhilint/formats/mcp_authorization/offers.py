"""Which of the scopes that are offered stand for everything, by their own words."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from nhilint.model.fact import Known
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact

_MOST = 500
_BROAD = Deferred(
    r"\*|.{0,80}[.:/_-]\*|(?:.{0,80}[.:/_-])?(?:admin|administrator|superuser|root|sudo|full[-_]?access|all)(?:[.:/_-](?:access|all|\*))?|"
    r"(?:write|read_write|manage)[.:_-]all",
    flags=re.IGNORECASE,
)


def broad_offers(scopes: Node) -> Fact[tuple[str, ...]]:
    """The broad ones of a list, placed at the first of them."""
    if not scopes.is_list:
        return None
    found = [node for node in islice(scopes.items(), _MOST) if node.is_text and _BROAD.fullmatch(str(node.value))]
    return Known(tuple(str(node.value) for node in found), found[0].at if found else scopes.at)
