"""Services of Azure that keep keys or accounts of their own beside the directory, and what a file writes about them.

Only what stands in writing counts: that most services take keys when nothing is said is Azure's own default, and left
out, as is a parameter's default that repeats it. Keys that only write telemetry (Application Insights, Log Analytics)
are left out as well, and so are accounts of Cosmos DB for other interfaces than its own: those have nothing but keys.
Source, read 2026-11-22: the models of github.com/hashicorp/go-azure-sdk/resource-manager, made from Azure's own
interface descriptions (containerregistry, cosmosdb, cognitive, eventgrid, eventhub, servicebus, search,
appconfiguration, machinelearningservices, signalr, webpubsub, devices/iothub, redis, containerservice), avm/res of
github.com/Azure/bicep-registry-modules for the place of each property, and github.com/Azure/azure-policy,
Cosmos_DisableLocalAuth_Modify.json, for Cosmos DB's interfaces; a search service takes keys alone until it is told
otherwise: learn.microsoft.com/azure/search/search-security-enable-roles (`authOptions`) and the provider azurerm's page
of search_service (`authentication_failure_mode`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from nhilint.formats.azure.stated import Default, property_of
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.identity import ResourcePolicy
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.azure.template import TemplateResource
    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact
    from nhilint.model.place import Place


class Service(Struct, frozen=True):
    """A service, what its keys are, and the property that lets them in with the value that does."""

    title: str
    keys: str
    switch: str = "disableLocalAuth"
    opens: bool = False
    assumed: bool = True
    """whether Azure takes them when nothing is said"""


CLUSTER: Final = "microsoft.containerservice/managedclusters"
SEARCH: Final = "microsoft.search/searchservices"
COSMOS: Final = "microsoft.documentdb/databaseaccounts"
_SHARED = "shared access keys, among them one that manages everything in it"
SERVICES: Final[dict[str, Service]] = {
    "microsoft.containerregistry/registries": Service(
        "container registry",
        "the password of its admin user, who pulls and pushes every image",
        "adminUserEnabled",
        opens=True,
        assumed=False,
    ),
    COSMOS: Service("Cosmos DB account", "account keys, which read and write all its data"),
    "microsoft.cognitiveservices/accounts": Service("AI services account", "API keys, which use every model in it"),
    "microsoft.eventgrid/topics": Service("Event Grid topic", "access keys, which publish any event"),
    "microsoft.eventgrid/domains": Service("Event Grid domain", "access keys, which publish any event"),
    "microsoft.servicebus/namespaces": Service("Service Bus namespace", _SHARED),
    "microsoft.eventhub/namespaces": Service("Event Hubs namespace", _SHARED),
    SEARCH: Service("search service", "admin keys, which read and change every index"),
    "microsoft.appconfiguration/configurationstores": Service(
        "App Configuration store", "access keys, which read and change every setting"
    ),
    "microsoft.machinelearningservices/workspaces/computes": Service(
        "machine learning compute", "local users, who sign in without the directory"
    ),
    "microsoft.signalrservice/signalr": Service("SignalR service", "access keys, which send to every client"),
    "microsoft.signalrservice/webpubsub": Service("Web PubSub service", "access keys, which send to every client"),
    "microsoft.devices/iothubs": Service("IoT hub", "shared access keys, which manage every device"),
    "microsoft.cache/redis": Service(
        "Redis cache", "access keys, which read and write all its data", "disableAccessKeyAuthentication"
    ),
    CLUSTER: Service(
        "AKS cluster",
        "a local administrator's certificate, which does everything in the cluster",
        "disableLocalAccounts",
    ),
}
"""By the type of a resource in lower case."""
WORKSPACE: Final = "microsoft.machinelearningservices/workspaces"
"""Read because it may hold computes."""
_OTHER_INTERFACES = frozenset({"enablemongo", "enablecassandra", "enabletable", "enablegremlin"})
_OPEN_PART = Deferred(r"\$\{([A-Za-z]\w{0,60})\}")
_NAMING = Deferred(r"_?name$", flags=re.IGNORECASE)
"""How a parameter that only holds a name ends: what comes before says what is named."""
_LATER = "filled in when it is deployed"


def key_keepers(resources: Iterable[TemplateResource]) -> Iterator[tuple[str, ResourcePolicy]]:
    """A name and the facts of every service of a template that says whether it takes keys or asks for rights."""
    for resource in resources:
        service = SERVICES.get(resource.type)
        if service is None or resource.existing or not resource.body.is_mapping:
            continue
        properties = property_of(resource.body, "properties")
        keys = _keys(resource, properties, service)
        asks = property_of(properties, "enableRBAC") if resource.type == CLUSTER else None
        only = resource.type == SEARCH and _heeds_no_role(property_of(properties, "authOptions"))
        roles = switched_off(asks) if asks else None
        found = key_keeper(_name(resource), resource.at, service, keys, roles, only=only)
        if found is not None:
            yield found


def key_keeper(
    name: str, at: Place, service: Service, keys: Fact[str], without_roles: Fact[bool], *, only: bool = False
) -> tuple[str, ResourcePolicy] | None:
    """The facts of a service, which may take keys `only`; None where nothing of it stands in writing."""
    if keys is None and without_roles is None:
        return None
    facts = ResourcePolicy(
        at=at,
        name=Known(name, at),
        provider=Known("azure", at),
        service=Known(service.title, at),
        own_keys=keys,
        keys_only=Known(value=True, at=keys.at) if only and isinstance(keys, Known) else None,
        without_roles=without_roles,
    )
    return name, facts


def keys_by(switch: Node, service: Service, *, opens: bool) -> Fact[str]:
    """What a switch lets in: the keys of the service, or None when it keeps them out or is not there.

    A parameter whose default repeats what Azure assumes anyway leaves it to the caller.
    """
    if not switch.exists or switch.value is None:
        return None
    told = truth(switch.value)
    if told is None or (told is opens and service.assumed and isinstance(switch, Default)):
        return Unknown(_LATER, switch.at)
    return Known(service.keys, switch.at) if told is opens else None


def switched_off(switch: Node) -> Fact[bool]:
    """True where a switch is off; None where it is on or not there."""
    if not switch.exists or switch.value is None:
        return None
    told = truth(switch.value)
    if told is None:
        return Unknown(_LATER, switch.at)
    return None if told else Known(value=True, at=switch.at)


def truth(value: object) -> bool | None:
    """A truth value, which templates may spell as a text."""
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(value.strip().lower()) if isinstance(value, str) else None


def _keys(resource: TemplateResource, properties: Node, service: Service) -> Fact[str]:
    if resource.type == COSMOS and _has_keys_only(resource.body, properties):
        return None
    switch = property_of(properties, service.switch)
    if resource.type == SEARCH and not switch.exists:
        options = property_of(properties, "authOptions")
        named = any(property_of(options, name).exists for name in ("apiKeyOnly", "aadOrApiKey"))
        return Known(service.keys, options.at) if named else None
    return keys_by(switch, service, opens=service.opens)


def _heeds_no_role(options: Node) -> bool:
    """Whether the options of a search service, as far as they are written, let nothing but keys in."""
    written = options.is_mapping or not options.exists
    return written and not property_of(options, "aadOrApiKey").exists


def _has_keys_only(body: Node, properties: Node) -> bool:
    """Whether an account of Cosmos DB speaks an interface that knows nothing but keys."""
    kind = property_of(body, "kind")
    if kind.is_text and str(kind.value).lower() == "mongodb":
        return True
    listed = property_of(properties, "capabilities")
    names = (property_of(item, "name").value for item in list(listed.items())[:50])
    return any(isinstance(name, str) and name.lower() in _OTHER_INTERFACES for name in names)


def _name(resource: TemplateResource) -> str:
    """What its file calls the service, or what it is called where the file has no other name for it."""
    if "#" in resource.key:
        return resource.key.rsplit("#", 1)[-1][:80]
    name = property_of(resource.body, "name")
    if name.is_text and "${" not in str(name.value) and name.value:
        return str(name.value)[:80]
    open_part = _OPEN_PART.fullmatch(str(name.value)) if name.is_text else None
    return (_NAMING.sub("", open_part[1]) or open_part[1]) if open_part else resource.type.rsplit("/", 1)[-1]
