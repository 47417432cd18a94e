"""The fragments of a folder become Azure's identities, Entra's app registrations and services with their own keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.azure.identities import identities
from nhilint.formats.azure.stated import Principal, Stated
from nhilint.formats.terraform.azure_keys import module_key_keepers
from nhilint.formats.terraform.azure_module import AzureModule
from nhilint.formats.terraform.azure_roles import (
    assignments,
    made_by_vault,
    managed_identities,
    managed_identity_trusts,
    stated_roles,
    trusts_of_calls,
)
from nhilint.formats.terraform.azure_vaults import vault_access
from nhilint.formats.terraform.azuread_apps import (
    application_trusts,
    apps,
    identities_with_permissions,
    principals,
    rights,
)
from nhilint.model.fact import Known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.azure.stated import PrincipalKind
    from nhilint.formats.terraform.resolver import Resolver
    from nhilint.model.place import Place
    from nhilint.model.vocabulary import App, Identity, ResourcePolicy


def azure_subjects(resolver: Resolver) -> Iterator[tuple[str, Identity | App | ResourcePolicy]]:
    """The identities, apps and services with keys of their own of a module, each with a name."""
    module = AzureModule(resolver)
    roles = stated_roles(module)
    given = [*assignments(module, roles), *made_by_vault(module)]
    held = list(rights(module))
    opened = list(vault_access(module))
    trusts = (*managed_identity_trusts(module), *application_trusts(module), *trusts_of_calls(module))
    known = [
        *managed_identities(module),
        *principals(module),
        *(p for p, _ in given),
        *(p for p, _ in (*held, *opened)),
    ]
    by_key: dict[str, Principal] = {}
    for principal in known:
        by_key.setdefault(principal.key, principal)
    for key, trust in trusts:
        by_key.setdefault(
            key, Principal(key=key, name=key.rpartition(".")[2], at=trust.at, kind=_kind_of(key, trust.at))
        )
    stated = Stated(
        principals=tuple(by_key.values()),
        assignments=tuple(assignment for _, assignment in given),
        rights=tuple(right for _, right in held),
        roles=tuple(roles.values()),
        trusts=trusts,
        vault_access=tuple(access for _, access in opened),
    )
    yield from identities(stated)
    yield from apps(module)
    yield from identities_with_permissions(module)
    yield from module_key_keepers(module)


def _kind_of(key: str, at: Place) -> Known[PrincipalKind]:
    return Known("app" if key.startswith("azuread_") else "service_account", at)
