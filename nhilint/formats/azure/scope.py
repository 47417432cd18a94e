"""A scope as a resource id becomes the sort of thing it names.

Source: learn.microsoft.com/azure/role-based-access-control/scope-overview, read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nhilint.formats.azure.stated import ScopeLevel

_GROUP = re.compile(r"^/providers/microsoft\.management/managementgroups/[^/]+/?$")
_SUBSCRIPTION = re.compile(r"^/subscriptions/[^/]+/?$")
_RESOURCE_GROUP = re.compile(r"^/subscriptions/[^/]+/resourcegroups/[^/]+/?$")
_RESOURCE = re.compile(r"^/subscriptions/[^/]+/resourcegroups/[^/]+/providers/.+$")
WIDE = frozenset({"tenant", "management_group", "subscription"})
"""Levels below which everything of an organisation or a subscription lies."""


def level_of(resource_id: str) -> ScopeLevel | None:
    """The level of a resource id whose open parts are `${…}`; None for what is none."""
    text = re.sub(r"\$\{[^{}]*\}", "x", resource_id.strip()).lower()
    if text == "/":
        return "tenant"
    if _GROUP.match(text):
        return "management_group"
    if _SUBSCRIPTION.match(text):
        return "subscription"
    if _RESOURCE_GROUP.match(text):
        return "resource_group"
    return "resource" if _RESOURCE.match(text) else None
