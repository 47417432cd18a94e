"""What OAuth scopes and app permissions allow, for twenty-one providers: `look_up` is the way in.

A declared scope becomes a judged one: exact name first, then aliases and GUIDs, then the grammar of the provider's
names. Nothing here knows the files that declare scopes.
"""

from __future__ import annotations

from nhilint.knowledge.scopes.lookup import (
    find_everywhere,
    find_near,
    judged_by_name,
    look_up,
    provider_of_scope,
    providers,
)
from nhilint.knowledge.scopes.scope import Holder, Scope, Sensitivity
from nhilint.model.category import Access, Category

__all__ = [
    "Access",
    "Category",
    "Holder",
    "Scope",
    "Sensitivity",
    "find_everywhere",
    "find_near",
    "judged_by_name",
    "look_up",
    "provider_of_scope",
    "providers",
]
