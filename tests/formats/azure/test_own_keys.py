"""What files write about keys and accounts that services of Azure keep beside the directory."""

from __future__ import annotations

import json

import pytest

from nhilint.formats.azure.claims import CLAIMS as OF_AZURE
from nhilint.formats.azure.own_keys import SERVICES
from nhilint.formats.terraform.azure_gate import _PREFIXES
from nhilint.formats.terraform.azure_keys import KEEPERS
from nhilint.formats.terraform.claims import CLAIMS as OF_TERRAFORM
from nhilint.model.fact import Unknown, value_of
from tests.formats.azure.repository import subjects, value

SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"


def read(files):
    return subjects(files, "resource_policy")


def bicep(kind, properties, more="", name="main.bicep", before=""):
    text = f"{before}\nresource one '{kind}@2025-01-01' = {{\n  name: 'one'\n  {more}\n  properties: {{ {properties} }}\n}}\n"
    return read({name: text})


def terraform(kind, body, before=""):
    return read({"main.tf": f'{before}\nresource "{kind}" "one" {{\n  name = "one"\n  {body}\n}}\n'})


def template(*resources, parameters=None):
    content = {"$schema": SCHEMA, "parameters": parameters or {}, "resources": list(resources)}
    return read({"main.json": json.dumps(content)})


@pytest.mark.parametrize("kind", sorted(SERVICES))
def test_every_service_says_so_in_a_template(kind):
    service = SERVICES[kind]
    facts = template({"type": kind, "name": "one", "properties": {service.switch: service.opens}})["one"]
    assert value(facts.own_keys) == service.keys
    assert value(facts.service) == service.title
    assert template({"type": kind, "name": "one", "properties": {service.switch: not service.opens}}) == {}
    assert template({"type": kind, "name": "one", "properties": {}}) == {}


@pytest.mark.parametrize(
    ("kind", "switch"),
    [
        ("azurerm_container_registry", "admin_enabled = true"),
        ("azurerm_cosmosdb_account", "local_authentication_disabled = false"),
        ("azurerm_cosmosdb_account", "local_authentication_enabled = true"),
        ("azurerm_cognitive_account", "local_auth_enabled = true"),
        ("azurerm_eventgrid_topic", "local_auth_enabled = true"),
        ("azurerm_eventgrid_domain", "local_auth_enabled = true"),
        ("azurerm_servicebus_namespace", "local_auth_enabled = true"),
        ("azurerm_eventhub_namespace", "local_authentication_enabled = true"),
        ("azurerm_search_service", "local_authentication_enabled = true"),
        ("azurerm_app_configuration", "local_auth_enabled = true"),
        ("azurerm_machine_learning_compute_cluster", "local_auth_enabled = true"),
        ("azurerm_machine_learning_compute_instance", "local_auth_enabled = true"),
        ("azurerm_signalr_service", "local_auth_enabled = true"),
        ("azurerm_web_pubsub", "local_auth_enabled = true"),
        ("azurerm_iothub", "local_authentication_enabled = true"),
        ("azurerm_redis_cache", "access_keys_authentication_enabled = true"),
        ("azurerm_kubernetes_cluster", "local_account_disabled = false"),
    ],
)
def test_every_service_says_so_in_terraform(kind, switch):
    (facts,) = terraform(kind, switch).values()
    assert value(facts.own_keys) == SERVICES[KEEPERS[kind]].keys
    name, _, shuts = switch.partition(" = ")
    assert terraform(kind, f"{name} = {'false' if shuts == 'true' else 'true'}") == {}
    assert terraform(kind, "") == {}


@pytest.mark.parametrize(
    ("kind", "more", "properties"),
    [
        ("Microsoft.DocumentDB/databaseAccounts", "kind: 'MongoDB'", "disableLocalAuth: false"),
        (
            "Microsoft.DocumentDB/databaseAccounts",
            "",
            "disableLocalAuth: false, capabilities: [ { name: 'EnableCassandra' } ]",
        ),
        ("Microsoft.Insights/components", "", "DisableLocalAuth: false"),
    ],
)
def test_who_has_nothing_but_keys_and_who_only_writes_telemetry(kind, more, properties):
    assert bicep(kind, properties, more) == {}


