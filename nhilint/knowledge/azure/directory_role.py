"""Roles of Microsoft Entra ID that Microsoft calls privileged and that lead to control of the tenant or its apps.

Source: learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference, template ids compared with
several published lists on 2026-11-22. Privileged roles that only read, or that reach ordinary users alone, are left
out.
"""

from __future__ import annotations

from typing import Final

_CONTROLLING: Final = {
    "62e90394-69f5-4237-9190-012177145e10": "Global Administrator",
    "e8611ab8-c189-46e8-94e1-60213ab1f814": "Privileged Role Administrator",
    "7be44c8a-adaf-4e2a-84d6-ab2649e08a13": "Privileged Authentication Administrator",
    "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3": "Application Administrator",
    "158c047a-c907-4556-b7ef-446551a6b5f7": "Cloud Application Administrator",
    "c4e39bd9-1100-46d3-8c65-fb160da0071f": "Authentication Administrator",
    "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9": "Conditional Access Administrator",
    "fe930be7-5e62-47db-91af-98c3a49a38b1": "User Administrator",
    "194ae4cb-b126-40b2-bd5b-6091b380977d": "Security Administrator",
    "3a2c62db-5318-420d-8d74-23affee5d9d5": "Intune Administrator",
    "29232cdf-9323-42fd-ade2-1d097af3e4de": "Exchange Administrator",
    "f28a1f50-f6e7-4571-818b-6a12f2af6b6c": "SharePoint Administrator",
}
_BY_NAME: Final = {name.lower(): name for name in _CONTROLLING.values()}


def controlling_role(named: str) -> str | None:
    """The display name of a role that controls the tenant or its apps, by template id or name; None for any other."""
    text = named.strip().lower()
    return _CONTROLLING.get(text) or _BY_NAME.get(text)
