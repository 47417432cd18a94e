"""Roles, assignments and managed identities of a module, as the Azure family wants them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import Assembled, mapping, sequence
from nhilint.formats.azure.federation import federated_trust
from nhilint.formats.azure.stated import Assignment, Principal, StatedRole, text_of
from nhilint.formats.terraform.azapi_assignments import sent_assignments
from nhilint.formats.terraform.azure_called_identities import IDENTITY, identity_of_call
from nhilint.formats.terraform.azure_module import SPELLED, AzureModule
from nhilint.formats.terraform.known_in_part import called, called_or_placed
from nhilint.formats.terraform.referred_to import azure_roles_used
from nhilint.formats.terraform.resolver import Resolver
from nhilint.model.fact import Known
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.formats.terraform.module import Block, Spot
    from nhilint.model.vocabulary.trust import Trust
    from nhilint.source.value import Value

ASSIGNMENTS = ("azurerm_role_assignment", "azurerm_pim_active_role_assignment")
_LISTS = {
    "actions": "actions",
    "not_actions": "notActions",
    "data_actions": "dataActions",
    "not_data_actions": "notDataActions",
}


def stated_roles(module: AzureModule) -> dict[str, StatedRole]:
    """The custom roles of a module by label."""
    found: dict[str, StatedRole] = {}
    used = azure_roles_used(module.resolver.module)
    for block in module.blocks("azurerm_role_definition"):
        name = text_of(module.node(block, "name"))
        blocks = tuple(_permissions(module, body, spot) for body, spot in module.inner(block, "permissions"))
        if "permissions" in _dynamic(block):
            blocks = (*blocks, Assembled("${dynamic}", block.spot.to("dynamic", "permissions").place))
        found[block.label] = StatedRole(
            name=name.value if isinstance(name, Known) else called(str(module.node(block, "name").value), block.label),
            at=block.at,
            blocks=blocks,
            scopes=_scopes(module, block),
            unheld=block.label not in used,
        )
    return found


def managed_identities(module: AzureModule) -> Iterator[Principal]:
    """The user-assigned identities of a module."""
    for block in module.blocks("azurerm_user_assigned_identity"):
        key, name = f"{block.kind}.{block.label}", called(str(module.node(block, "name").value), block.label)
        yield Principal(key=key, name=name, at=block.at, kind=Known("service_account", block.at), declared=True)


def assignments(module: AzureModule, roles: dict[str, StatedRole]) -> Iterator[tuple[Principal, Assignment]]:
    """Every role assignment with the principal it names; one for each instance of a `for_each` that can be told."""
    for block in (*module.blocks(*ASSIGNMENTS), *sent_assignments(module)):
        yield from [_assignment(module, block, roles) for _ in module.instances(block)]


def _assignment(module: AzureModule, block: Block, roles: dict[str, StatedRole]) -> tuple[Principal, Assignment]:
    principal = module.principal(block, "principal_id", "principal_type")
    given = Assignment(
        principal=principal.key,
        at=block.at,
        role=_role(module, block, roles),
        level=module.level(block.body.get("scope"), block.spot.to("scope")),
        condition=text_of(module.node(block, "condition")),
    )
    return principal, given


def made_by_vault(module: AzureModule) -> Iterator[tuple[Principal, Assignment]]:
    """The service principals that Vault makes, with each role it gives them."""
    if next(module.blocks("vault_azure_secret_backend_role"), None) is not None:
        from nhilint.formats.terraform.vault_cloud_roles import azure_assignments

        yield from azure_assignments(module)


def managed_identity_trusts(module: AzureModule) -> Iterator[tuple[str, Trust]]:
    """The federated credentials of user-assigned identities, with the key of the identity."""
    for block in module.blocks("azurerm_federated_identity_credential"):
        name = "parent_id" if "parent_id" in block.body else "user_assigned_identity_id"
        told = module.referred(block.body.get(name))
        key = f"{told[1]}.{told[2]}" if told else f"{block.kind}.{block.label}"
        for _ in module.instances(block):
            yield key, federated_trust(credential_name(module, block), block.at, *credential(module, block))


def trusts_of_calls(module: AzureModule) -> Iterator[tuple[str, Trust]]:
    """The federated credentials of the identities that called modules hand back, where they are given a role."""
    told: set[str] = set()
    for block in module.blocks(*ASSIGNMENTS):
        value = block.body.get("principal_id")
        called = identity_of_call(module.resolver.module, value)
        key = f"principal_id={value.text}" if isinstance(value, Expression) else ""
        if called is None or key in told:
            continue
        told.add(key)
        child, label, _ = called
        for own, trust in managed_identity_trusts(AzureModule(Resolver(child))):
            if own == f"{IDENTITY}.{label}":
                yield key, trust


def credential_name(module: AzureModule, block: Block, key: str = "name") -> str:
    """What a message calls a federated credential: its label, or its name or place where the label tells nothing."""
    return called_or_placed(str(module.node(block, key).value), block.kind, block.label, block.at.path)


def credential(module: AzureModule, block: Block, audience: str = "audience") -> tuple[Node, Node, Node, Node]:
    """What a federated credential says: the issuer, for whom, and who, by subject or by expression."""
    names = ("issuer", audience, "subject", "claims_matching_expression")
    issuer, meant, subject, expression = (module.node(block, name) for name in names)
    return issuer, meant, subject, expression


def _permissions(module: AzureModule, body: dict[str, Value], spot: Spot) -> Node:
    return mapping(
        {key: module.resolver.node(body[name], spot.to(name)) for name, key in _LISTS.items() if name in body},
        spot.place,
    )


def _scopes(module: AzureModule, block: Block) -> Node:
    """Assignable scopes, or the scope of the definition, which the provider takes where there are none."""
    name = "assignable_scopes" if "assignable_scopes" in block.body else "scope"
    listed = block.body.get(name)
    if not isinstance(listed, list):
        return _scope(module, listed, block.spot.to(name)) if listed is not None else module.node(block, name)
    return sequence([_scope(module, one, block.spot.to(name, at)) for at, one in enumerate(listed)], block.at)


def _scope(module: AzureModule, value: Value, spot: Spot) -> Node:
    """A scope as text; one that names a block is spelled as far as its level."""
    level = module.level(value, spot) if module.referred(value) is not None else None
    text = SPELLED.get(level.value) if isinstance(level, Known) else None
    return Assembled(text, spot.place) if text else module.resolver.node(value, spot)


def _dynamic(block: Block) -> dict[str, Value]:
    dynamic = block.body.get("dynamic")
    return dynamic if isinstance(dynamic, dict) else {}


def _role(module: AzureModule, block: Block, roles: dict[str, StatedRole]) -> Node | StatedRole:
    name = next((n for n in ("role_definition_name", "role_definition_id") if block.body.get(n) is not None), None)
    if name is None:
        return Assembled("${role}", block.at)
    value, spot = block.body[name], block.spot.to(name)
    told = module.referred(value)
    if told is not None and told[1] == "azurerm_role_definition":
        return _declared(module, roles, told, spot)
    stated = module.resolver.stated(value.text) if isinstance(value, Expression) else None
    return stated if stated is not None else module.resolver.node(value, spot)


def _declared(
    module: AzureModule, roles: dict[str, StatedRole], told: tuple[bool, str, str], spot: Spot
) -> Node | StatedRole:
    is_data, _, label = told
    if not is_data:
        return roles.get(label) or Assembled(f"${{{label}}}", spot.place)
    block = module.data.get(("azurerm_role_definition", label))
    if block is None:
        return Assembled(f"${{{label}}}", spot.place)
    name = "name" if "name" in block.body else "role_definition_id"
    looked_up = module.node(block, name)
    return Assembled(looked_up.value, spot.place) if looked_up.is_text else Assembled(f"${{{label}}}", spot.place)
