"""What ARM templates, Bicep files and role files turn into."""

from __future__ import annotations

import json

import pytest

from nhilint.formats.azure.syntax import Parser
from nhilint.formats.azure.tokens import TooDeep, tokens
from nhilint.model.fact import Unknown
from tests.formats.azure.repository import ids, subjects, value

OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
IDENTITY = """
resource job 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'job'
  location: 'westeurope'
}
"""


def given(role, scope="", principal="job.properties.principalId"):
    at = f"  scope: {scope}\n" if scope else ""
    return (
        "resource given 'Microsoft.Authorization/roleAssignments@2022-04-01' = {\n  name: guid('x')\n" + at + ""
        f"  properties: {{\n    principalId: {principal}\n    roleDefinitionId: {role}\n  }}\n}}\n"
    )


def whole(role):
    return f"subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '{role}')"


@pytest.mark.parametrize(
    ("head", "scope", "level"),
    [
        ("", "", "resource_group"),
        ("targetScope = 'subscription'\n", "", "subscription"),
        ("targetScope = 'managementGroup'\n", "", "management_group"),
        ("", "subscription()", "subscription"),
        ("", "job", "resource"),
        ("targetScope = 'subscription'\n", "resourceGroup('site')", "resource_group"),
    ],
)
def test_the_level_of_an_assignment(head, scope, level):
    found = subjects({"main.bicep": head + IDENTITY + given(whole(OWNER), scope)})
    grant = found["job"].grants[0]
    assert (value(grant.role), value(grant.scope_level)) == ("Owner", level)


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("[concat('/subscriptions/', parameters('id'))]", "subscription"),
        ("[resourceGroup().id]", "resource_group"),
        ("[parameters('scope')]", "resource_group"),
    ],
)
def test_a_scope_among_the_properties_is_the_one_or_azure_refuses_it(said, level):
    properties = {"roleDefinitionId": f"[{whole(OWNER)}]", "principalId": "p", "scope": said}
    template = {
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "resources": [{"type": "Microsoft.Authorization/roleAssignments", "name": "x", "properties": properties}],
    }
    (found,) = subjects({"azuredeploy.json": json.dumps(template)}).values()
    assert value(found.grants[0].scope_level) == level


@pytest.mark.parametrize(
    "role",
    [
        whole(READER),
        f"'/subscriptions/x/providers/Microsoft.Authorization/roleDefinitions/{READER}'",
        "reader.id",
        "roles.reader",
        "'${subscription().id}/providers/Microsoft.Authorization/roleDefinitions/${roles.id}'",
    ],
)
def test_ways_to_name_a_role(role):
    text = IDENTITY + (
        "resource reader 'Microsoft.Authorization/roleDefinitions@2022-04-01' existing = {\n"
        f"  name: '{READER}'\n}}\n"
        f"var roles = {{\n  id: '{READER}'\n  reader: {whole(READER)}\n}}\n"
    )
    assert value(subjects({"main.bicep": text + given(role)})["job"].grants[0].role) == "Reader"


def test_a_module_is_read_with_what_its_caller_gives():
    module = "param who string\nparam what string\nparam sort string = 'ServicePrincipal'\n" + given(
        "resourceId('Microsoft.Authorization/roleDefinitions', what)", principal="who"
    ).replace("    roleDefinitionId", "    principalType: sort\n    roleDefinitionId")
    main = IDENTITY + (
        f"module one 'core/role.bicep' = {{\n  name: 'one'\n  params: {{\n"
        f"    who: job.properties.principalId\n    what: '{OWNER}'\n  }}\n}}\n"
        f"module two './core/role.bicep' = {{\n  name: 'two'\n  params: {{\n"
        f"    who: job.properties.principalId\n    what: '{READER}'\n  }}\n}}\n"
    )
    found = subjects({"infra/main.bicep": main, "infra/core/role.bicep": module})
    assert list(found) == ["job"]
    assert [value(grant.role) for grant in found["job"].grants] == ["Owner", "Reader"]
    place = found["job"].grants[0].role.at
    assert place.path == "infra/main.bicep"
    assert main[slice(*place.within)] == f"'{OWNER}'"


