"""The access policies of a template's key vaults, inside the vault or as its child, become what somebody may do there.

Source: learn.microsoft.com/azure/templates/microsoft.keyvault/vaults and …/vaults/accesspolicies, read 2026-11-22: the
child is named after what it does with its entries, `add`, `replace` or `remove`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nhilint.formats.aws.assembled import mapping
from nhilint.formats.azure.reference import key_referred
from nhilint.formats.azure.stated import property_of
from nhilint.formats.azure.vault_access import KEPT, VaultAccess
from nhilint.model.fact import Fact, Known, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from nhilint.formats.azure.stated import Principal
    from nhilint.formats.azure.template import TemplateResource
    from nhilint.formats.node import Node
    from nhilint.model.place import Place

VAULT: Final = "microsoft.keyvault/vaults"
_POLICIES: Final = f"{VAULT}/accesspolicies"
_MOST = 1_024
"""Policies that one vault can have."""


def vault_access(
    resources: Iterable[TemplateResource],
    by_key: dict[str, TemplateResource],
    named: Callable[[Node, str, Place], Principal],
) -> Iterator[tuple[Principal, VaultAccess]]:
    """Every access policy with the principal it names; `named` tells who the properties of an assignment mean."""
    for resource in resources:
        if resource.type not in (VAULT, _POLICIES) or resource.existing:
            continue
        vault = resource if resource.type == VAULT else _vault_of(resource, by_key)
        if _flag(vault, "enableRbacAuthorization") is True or _removes(resource):
            continue
        for index, entry in enumerate(_entries(resource)):
            # the properties of a role assignment call the same thing by another name
            named_as = mapping({"principalId": property_of(entry, "objectId")}, entry.at)
            principal = named(named_as, f"{resource.key}/{index}", entry.at)
            stated = property_of(entry, "permissions")
            permissions = mapping({kept: property_of(stated, kept) for kept in KEPT}, entry.at)
            yield (
                principal,
                VaultAccess(
                    principal=principal.key, at=entry.at, permissions=permissions, protected=_protected(vault, entry.at)
                ),
            )


def _entries(resource: TemplateResource) -> list[Node]:
    listed = property_of(property_of(resource.body, "properties"), "accessPolicies")
    return [entry for entry in list(listed.items())[:_MOST] if entry.is_mapping] if listed.is_list else []


def _vault_of(resource: TemplateResource, by_key: dict[str, TemplateResource]) -> TemplateResource | None:
    key = key_referred(property_of(resource.body, "parent")) or resource.key.rsplit("/", 2)[0]
    found = by_key.get(key.lower())
    return found if found is not None and found.type == VAULT and not found.existing else None


def _removes(resource: TemplateResource) -> bool:
    name = property_of(resource.body, "name")
    return resource.type == _POLICIES and name.is_text and str(name.value).lower().rsplit("/", 1)[-1] == "remove"


def _flag(vault: TemplateResource | None, name: str) -> object:
    node = property_of(property_of(vault.body, "properties"), name) if vault is not None else None
    return None if node is None or not node.exists else node.value


def _protected(vault: TemplateResource | None, at: Place) -> Fact[bool]:
    if vault is None:
        return Unknown("a vault that is declared elsewhere", at)
    for name in ("enableRbacAuthorization", "enablePurgeProtection"):
        if _flag(vault, name) not in (None, True, False):
            return Unknown(f"{name} is filled in when it is deployed", at)
    return Known(_flag(vault, "enablePurgeProtection") is True, at)
