"""A scope as a resource id becomes the sort of thing it names.

Source: learn.microsoft.com/azure/role-based-access-control/scope-overview, read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.azure.stated import ScopeLevel

_GROUP = Deferred(r"^/providers/microsoft\.management/managementgroups/[^/]+/?$")
_SUBSCRIPTION = Deferred(r"^/subscriptions/[^/]+/?$")
_RESOURCE_GROUP = Deferred(r"^/subscriptions/[^/]+/resourcegroups/[^/]+/?$")
_RESOURCE = Deferred(r"^/subscriptions/[^/]+/resourcegroups/[^/]+/providers/.+$")
_STAND_IN = Deferred(r"/(?:\.{2,}|…|x{2,}|<[^<>/]*>)(?=/|$)")
"""A part that a person left out: what stands behind it may be anything."""
_OPEN_GROUP = Deferred(r"^\$\{(?![^{}]*subscription[_.])[^{}]*(?:resource_?group|[_.]rg)[^{}]*\}$")
_OPEN_RESOURCE = Deferred(
    r"^\$\{[^{}]*(?:vnet|subnet|network|cluster|vault|registry|acr|storage_?account|workspace|namespace|server|database)_?id\}$"
)
"""What a variable is called that will hold the id of a group or of one resource."""
WIDE = frozenset({"tenant", "management_group", "subscription"})
"""Levels below which everything of an organisation or a subscription lies."""


def level_of(resource_id: str) -> ScopeLevel | None:
    """The level of a resource id whose open parts are `${…}`; None for what is none."""
    called = resource_id.strip().lower()
    text = re.sub(r"\$\{[^{}]*\}", "x", called)
    if _STAND_IN.search(text):
        return None
    if text == "/":
        return "tenant"
    if _GROUP.match(text):
        return "management_group"
    if _SUBSCRIPTION.match(text):
        return "subscription"
    if _RESOURCE_GROUP.match(text) or _OPEN_GROUP.match(called):
        return "resource_group"
    return "resource" if _RESOURCE.match(text) or _OPEN_RESOURCE.match(called) else None
