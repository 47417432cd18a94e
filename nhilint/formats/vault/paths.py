"""What a path of a Vault policy reaches: everything, what decides over rights, or a whole store of secrets.

A star counts only at the end, where it stands for any rest; a plus stands for one part. Sources:
developer.hashicorp.com/vault/docs/concepts/policies (paths, capabilities, root-protected endpoints, among which writing
policies is not) and …/vault/api-docs/auth/token, read 2026-11-22.
"""

from __future__ import annotations

from nhilint.source.deferred import Deferred

WRITING = frozenset({"create", "update", "patch", "write"})
"""Capabilities that change something. `write` is the older word for all of them."""
_ANY = "\0"
_RIGHTS = (
    f"sys/policies/acl/{_ANY}",
    f"sys/policy/{_ANY}",
    f"identity/group/id/{_ANY}",
    f"identity/entity/id/{_ANY}",
)
_LOGINS = frozenset({"role", "roles", "users", "groups", "certs"})
_STORES = ("secret", "kv", "kv-v2")
"""The names under which a key/value store is mounted unless somebody chooses another."""
_BESIDE_VALUES = frozenset({"metadata", "delete", "undelete", "destroy", "subkeys", "config"})
"""What a store of versions has beside `data`; who is refused there still reads every value."""
_GAP = Deferred(r"^\$\{|^<|^\{\{(?!\s*identity\.)")


def covers(pattern: str, path: str) -> bool:
    """Whether a path of a policy holds for a path of a request."""
    is_open = pattern.endswith("*")
    wanted = pattern.removesuffix("*").split("/")
    parts = path.split("/")
    if is_open:
        if len(parts) < len(wanted):
            return False
        last, rest = wanted[-1], "/".join(parts[len(wanted) - 1 :])
        return _same(wanted[:-1], parts) and rest.startswith(last)
    return len(parts) == len(wanted) and _same(wanted, parts)


def is_everything(pattern: str) -> bool:
    """Whether a path holds for all that there is."""
    return pattern in ("*", "+*", "+/*", "/*")


def gives_rights(pattern: str) -> bool:
    """Whether who may write there decides over rights: any policy, any way to sign in, anybody's membership."""
    return any(covers(pattern, path) for path in _RIGHTS) or _any_login(pattern)


def enters_any_role(pattern: str, endpoint: str) -> bool:
    """Whether a path holds for one endpoint (`secret-id`, `role-id`) of every role of an AppRole mount.

    Source: developer.hashicorp.com/vault/api-docs/auth/approle (Generate new secret ID, Read AppRole role ID), from a
    survey, page not re-read.
    """
    parts = pattern.split("/")
    mounted = len(parts) == 5 and parts[0] == "auth" and parts[2] == "role"
    return mounted and parts[3] == "+" and parts[4].removesuffix("*") == endpoint


def opens_store(pattern: str) -> bool:
    """Whether who may read there reads all that a store under one of the usual names keeps."""
    return any(
        covers(pattern, f"{store}/{_ANY}/{_ANY}") or covers(pattern, f"{store}/data/{_ANY}/{_ANY}") for store in _STORES
    )


def narrows_store(pattern: str, denied: str) -> bool:
    """Whether a denied path takes values out of what a path opens in a store, and not only their names or versions."""
    store, _, below = denied.partition("/")
    if store not in _STORES or below.partition("/")[0].rstrip("*") in _BESIDE_VALUES:
        return False
    return pattern != denied and covers(pattern, denied.removesuffix("*"))


def is_left_open(pattern: str) -> bool:
    """Whether what a path reaches is filled in later, or by whom it holds for."""
    return _GAP.search(pattern) is not None


def _any_login(pattern: str) -> bool:
    """`auth/*`, `auth/MOUNT/*` and `auth/MOUNT/role/*`: every role of a method, each with the policies it hands out."""
    parts = pattern.split("/")
    if parts[0] != "auth" or parts[-1] != "*" or len(parts) > 4:
        return False
    return len(parts) < 4 or parts[2] in _LOGINS


def _same(wanted: list[str], parts: list[str]) -> bool:
    return all(want in ("+", part) for want, part in zip(wanted, parts, strict=False))
