"""Whether a module declares anything of Azure: the readers of that family are imported only then."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nhilint.formats.terraform.module import Module

_PREFIXES = (
    "azurerm_role",
    "azurerm_pim",
    "azurerm_user_assigned",
    "azurerm_federated",
    "azurerm_key_vault_access_policy",
    "azurerm_container_registry",
    "azurerm_cosmosdb_account",
    "azurerm_cognitive_account",
    "azurerm_eventgrid_",
    "azurerm_eventhub_namespace",
    "azurerm_servicebus_namespace",
    "azurerm_search_service",
    "azurerm_app_configuration",
    "azurerm_machine_learning_compute_",
    "azurerm_signalr_service",
    "azurerm_web_pubsub",
    "azurerm_iothub",
    "azurerm_redis_cache",
    "azurerm_kubernetes_cluster",
    "azapi_resource",
    "azuread_",
    "vault_azure_secret_backend_role",
)


def has_azure(module: Module) -> bool:
    """Whether one of its resources is read by the Azure family."""
    return any(
        kind.startswith(_PREFIXES) or (kind == "azurerm_key_vault" and "access_policy" in block.body)
        for (kind, _), block in module.resources.items()
    )