def test_an_output_of_a_module_leads_to_its_identity():
    module = IDENTITY + "output principalId string = job.properties.principalId\n"
    main = "module id 'id.bicep' = {\n  name: 'id'\n}\n" + given(whole(OWNER), principal="id.outputs.principalId")
    found = subjects({"main.bicep": main, "id.bicep": module})
    assert [value(grant.role) for grant in found["job"].grants] == ["Owner"]
    assert value(found["job"].kind) == "service_account"


def test_modules_that_call_each_other_end():
    main = "module a 'a.bicep' = {\n  name: 'a'\n}\n" + IDENTITY
    found = subjects({"main.bicep": main, "a.bicep": "module m 'main.bicep' = {\n  name: 'm'\n}\n"})
    assert list(found) in ([], ["job"])


def test_a_loop_over_a_literal_list_counts_each_turn():
    text = IDENTITY + (
        f"var roles = ['{OWNER}', '{READER}']\n"
        "resource given 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in roles: {\n"
        "  name: guid(role)\n  properties: {\n    principalId: job.properties.principalId\n"
        "    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)\n  }\n}]\n"
    )
    assert [value(grant.role) for grant in subjects({"main.bicep": text})["job"].grants] == ["Owner", "Reader"]


def test_what_an_operator_decides_is_unknown():
    role = f"isAdmin\n      ? {whole(OWNER)}\n      : {whole(READER)}"
    text = "param isAdmin bool\n" + IDENTITY + given(role)
    grant = subjects({"main.bicep": text})["job"].grants[0]
    assert isinstance(grant.role, Unknown)
    assert isinstance(subjects({"main.bicep": text})["job"].escalations, tuple)


def test_a_federated_credential_inside_its_identity():
    text = IDENTITY.replace(
        "  location: 'westeurope'\n",
        "  location: 'westeurope'\n  resource github 'federatedIdentityCredentials' = {\n    name: 'github'\n"
        "    properties: {\n      issuer: 'https://token.actions.githubusercontent.com'\n"
        "      subject: 'repo:acme/site:pull_request'\n      audiences: ['api://AzureADTokenExchange']\n    }\n  }\n",
    )
    trust = subjects({"main.bicep": text})["job"].trusts[0]
    assert value(trust.subject_scope) == "pull_request"
    assert value(trust.audience) == ("api://AzureADTokenExchange",)


def test_a_custom_role_of_a_bicep_file():
    text = (
        "targetScope = 'subscription'\nresource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {\n"
        "  name: guid('role')\n  properties: {\n    roleName: 'granter'\n    assignableScopes: [subscription().id]\n"
        "    permissions: [\n      {\n        actions: ['Microsoft.Authorization/*']\n"
        "        notActions: ['Microsoft.Web/*']\n      }\n    ]\n  }\n}\n"
    )
    role = subjects({"main.bicep": text})["granter"]
    assert "az-roleassignment-write" in ids(role)
    assert value(role.grants[0].idle_exclusions) == ("Microsoft.Web/*",)
    assert value(role.assignable_to) == ("/subscriptions/${subscription}",)


SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/%seploymentTemplate.json#"


def template(resources, kind="d", **more):
    return json.dumps({"$schema": SCHEMA % kind, "contentVersion": "1.0.0.0", **more, "resources": resources})