def test_what_a_module_is_told_counts_and_what_it_assumes_does_not():
    module = """
    param keysOff bool = false
    resource models 'Microsoft.CognitiveServices/accounts@2025-06-01' = {
      name: 'models'
      properties: { disableLocalAuth: keysOff }
    }
    """
    call = "module ai 'ai.bicep' = {\n  name: 'ai'\n  params: { GIVEN }\n}\n"
    told = read({"ai.bicep": module, "main.bicep": call.replace("GIVEN", "keysOff: false")})["models"]
    assert value(told.own_keys).startswith("API keys")
    assumed = read({"ai.bicep": module, "main.bicep": call.replace("GIVEN", "")})["models"]
    assert isinstance(assumed.own_keys, Unknown)
    assert read({"ai.bicep": module, "main.bicep": call.replace("GIVEN", "keysOff: true")}) == {}


def test_a_default_against_what_azure_assumes_is_a_decision():
    found = bicep("Microsoft.ContainerRegistry/registries", "adminUserEnabled: admin", before="param admin bool = true")
    assert "admin user" in value(found["one"].own_keys)
    template_default = template(
        {
            "type": "Microsoft.ContainerRegistry/registries",
            "name": "one",
            "properties": {"adminUserEnabled": "[parameters('admin')]"},
        },
        parameters={"admin": {"type": "bool", "defaultValue": True}},
    )
    assert "admin user" in value(template_default["one"].own_keys)


def test_defaults_and_choices_of_a_terraform_module():
    variable = 'variable "keys" {{\n  default = {}\n}}\n'
    facts = terraform("azurerm_cognitive_account", "local_auth_enabled = var.keys", variable.format("true"))["one"]
    assert isinstance(facts.own_keys, Unknown)
    assert terraform("azurerm_cognitive_account", "local_auth_enabled = var.keys", variable.format("false")) == {}
    chosen = "local_auth_enabled = var.keys ? true : false"
    assert isinstance(terraform("azurerm_cognitive_account", chosen, variable.format("true"))["one"].own_keys, Unknown)
    admin = terraform("azurerm_container_registry", "admin_enabled = var.keys", variable.format("true"))["one"]
    assert "admin user" in value(admin.own_keys)


def test_a_calling_module_that_lets_keys_in():
    module = (
        'variable "keys" {}\nresource "azurerm_cognitive_account" "one" {\n  name = "one"\n'
        "  local_auth_enabled = var.keys\n}\n"
    )
    call = 'module "ai" {\n  source = "./ai"\n  keys = true\n}\n'
    facts = read({"ai/main.tf": module, "main.tf": call})["one"]
    assert value(facts.own_keys).startswith("API keys")


@pytest.mark.parametrize("wrapped", ["{{ {} }}", "jsonencode({{ {} }})"])
@pytest.mark.parametrize("written", ["false", "var.off"])
def test_resources_of_the_provider_azapi(wrapped, written):
    body = wrapped.format(f"properties = {{ disableLocalAuth = {written} }}")
    text = f'type = "Microsoft.CognitiveServices/accounts@2025-06-01"\n  body = {body}'
    facts = terraform("azapi_resource", text, 'variable "off" {\n  default = false\n}\n')["one"]
    assert isinstance(facts.own_keys, Unknown) is (written == "var.off")


def test_search_says_it_by_its_options():
    facts = bicep("Microsoft.Search/searchServices", "authOptions: { apiKeyOnly: {} }")["one"]
    assert value(facts.own_keys).startswith("admin keys")
    shut = "authOptions: { aadOrApiKey: {} }, disableLocalAuth: true"
    assert bicep("Microsoft.Search/searchServices", shut) == {}


@pytest.mark.parametrize(
    ("options", "only"),
    [
        ("authOptions: { apiKeyOnly: {} }", True),
        ("disableLocalAuth: false", True),
        ("authOptions: { aadOrApiKey: {} }", None),
        ("authOptions: { aadOrApiKey: {} }, disableLocalAuth: false", None),
        ("authOptions: options, disableLocalAuth: false", None),
    ],
)
def test_search_takes_keys_alone_until_it_is_told_otherwise(options, only):
    assert value_of(bicep("Microsoft.Search/searchServices", options)["one"].keys_only) is only


