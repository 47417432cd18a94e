"""What Azure and Microsoft Entra ID are like, offline: permissions, built-in roles, directory roles, escalation paths.

Nothing here knows a file format; assignments, scopes and conditions are put together in `formats`. Data loads on first
use, once.
"""

from __future__ import annotations

from nhilint.knowledge.azure.built_in_role import (
    BROAD_ROLES,
    CLUSTER_ADMIN,
    CONTRIBUTOR,
    GRANTING_ROLES,
    OWNER,
    BuiltInRole,
    built_in_names,
    built_in_role,
)
from nhilint.knowledge.azure.directory_role import controlling_role
from nhilint.knowledge.azure.escalation import (
    ASSIGN_ROLES,
    Escalation,
    EscalationKind,
    all_escalations,
    escalations,
    simplest,
    used_by,
)
from nhilint.knowledge.azure.permissions import DATA, Permissions, covers, matches, matches_any, overlap

__all__ = [
    "ASSIGN_ROLES",
    "BROAD_ROLES",
    "CLUSTER_ADMIN",
    "CONTRIBUTOR",
    "DATA",
    "GRANTING_ROLES",
    "OWNER",
    "BuiltInRole",
    "Escalation",
    "EscalationKind",
    "Permissions",
    "all_escalations",
    "built_in_names",
    "built_in_role",
    "controlling_role",
    "covers",
    "escalations",
    "matches",
    "matches_any",
    "overlap",
    "simplest",
    "used_by",
]
