"""Access policies of key vaults, as blocks of their own or inside the vault, as the Azure family wants them.

Source: registry.terraform.io/providers/hashicorp/azurerm/latest/docs, resources key_vault and key_vault_access_policy,
read 2026-11-22. A vault goes by roles with `rbac_authorization_enabled`, formerly `enable_rbac_authorization`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import mapping
from nhilint.formats.azure.vault_access import VaultAccess
from nhilint.formats.terraform.module import Block
from nhilint.model.fact import Fact, Known, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.azure.stated import Principal
    from nhilint.formats.terraform.azure_module import AzureModule
    from nhilint.model.place import Place

_LISTS = {
    "secret_permissions": "secrets",
    "key_permissions": "keys",
    "certificate_permissions": "certificates",
    "storage_permissions": "storage",
}
_BY_ROLES = ("rbac_authorization_enabled", "enable_rbac_authorization")
_PURGE = "purge_protection_enabled"


def vault_access(module: AzureModule) -> Iterator[tuple[Principal, VaultAccess]]:
    """Every access policy with the principal it names."""
    for block in module.blocks("azurerm_key_vault_access_policy"):
        yield from _policy(module, block, _vault_of(module, block))
    for vault in module.blocks("azurerm_key_vault"):
        for body, spot in module.inner(vault, "access_policy"):
            yield from _policy(module, Block(vault.kind, vault.label, body, spot), vault)


def _policy(module: AzureModule, block: Block, vault: Block | None) -> Iterator[tuple[Principal, VaultAccess]]:
    if "object_id" not in block.body or _by_roles(module, vault) is True:
        return
    principal = module.principal(block, "object_id")
    permissions = mapping({kept: module.node(block, name) for name, kept in _LISTS.items()}, block.at)
    yield (
        principal,
        VaultAccess(
            principal=principal.key,
            at=block.at,
            permissions=permissions,
            protected=_protected(module, vault, block.at),
        ),
    )


def _vault_of(module: AzureModule, block: Block) -> Block | None:
    told = module.referred(block.body.get("key_vault_id"))
    return None if told is None or told[0] else module.resources.get(("azurerm_key_vault", told[2]))


def _by_roles(module: AzureModule, vault: Block | None) -> object:
    stated = [module.node(vault, name) for name in _BY_ROLES] if vault is not None else []
    return next((node.value for node in stated if node.exists), None)


def _protected(module: AzureModule, vault: Block | None, at: Place) -> Fact[bool]:
    if vault is None:
        return Unknown("a vault that is declared elsewhere", at)
    if _by_roles(module, vault) not in (None, False):
        return Unknown("whether the vault goes by roles is filled in later", at)
    node = module.node(vault, _PURGE)
    if node.exists and not isinstance(node.value, bool):
        return Unknown(f"{_PURGE} is filled in later", at)
    return Known(node.exists and node.value is True, at)
