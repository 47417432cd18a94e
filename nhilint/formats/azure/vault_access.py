"""An access policy of a key vault becomes a grant on that one vault.

Source: learn.microsoft.com/rest/api/keyvault/keyvault/vaults/create-or-update (AccessPolicyEntry, Permissions,
enableRbacAuthorization, enablePurgeProtection), read 2026-11-22. A policy holds for everything of its sort that the
vault keeps; where the vault goes by roles its policies count for nothing. `all` is left open as to purging: Microsoft's
own tools differ in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from nhilint.formats.azure.stated import texts_of
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.vocabulary.statement import Grant

if TYPE_CHECKING:
    from nhilint.formats.node import Node
    from nhilint.model.place import Place

KEPT: Final = ("secrets", "keys", "certificates", "storage")
_READING: Final = frozenset({"get", "backup", "all"})
_MOST = 100


class VaultAccess(Struct, frozen=True, kw_only=True):
    """Who may do what in a vault: `permissions` maps each of KEPT to a list of words."""

    principal: str
    at: Place
    permissions: Node
    protected: Fact[bool]
    """whether the vault refuses every purge"""


def grant_of(access: VaultAccess) -> Grant | None:
    """The grant; none where the policy gives nothing."""
    listed = {kept: texts_of(access.permissions[kept]) for kept in KEPT}
    if not any(isinstance(fact, Unknown) or (fact is not None and fact.value) for fact in listed.values()):
        return None
    at = access.at
    return Grant(
        at=at,
        name=Known("access policy", at),
        effect=Known("allow", at),
        data_actions=_joined(listed, at),
        store_reads=_store_reads(listed["secrets"]),
        scope_level=Known("resource", at),
        purges=_purges(listed, access.protected, at),
    )


def _joined(listed: dict[str, Fact[tuple[str, ...]]], at: Place) -> Fact[tuple[str, ...]]:
    found: list[str] = []
    for kept, fact in listed.items():
        if isinstance(fact, Unknown):
            return fact
        found.extend(f"{kept}/{word.lower()}" for word in (fact.value[:_MOST] if fact else ()))
    return Known(tuple(found), at)


def _store_reads(secrets: Fact[tuple[str, ...]]) -> Fact[tuple[str, ...]]:
    if not isinstance(secrets, Known):
        return secrets
    found = tuple(f"secrets/{word.lower()}" for word in secrets.value[:_MOST] if word.lower() in _READING)
    return Known(found, secrets.at)


def _purges(listed: dict[str, Fact[tuple[str, ...]]], protected: Fact[bool], at: Place) -> Fact[bool]:
    """Whether something can be deleted and then purged; purging alone only reaches what others have deleted."""
    unsure: Unknown | None = None
    for fact in listed.values():
        if isinstance(fact, Unknown):
            unsure = unsure or fact
            continue
        words = {word.lower() for word in fact.value[:_MOST]} if fact else set()
        if fact is not None and {"delete", "purge"} <= words:
            return _unless(protected, fact.at)
        if fact is not None and "all" in words:
            unsure = unsure or Unknown("whether `all` takes in purging depends on the tool", fact.at)
    return unsure or Known(value=False, at=at)


def _unless(protected: Fact[bool], at: Place) -> Fact[bool]:
    if isinstance(protected, Unknown):
        return Unknown(protected.reason, at)
    return Known(not (protected is not None and protected.value), at)