def test_a_template_with_parameters_variables_and_references():
    text = template(
        [
            {"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "name": "[variables('name')]"},
            {
                "type": "Microsoft.Authorization/roleAssignments",
                "name": "[guid('x')]",
                "properties": {
                    "roleDefinitionId": "[concat(subscription().id, '/providers/Microsoft.Authorization/roleDefinitions/', "
                    "parameters('role'))]",
                    "principalId": "[reference(resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', "
                    "variables('name'))).principalId]",
                },
            },
        ],
        parameters={"role": {"type": "string", "defaultValue": OWNER}},
        variables={"name": "job"},
    )
    found = subjects({"azuredeploy.json": text})
    assert list(found) == ["job"]
    assert value(found["job"].grants[0].role) == "Owner"
    assert value(found["job"].kind) == "service_account"


def test_a_nested_template_holds_where_it_is_deployed():
    inner = {
        "$schema": SCHEMA % "d",
        "resources": [
            {
                "type": "Microsoft.Authorization/roleAssignments",
                "name": "x",
                "properties": {
                    "roleDefinitionId": f"/providers/Microsoft.Authorization/roleDefinitions/{OWNER}",
                    "principalId": "[parameters('who')]",
                    "principalType": "ServicePrincipal",
                },
            }
        ],
    }
    nested = {"type": "Microsoft.Resources/deployments", "name": "n", "properties": {"template": inner}}
    outer = template([{**nested, "resourceGroup": "site"}], "subscriptionD")
    found = subjects({"main.json": outer})
    assert value(next(iter(found.values())).grants[0].scope_level) == "resource_group"


def test_a_nested_template_of_its_own_scope_is_given_its_parameters():
    way_in = {
        "type": "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
        "name": "job/pipeline",
        "properties": {"issuer": "[parameters('from')]", "subject": "x", "audiences": ["api://AzureADTokenExchange"]},
    }
    inner = {"$schema": SCHEMA % "d", "parameters": {"from": {"type": "string"}}, "resources": [way_in]}
    deployed = {
        "template": inner,
        "expressionEvaluationOptions": {"scope": "inner"},
        "parameters": {"from": {"value": "[variables('issuer')]"}},
    }
    nested = {"type": "Microsoft.Resources/deployments", "name": "n", "properties": deployed}
    outer = template([nested], variables={"issuer": "https://tokens.example.com"})
    (found,) = subjects({"main.json": outer}).values()
    assert value(found.trusts[0].issuer) == "tokens.example.com"


def test_a_compiled_template_is_judged_at_its_source_wherever_that_stands():
    compiled = {"metadata": {"_generator": {"name": "bicep", "version": "0.39.26.7824"}}}
    made = template([{"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "name": "made"}], **compiled)
    written = IDENTITY + given(whole(OWNER))
    assert list(subjects({"bicep/out.bicep": written, "arm/out.json": made})) == ["job"]
    assert list(subjects({"infra/site/b/main.bicep": written, "infra/site/a/out.json": made})) == ["job"]
    assert "made" in subjects({"other/main.bicep": written, "arm/out.json": made})
    assert list(subjects({"arm/out.json": made})) == ["made"]


def test_a_template_beside_the_bicep_file_it_was_made_from_does_not_count_twice():
    text = IDENTITY + given(whole(OWNER))
    made = template([{"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "name": "made"}])
    assert list(subjects({"main.bicep": text, "main.json": made})) == ["job"]
    assert "made" in subjects({"main.bicep": text, "other.json": made})


@pytest.mark.parametrize(
    "role",
    [
        {"Name": "own", "Actions": ["*"], "NotActions": [], "AssignableScopes": ["/subscriptions/x"]},
        {"roleName": "own", "permissions": [{"actions": ["*"]}], "assignableScopes": ["/subscriptions/x"]},
        {"properties": {"roleName": "own", "permissions": [{"actions": ["*"]}], "assignableScopes": ["/x"]}},
    ],
)
def test_each_shape_of_a_role_file(role):
    found = subjects({"role.json": json.dumps(role)})["own"]
    assert value(found.grants[0].actions) == ("*",)
    assert value(found.admin) is True


def test_a_built_in_role_and_a_look_alike_are_left_alone():
    listed = {"roleName": "Reader", "roleType": "BuiltInRole", "permissions": [], "assignableScopes": ["/"]}
    assert subjects({"role.json": json.dumps(listed), "other.json": '{"assignableScopes": "about"}'}) == {}


def parsed(source):
    return list(Parser(source, tokens(source)).declarations())


def test_texts_with_quotes_and_expressions_keep_their_parts():
    (one,) = parsed("var a = 'it\\'s ${b['x']} and ${c}'")
    assert one.value.parts[0] == "it's "
    assert len([part for part in one.value.parts if not isinstance(part, str)]) == 2


@pytest.mark.parametrize("source", ["var a = " + "[" * 500, "var a = " + "f(" * 500, "var a = '" + "${'" * 300])
def test_deep_nesting_ends_the_file(source):
    with pytest.raises(TooDeep):
        parsed(source)


def test_a_module_that_leaves_role_and_receiver_to_its_caller_states_nothing():
    text = "param who string\nparam what string\n" + given("what", principal="who")
    assert subjects({"role.bicep": text}) == {}
    assert list(
        subjects({"role.bicep": text.replace("roleDefinitionId: what", f"roleDefinitionId: {whole(OWNER)}")})
    ) == ["who"]


@pytest.mark.parametrize("named", ["ids.owner", "ids['owner']", "owner"])
def test_a_role_from_a_dictionary_is_placed_where_it_is_assigned(named):
    names = f"var ids = {{\n  owner: '{OWNER}'\n}}\nvar owner = '{OWNER}'\n"
    text = names + IDENTITY + given(whole(OWNER).replace(f"'{OWNER}'", named))
    grant = subjects({"main.bicep": text})["job"].grants[0]
    start, end = grant.role.at.within
    assert value(grant.role) == "Owner"
    assert text[start:end] in (named, "'owner'")


def test_a_role_that_a_caller_hands_over_is_placed_there():
    inner = "param role string\n" + IDENTITY + given(whole(OWNER).replace(f"'{OWNER}'", "role"))
    caller = f"module inner 'inner.bicep' = {{\n  name: 'inner'\n  params: {{ role: '{OWNER}' }}\n}}\n"
    grant = subjects({"main.bicep": caller, "inner.bicep": inner})["job"].grants[0]
    assert grant.role.at.path == "main.bicep"


def test_a_template_that_an_artifact_of_a_blueprint_carries():
    template = {
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "parameters": {"key": {"type": "secureString", "defaultValue": "gT5#mQ9w" + "Zx2!pL8v"}},
        "resources": [
            {
                "type": "Microsoft.Authorization/roleDefinitions",
                "apiVersion": "2022-04-01",
                "name": "all",
                "properties": {"permissions": [{"actions": ["*"]}], "assignableScopes": ["[subscription().id]"]},
            }
        ],
    }
    files = {"artifact.json": json.dumps({"kind": "template", "properties": {"template": template}})}
    (role,) = subjects(files).values()
    assert role.at.pointer[:4] == ("properties", "template", "resources", 0)
    assert subjects(files, "credential")


def copied(role, principal, count="[length(variables('all'))]"):
    return {
        "$schema": "https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#",
        "parameters": {"ids": {"type": "array", "defaultValue": ["first", "second"]}},
        "variables": {"all": [{"role": READER, "who": "first"}, {"role": OWNER, "who": "second"}]},
        "resources": [
            {
                "type": "Microsoft.Authorization/roleAssignments",
                "name": "[guid('x', string(copyIndex()))]",
                "copy": {"name": "each", "count": count},
                "properties": {
                    "principalId": principal,
                    "principalType": "ServicePrincipal",
                    "roleDefinitionId": f"[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', {role})]",
                },
            }
        ],
    }


@pytest.mark.parametrize(
    ("role", "principal"),
    [
        ("variables('all')[copyIndex()].role", "[variables('all')[copyIndex('each')].who]"),
        ("variables('all')[copyIndex('each')].role", "[parameters('ids')[copyIndex()]]"),
    ],
)
def test_a_loop_of_a_template_is_read_turn_by_turn(role, principal):
    found = subjects({"azuredeploy.json": json.dumps(copied(role, principal)).encode()})
    assert {name: value(one.grants[0].role) for name, one in found.items()} == {"first": "Reader", "second": "Owner"}


def test_a_loop_whose_number_of_turns_is_not_known_leaves_the_role_open():
    template = copied("variables('all')[copyIndex()].role", "first", "[parameters('count')]")
    (found,) = subjects({"azuredeploy.json": json.dumps(template).encode()}).values()
    assert isinstance(found.grants[0].role, Unknown)


def test_entries_of_an_object_are_gone_through():
    text = (
        f"targetScope = 'subscription'\nvar roles = {{\n  owner: '{OWNER}'\n}}\n" + IDENTITY + ""
        "resource given 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for r in items(roles): {\n"
        "  name: guid(r.key)\n  properties: {\n    principalId: job.properties.principalId\n"
        "    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', r.value)\n  }\n}]\n"
    )
    assert value(subjects({"main.bicep": text})["job"].grants[0].role) == "Owner"
