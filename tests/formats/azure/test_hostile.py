"""Nothing that a file can hold makes the readers of the Azure family raise."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.formats.azure import app_manifest, arm, bicep, role_file
from nhilint.formats.azure.claims import CLAIMS
from nhilint.formats.terraform.claims import CLAIMS as TERRAFORM
from nhilint.formats.terraform.fragment import extract as fragment
from nhilint.link import azure, terraform
from nhilint.model.resource import Extraction
from nhilint.source.document import Document, Syntax
from nhilint.source.value import Expression

WORDS = st.sampled_from(
    [
        "*",
        "[parameters('x')]",
        "[concat(",
        "${x}",
        "/subscriptions/x",
        "Role",
        "Owner",
        "Microsoft.Authorization/roleAssignments",
        "Microsoft.Resources/deployments",
        "[variables('x')[copyIndex()].x]",
        "[length(parameters('x'))]",
        "[copyIndex('x', 2)]",
        "2299-12-31",
        "",
    ]
)
KEYS = st.sampled_from(
    [
        *("Name", "Actions", "NotActions", "AssignableScopes", "permissions", "properties", "actions", "roleType"),
        *("$schema", "resources", "type", "name", "scope", "parameters", "variables", "template", "defaultValue"),
        *("copy", "count"),
        *("roleDefinitionId", "principalId", "principalType", "condition", "issuer", "subject", "audiences", "x"),
        *("requiredResourceAccess", "resourceAppId", "resourceAccess", "id", "signInAudience", "web", "redirectUris"),
        *("passwordCredentials", "endDateTime", "replyUrlsWithType", "url", "appId", "implicitGrantSettings"),
    ]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8) | WORDS
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=4), inner, max_size=6),
    max_leaves=30,
)
SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
CLAIM = {claim.format: claim for claim in CLAIMS}
SOURCE = st.lists(
    st.sampled_from(
        [
            *(
                "resource",
                "module",
                "param",
                "var",
                "output",
                "targetScope",
                "using",
                "import",
                "as",
                "from",
                "existing",
                "for",
                "if",
                "in",
                "x",
                "'a'",
            ),
            *(
                "{",
                "}",
                "[",
                "]",
                "(",
                ")",
                ":",
                "=",
                ".",
                "?",
                "??",
                ",",
                "\n",
                " ",
                "'${",
                "'''",
                "//",
                "@",
                "!",
                "1",
            ),
            "'Microsoft.Authorization/roleAssignments@2022-04-01'",
            "properties: {principalId: x.id}",
        ]
    ),
    max_size=60,
).map(" ".join)


def document(value, syntax=Syntax.JSON, path="a.json"):
    return Document(path, syntax, "", value)


@settings(max_examples=60, deadline=None)
@given(VALUES)
def test_json_of_any_shape(value):
    assert isinstance(role_file.extract(document(value), CLAIM["azure-role"]), Extraction)
    assert isinstance(app_manifest.extract(document(value), CLAIM["entra-app"]), Extraction)
    assert isinstance(arm.extract(document(value), CLAIM["arm-template"]), Extraction)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(KEYS, VALUES, max_size=8), max_size=4) | VALUES, VALUES, VALUES)
def test_templates_of_any_shape(resources, parameters, variables):
    template = {"$schema": SCHEMA, "resources": resources, "parameters": parameters, "variables": variables}
    assert isinstance(arm.extract(document(template), CLAIM["arm-template"]), Extraction)


@settings(max_examples=100, deadline=None)
@given(SOURCE | st.text(max_size=80))
def test_bicep_of_any_shape(source):
    read = bicep.extract(Document("a.bicep", Syntax.TEXT, source, source), CLAIM["bicep"])
    assert all(resource.format == "bicep" for resource in azure.join(read.resources))


BLOCKS = st.sampled_from(
    [
        *(
            "azurerm_role_assignment",
            "azurerm_role_definition",
            "azurerm_user_assigned_identity",
            "azuread_application",
        ),
        *("azurerm_federated_identity_credential", "azuread_application_password", "azuread_app_role_assignment"),
        *("azuread_directory_role_assignment", "azuread_service_principal", "azuread_application_api_access"),
        *("azuread_application_flexible_federated_identity_credential", "azapi_resource", "azurerm_cosmosdb_account"),
        *("azurerm_container_registry", "azurerm_kubernetes_cluster"),
    ]
)
ATTRIBUTES = st.sampled_from(
    [
        *(
            "scope",
            "role_definition_name",
            "role_definition_id",
            "principal_id",
            "condition",
            "for_each",
            "permissions",
        ),
        *("actions", "assignable_scopes", "name", "issuer", "subject", "audience", "parent_id", "application_id"),
        *("required_resource_access", "resource_access", "resource_app_id", "id", "type", "web", "password", "dynamic"),
        *("admin_enabled", "local_account_disabled", "role_based_access_control", "enabled", "body", "properties"),
        *("kind", "local_authentication_disabled", "disableLocalAuth"),
        *("app_role_id", "principal_object_id", "resource_object_id", "role_id", "client_id", "end_date", "role_ids"),
    ]
)
EXPRESSIONS = st.sampled_from(
    [
        *("var.x", "each.value", "local.y", "azuread_application.x.id", "azuread_service_principal.x.client_id"),
        *('azuread_service_principal.x.app_role_ids["Mail.Read"]', "data.azurerm_subscription.x.id", '"${var.a}/b"'),
        "azurerm_user_assigned_identity.x.principal_id",
    ]
).map(Expression)
BODIES = st.recursive(
    SCALARS | EXPRESSIONS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ATTRIBUTES, inner, max_size=6),
    max_leaves=25,
)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        BLOCKS, st.dictionaries(st.just("x"), st.lists(st.dictionaries(ATTRIBUTES, BODIES, max_size=8), max_size=2))
    )
)
def test_modules_of_any_shape(resources):
    claim = next(claim for claim in TERRAFORM if claim.format == "terraform-azure")
    read = fragment(Document("main.tf", Syntax.HCL, "", {"resource": resources}), claim)
    assert all(resource.at.path == "main.tf" for resource in terraform.join(read.resources))


def test_a_list_longer_than_any_role_is_unknown_and_quick():
    role = {"Name": "x", "Actions": ["Microsoft.Web/*"] * 100_000, "AssignableScopes": ["/subscriptions/x"]}
    assert role_file.extract(document(role), CLAIM["azure-role"]).recognised
