"""What a predefined role gives beyond its own service: everything, the policies, or other service accounts.

The named roles are Google's own (cloud.google.com/iam/docs/roles-overview, read 2026-11-22); any other role is judged
by the permissions that it holds.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final, Literal

from nhilint.knowledge.gcp.permission_set import PermissionSet, permissions, permissions_of
from nhilint.source.deferred import Deferred

BASIC_ROLES: Final = frozenset({"roles/owner", "roles/editor", "roles/viewer", "roles/writer", "roles/reader"})
"""Roles older than the permissions of single services: each reaches into every service of a project."""

_POLICY_CHANGES: Final = (
    "resourcemanager.organizations.setIamPolicy",
    "resourcemanager.folders.setIamPolicy",
    "resourcemanager.projects.setIamPolicy",
    "iam.roles.update",
)
_IMPERSONATION: Final = (
    "iam.serviceAccounts.getAccessToken",
    "iam.serviceAccounts.signJwt",
    "iam.serviceAccounts.signBlob",
    "iam.serviceAccounts.implicitDelegation",
    "iam.serviceAccountKeys.create",
    "iam.serviceAccounts.setIamPolicy",
)

RolePower = Literal["owner", "editor", "viewer", "policies", "impersonation", "act_as", "other"]
"""policies: may give itself any role. impersonation: may become any service account below where it is given. act_as:
may attach any of them to something that it starts."""


@cache
def power_of(role: str) -> RolePower | None:
    """The power of a predefined role; None when the table does not know it."""
    if role in BASIC_ROLES:
        return {"owner": "owner", "editor": "editor", "writer": "editor"}.get(role[6:], "viewer")  # type: ignore[return-value]
    held = permissions_of(role)
    return None if held is None else power_of_set(held)


def power_of_set(held: PermissionSet) -> RolePower:
    """The power of a set of permissions, as of a custom role."""
    if held & permissions(_POLICY_CHANGES):
        return "policies"
    if held & permissions(_IMPERSONATION):
        return "impersonation"
    return "act_as" if "iam.serviceAccounts.actAs" in held else "other"


def impersonating(held: PermissionSet) -> PermissionSet:
    """The permissions among some by which one service account becomes another."""
    return held & permissions((*_IMPERSONATION, "iam.serviceAccounts.getOpenIdToken"))


_STARTING = Deferred(
    r"\.(?:create|update|insert|patch|set|deploy|submit|start|resume|run|import|upload|replace|apply|attach|add|execute|"
    r"trigger|implicit|getAccessToken|getOpenIdToken|sign|sourceCodeSet|modify|rollback|restore|install|provision|"
    r"configure|clone|copy|convert|launch|migrate|edit|publish|mutate|write|manage|admin|approve)(?![a-z])\w*$"
)
"""How a permission ends by which somebody may make, change or set off what runs as a service account."""


def starts_nothing(role: str, held: PermissionSet) -> bool:
    """Whether nobody makes, changes or sets off anything by a role; Viewer, which looks at all there is, is one."""
    return role in ("roles/viewer", "roles/browser") or not any(map(_STARTING.search, held.names()))


Access = Literal["read", "write", "permissions"]


@lru_cache(maxsize=512)
def access_of(held: PermissionSet) -> tuple[Access, ...]:
    """What kinds of access a set of permissions gives, judged by the verbs of the permissions."""
    found: set[Access] = set()
    for name in held.names() if len(held) < _MANY else ():
        verb = name.rpartition(".")[2]
        if verb == "setIamPolicy":
            found.add("permissions")
        else:
            reads = verb.startswith(_READING) and not verb.endswith("Token")
            found.add("read" if reads else "write")
    return tuple(sorted(found)) if len(held) < _MANY else ("permissions", "read", "write")


_MANY: Final = 3_000
_READING: Final = ("get", "list", "search", "query", "view", "read", "consume", "export", "download", "fetch", "check")
