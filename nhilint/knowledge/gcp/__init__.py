"""What Google Cloud is like, offline: predefined roles and their permissions, escalation paths, spellings.

Nothing here knows a policy's syntax or where it was written. Data loads on first use, once.
"""

from __future__ import annotations

from nhilint.knowledge.gcp.escalation import Escalation, all_escalations, escalations
from nhilint.knowledge.gcp.permission_set import PermissionSet, permissions, permissions_of
from nhilint.knowledge.gcp.role_power import (
    BASIC_ROLES,
    Access,
    RolePower,
    access_of,
    impersonating,
    power_of,
    power_of_set,
    starts_nothing,
)
from nhilint.knowledge.gcp.role_table import is_known_role, stage_of
from nhilint.knowledge.gcp.service_power import SERVICE_POWERS, ServicePower, service_powers
from nhilint.knowledge.gcp.spelling import slip_of_permission, slip_of_role

__all__ = [
    "BASIC_ROLES",
    "SERVICE_POWERS",
    "Access",
    "Escalation",
    "PermissionSet",
    "RolePower",
    "ServicePower",
    "access_of",
    "all_escalations",
    "escalations",
    "impersonating",
    "is_known_role",
    "permissions",
    "permissions_of",
    "power_of",
    "power_of_set",
    "service_powers",
    "slip_of_permission",
    "slip_of_role",
    "stage_of",
    "starts_nothing",
]