@pytest.mark.parametrize(("more", "only"), [("", True), ('authentication_failure_mode = "http403"', None)])
def test_a_search_service_of_terraform_heeds_roles_by_its_failure_mode(more, only):
    facts = terraform("azurerm_search_service", f"local_authentication_enabled = true\n  {more}")["one"]
    assert value_of(facts.keys_only) is only
    redis = terraform("azurerm_redis_cache", "access_keys_authentication_enabled = true")["one"]
    assert (value(redis.own_keys)[:11], redis.keys_only) == ("access keys", None)


def test_computes_inside_of_a_workspace():
    text = """
    resource ws 'Microsoft.MachineLearningServices/workspaces@2024-10-01' = {
      name: 'ws'
      resource cpu 'computes@2024-10-01' = {
        name: 'cpu'
        properties: { computeType: 'AmlCompute', disableLocalAuth: false }
      }
    }
    """
    assert value(read({"main.bicep": text})["cpu"].own_keys).startswith("local users")


def test_a_cluster_without_roles():
    facts = bicep("Microsoft.ContainerService/managedClusters", "enableRBAC: false")["one"]
    assert value(facts.without_roles) is True
    assert facts.own_keys is None
    kind = "azurerm_kubernetes_cluster"
    assert value(terraform(kind, "role_based_access_control {\n enabled = false\n}")["one"].without_roles) is True
    assert isinstance(terraform(kind, "role_based_access_control_enabled = var.x")["one"].without_roles, Unknown)
    assert terraform(kind, "role_based_access_control_enabled = true") == {}
    text = {"type": "Microsoft.ContainerService/managedClusters", "name": "one", "properties": {"enableRBAC": "false"}}
    assert value(template(text)["one"].without_roles) is True


def test_a_resource_that_is_only_looked_up_states_nothing():
    text = "resource one 'Microsoft.ContainerRegistry/registries@2025-01-01' existing = {\n  name: 'one'\n}\n"
    assert read({"main.bicep": text}) == {}


def test_files_with_nothing_but_a_switch_are_read():
    probes = next(claim.probe for claim in OF_AZURE if claim.format == "bicep")
    for service in SERVICES.values():
        assert any(probe in service.switch.encode() for probe in probes), service
    assert all(kind.startswith(_PREFIXES) for kind in KEEPERS)
    assert b"local_auth" in next(claim.probe for claim in OF_TERRAFORM if claim.format == "terraform-azure")


@pytest.mark.parametrize("odd", [None, [], {}, "", 0, [[1]], {"a": []}, "[parameters('x')]", float(2**60)])
def test_odd_values_raise_nothing(odd):
    for kind in SERVICES:
        template({"type": kind, "name": odd, "kind": odd, "properties": odd})
        properties = dict.fromkeys(
            (
                "disableLocalAuth",
                "adminUserEnabled",
                "authOptions",
                "capabilities",
                "enableRBAC",
                "disableLocalAccounts",
            ),
            odd,
        )
        template({"type": kind, "name": "one", "properties": properties})


@pytest.mark.parametrize(
    ("parameter", "name"), [("registryName", "registry"), ("registry_name", "registry"), ("name", "name")]
)
def test_a_parameter_for_a_name_says_what_is_named(parameter, name):
    registry = {"type": "Microsoft.ContainerRegistry/registries", "name": f"[parameters('{parameter}')]"}
    assert list(template({**registry, "properties": {"adminUserEnabled": True}}, parameters={parameter: {}})) == [name]


def test_a_label_that_tells_nothing_gives_way_to_the_name():
    files = {"main.tf": 'resource "azurerm_container_registry" "%s" {\n  name = "%s"\n  admin_enabled = true\n}\n'}
    for label, name, told in (
        ("this", "AcmeImages", "AcmeImages"),
        ("acr", "${var.name}", "acr"),
        ("images", "x", "images"),
    ):
        assert list(read({"main.tf": files["main.tf"] % (label, name)})) == [told]
