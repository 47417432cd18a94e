"""Services of Azure in a module that say whether they take keys of their own beside the directory.

Read are the resources of the provider azurerm named below, in the spelling of every version, and `azapi_resource`,
which holds what a template holds. Source, read 2026-11-22: website/docs/r of
github.com/hashicorp/terraform-provider-azurerm (container_registry, cosmosdb_account, cognitive_account,
eventgrid_topic, eventgrid_domain, servicebus_namespace, eventhub_namespace, search_service, app_configuration,
machine_learning_compute_cluster, machine_learning_compute_instance, signalr_service, web_pubsub, iothub, redis_cache,
kubernetes_cluster), its CHANGELOG-v2.md (`local_authentication_disabled` of Cosmos DB, the block
`role_based_access_control` of clusters), and the registry's page of azapi_resource; for Event Hubs
azure-native's monitor.DiagnosticSetting (logs go by `eventHubAuthorizationRuleId`, and by nothing else).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import mapping
from nhilint.formats.azure.own_keys import CLUSTER, COSMOS, SERVICES, key_keeper, key_keepers, keys_by, switched_off
from nhilint.formats.azure.stated import Default
from nhilint.formats.azure.template import TemplateResource
from nhilint.formats.terraform.known_in_part import called_or_placed
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.formats.terraform.azure_module import AzureModule
    from nhilint.formats.terraform.module import Block
    from nhilint.model.fact import Fact
    from nhilint.model.vocabulary.identity import ResourcePolicy
    from nhilint.source.value import Value

_VARIABLE = Deferred(r'(?:"\$\{)?var\.(\w+)(?:\}")?')
KEEPERS = {
    "azurerm_container_registry": "microsoft.containerregistry/registries",
    "azurerm_cosmosdb_account": COSMOS,
    "azurerm_cognitive_account": "microsoft.cognitiveservices/accounts",
    "azurerm_eventgrid_topic": "microsoft.eventgrid/topics",
    "azurerm_eventgrid_domain": "microsoft.eventgrid/domains",
    "azurerm_servicebus_namespace": "microsoft.servicebus/namespaces",
    "azurerm_eventhub_namespace": "microsoft.eventhub/namespaces",
    "azurerm_search_service": "microsoft.search/searchservices",
    "azurerm_app_configuration": "microsoft.appconfiguration/configurationstores",
    "azurerm_machine_learning_compute_cluster": "microsoft.machinelearningservices/workspaces/computes",
    "azurerm_machine_learning_compute_instance": "microsoft.machinelearningservices/workspaces/computes",
    "azurerm_signalr_service": "microsoft.signalrservice/signalr",
    "azurerm_web_pubsub": "microsoft.signalrservice/webpubsub",
    "azurerm_iothub": "microsoft.devices/iothubs",
    "azurerm_redis_cache": "microsoft.cache/redis",
    "azurerm_kubernetes_cluster": CLUSTER,
}
"""Types of resources with what a template calls them."""
_SWITCHES = {
    "admin_enabled": True,
    "local_auth_enabled": True,
    "local_authentication_enabled": True,
    "local_authentication_disabled": False,
    "access_keys_authentication_enabled": True,
    "local_account_disabled": False,
}
"""Attributes with the value that lets keys in."""
_BESIDE_KEYS = "authentication_failure_mode"
"""What lets identities into a search service beside its keys."""
_RIGHTS = ("send", "listen", "manage")
_ROLES = "role_based_access_control_enabled"
_ROLES_BEFORE = "role_based_access_control"


def module_key_keepers(module: AzureModule) -> Iterator[tuple[str, ResourcePolicy]]:
    """A name and the facts of every service of a module that says whether it takes keys or asks for rights."""
    for block in module.blocks(*KEEPERS):
        service = SERVICES[KEEPERS[block.kind]]
        roles = _without_roles(module, block) if block.kind == "azurerm_kubernetes_cluster" else None
        name = called_or_placed(str(module.node(block, "name").value), block.kind, block.label, block.at.path)
        only = block.kind == "azurerm_search_service" and _BESIDE_KEYS not in block.body
        found = key_keeper(name, block.at, service, _keys(module, block), roles, only=only)
        if found is not None:
            yield found
    yield from key_keepers(list(_of_azapi(module)))


def _keys(module: AzureModule, block: Block) -> Fact[str]:
    if block.kind == "azurerm_cosmosdb_account" and module.node(block, "kind").value == "MongoDB":
        return None
    if block.kind == "azurerm_eventhub_namespace" and _is_fed_by_rule(module, block):
        return None
    name = next((name for name in _SWITCHES if name in block.body), None)
    if name is None:
        return None
    switch = _decided(module, block.body[name], module.node(block, name))
    return keys_by(switch, SERVICES[KEEPERS[block.kind]], opens=_SWITCHES[name])


def _is_fed_by_rule(module: AzureModule, namespace: Block) -> bool:
    """Whether the module makes a rule for it that only sends: Azure Monitor's diagnostic settings take nothing else."""
    rules = module.blocks("azurerm_eventhub_namespace_authorization_rule", "azurerm_eventhub_authorization_rule")
    return any(
        module.referred(rule.body.get("namespace_name")) == (False, namespace.kind, namespace.label)
        and [module.node(rule, right).value is True for right in _RIGHTS] == [True, False, False]
        for rule in rules
    )


def _decided(module: AzureModule, value: Value, found: Node) -> Node:
    """What a switch says; a default where it is neither written there nor handed over by who calls the module."""
    if not isinstance(value, Expression):
        return found
    named = _VARIABLE.fullmatch(value.text.strip()) if len(value.text) < 200 else None
    handed = named is not None and named[1] in module.resolver.module.arguments
    return found if handed else Default(found.value, found.at)


def _without_roles(module: AzureModule, block: Block) -> Fact[bool]:
    if _ROLES in block.body:
        return switched_off(module.node(block, _ROLES))
    for body, spot in module.inner(block, _ROLES_BEFORE)[:1]:
        return switched_off(module.resolver.node(body.get("enabled"), spot.to("enabled")))
    return None


def _of_azapi(module: AzureModule) -> Iterator[TemplateResource]:
    for block in module.blocks("azapi_resource"):
        stated = module.node(block, "type")
        kind = str(stated.value).partition("@")[0].lower() if stated.is_text else ""
        if kind in SERVICES:
            body = module.node(block, "body")
            yield TemplateResource(
                kind, f"{block.kind}#{block.label}", _with_decided(module, block, body), block.at, None
            )


def _with_decided(module: AzureModule, block: Block, body: Node) -> Node:
    """The body of a template's resource, in which a switch that nobody decided on is told as such."""
    raw = block.body.get("body")
    if isinstance(raw, Expression):
        raw = raw.arguments[0] if raw.function == "jsonencode" and raw.arguments else None
    stated = raw.get("properties") if isinstance(raw, dict) else None
    properties = body["properties"]
    if not isinstance(stated, dict) or not properties.is_mapping:
        return body
    entries = {key: _decided(module, stated.get(key), inner) for key, inner in properties.entries()}
    return mapping({**dict(body.entries()), "properties": mapping(entries, properties.at)}, body.at)
