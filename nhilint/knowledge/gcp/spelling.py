"""Role and permission names that Google does not know become the name that was meant, where that is beyond doubt.

A newer role is no slip: only a name that is hardly different from a known one counts, and its first letters must agree.
`difflib` is imported on the first guess only.
"""

from __future__ import annotations

from functools import lru_cache

from nhilint.knowledge.gcp import role_table

_HARDLY_DIFFERENT = 0.92
"""The difflib ratio from which a name is taken for a slip of the pen."""
_LONGEST = 160


@lru_cache(maxsize=512)
def slip_of_role(role: str) -> str | None:
    """The predefined role that was meant by a name that is none; None for a known role and for a stranger."""
    if not role.startswith("roles/") or len(role) > _LONGEST or role_table.is_known_role(role):
        return None
    folded = {known.lower(): known for known in role_table.role_names()}
    if role.lower() in folded:
        return folded[role.lower()]
    service, _, name = role.partition(".")
    in_service = {known.partition(".")[2]: known for known in folded.values() if known.startswith(f"{service}.")}
    so_named = {known.partition(".")[0]: known for known in folded.values() if known.endswith(f".{name}")}
    right_name, right_service = _near(name, tuple(in_service)), _near(service, tuple(so_named))
    return in_service[right_name] if right_name else so_named[right_service] if right_service else None


@lru_cache(maxsize=512)
def slip_of_permission(permission: str) -> str | None:
    """The permission that was meant by a name that is none; None for a known one and for a stranger."""
    numbers = role_table.permission_numbers()
    if permission in numbers or len(permission) > _LONGEST:
        return None
    service = permission.partition(".")[0] + "."
    family = tuple(name for name in numbers if name.startswith(service))
    folded = {name.lower(): name for name in family}
    return folded.get(permission.lower()) or _near(permission, family)


def _near(name: str, known: tuple[str, ...]) -> str | None:
    """The one close name: a singular for a plural, swapped letters; a number more or less is another version."""
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1, cutoff=_HARDLY_DIFFERENT)
    if not near or sorted(filter(str.isdigit, near[0])) != sorted(filter(str.isdigit, name)):
        return None
    return near[0] if abs(len(near[0]) - len(name)) <= 2 else None
