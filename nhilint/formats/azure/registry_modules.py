"""Calls of Azure Verified Modules become the resources that those make: role assignments and managed identities.

Source: github.com/Azure/bicep-registry-modules, avm/res/authorization/role-assignment (main.bicep of rg-scope,
sub-scope and mg-scope), avm/ptn/authorization/role-assignment and avm/res/managed-identity/user-assigned-identity, read
2026-11-22. The parameter `roleAssignments` of other modules gives roles on one resource or group, and is not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import Assembled, mapping
from nhilint.formats.azure.stated import property_of
from nhilint.formats.azure.template import ASSIGNMENT, FEDERATED, IDENTITY, TemplateResource
from nhilint.model.fact import Known
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.azure.stated import ScopeLevel
    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact
    from nhilint.model.place import Place

_ADDRESS = Deferred(r"^br(?:/public|:mcr\.microsoft\.com/bicep)[:/]avm/([a-z/-]{1,100}):")
_LEVELS: dict[str, ScopeLevel] = {
    "rg-scope": "resource_group",
    "sub-scope": "subscription",
    "mg-scope": "management_group",
}
_MOST = 100


def module_of_registry(address: str) -> str:
    """The path of a verified module; empty for any other address."""
    found = _ADDRESS.match(address)
    return str(found[1]) if found else ""


def made_by_call(address: str, params: Node, key: str, at: Place) -> Iterator[TemplateResource]:
    """The resources that a call makes, of the kinds that are read."""
    module = module_of_registry(address)
    if "authorization/role-assignment" in module:
        level = _level(module, params, at)
        role = property_of(params, "roleDefinitionIdOrName")
        names = ("principalId", "principalType", "condition")
        body = {name: property_of(params, name) for name in names if property_of(params, name).exists}
        properties = mapping({**body, "roleDefinitionId": role}, at)
        yield TemplateResource(ASSIGNMENT, key, mapping({"properties": properties}, at), at, level)
    elif module.endswith("managed-identity/user-assigned-identity"):
        yield TemplateResource(IDENTITY, key, mapping({}, at), at, Known("resource_group", at))
        listed = property_of(params, "federatedIdentityCredentials")
        for index, one in enumerate(list(listed.items())[:_MOST] if listed.is_list else []):
            body = {"name": property_of(one, "name"), "properties": one, "parent": Assembled(f"${{@{key}}}", one.at)}
            yield TemplateResource(
                FEDERATED, f"{key}/{index}", mapping(body, one.at), one.at, Known("resource", one.at)
            )


def _level(module: str, params: Node, at: Place) -> Fact[ScopeLevel]:
    """Where a role is given: by the name of the module, or of the pattern by the narrowest scope that is stated."""
    last = module.rpartition("/")[2]
    if last in _LEVELS:
        return Known(_LEVELS[last], at)
    if _is_stated(params, "resourceGroupName"):
        return Known("resource_group", at)
    return Known("subscription" if _is_stated(params, "subscriptionId") else "management_group", at)


def _is_stated(params: Node, name: str) -> bool:
    node = property_of(params, name)
    return node.exists and node.value not in ("", None)
