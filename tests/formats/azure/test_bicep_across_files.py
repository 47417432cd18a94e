"""What Bicep files take from files of parameters, from each other by name, and from the public registry."""

from __future__ import annotations

import pytest

from nhilint.formats.azure.registry_modules import module_of_registry
from nhilint.model.fact import Unknown, known_records
from tests.formats.azure.repository import subjects, value

OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
MAIN = """targetScope = 'subscription'
%s
resource given 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid('x')
  properties: {
    principalId: 'bot'
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', %s)
  }
}
"""


def role_of(files):
    (found,) = subjects(files).values()
    return found.grants[0].role


def parameters(role, using="./main.bicep"):
    return f"using '{using}'\n\nparam role = '{role}'\n"


def test_a_file_of_parameters_fills_in_what_has_no_default():
    files = {"infra/main.bicep": MAIN % ("param role string", "role"), "infra/prod.bicepparam": parameters(OWNER)}
    role = role_of(files)
    assert (value(role), role.at.path) == ("Owner", "infra/prod.bicepparam")


def test_files_of_parameters_that_differ_leave_it_open():
    main = MAIN % ("param role string", "role")
    files = {"main.bicep": main, "a.bicepparam": parameters(OWNER), "b.bicepparam": parameters(READER)}
    assert isinstance(role_of(files), Unknown)


def test_marks_that_a_pipeline_replaces_are_no_values():
    role = role_of({"main.bicep": MAIN % ("param role string", "role"), "a.bicepparam": parameters("__role__")})
    assert (isinstance(role, Unknown), role.at.path) == (True, "main.bicep")


def test_parameters_of_another_file_do_not_count():
    files = {"main.bicep": MAIN % ("param role string", "role"), "a.bicepparam": parameters(OWNER, "other.bicep")}
    assert isinstance(role_of(files), Unknown)


@pytest.mark.parametrize(
    ("taken", "used"),
    [
        ("import { ids } from 'roles.bicep'", "ids.owner"),
        ("import { ids as all, other } from 'roles.bicep'", "all.owner"),
        ("import {\n  other\n  ids\n} from 'roles.bicep'", "ids.owner"),
        ("import * as roles from 'roles.bicep'", "roles.ids.owner"),
    ],
)
def test_variables_that_another_file_lends_are_told_where_they_are_used(taken, used):
    lender = f"@export()\nvar ids = {{\n  owner: '{OWNER}'\n}}\n@export()\nvar other = 'x'\n"
    role = role_of({"main.bicep": MAIN % (taken, used), "roles.bicep": lender})
    assert (value(role), role.at.path) == ("Owner", "main.bicep")


def test_files_that_import_each_other_end():
    each = "import { ids } from '%s.bicep'\n@export()\nvar ids = ids\n"
    found = subjects({"main.bicep": MAIN % (each % "b", "ids"), "b.bicep": each % "main"})
    assert [isinstance(one.grants[0].role, Unknown) for one in found.values()] == [True]


@pytest.mark.parametrize(
    ("module", "params", "level"),
    [
        ("br/public:avm/res/authorization/role-assignment/sub-scope:0.1.0", "", "subscription"),
        ("br:mcr.microsoft.com/bicep/avm/res/authorization/role-assignment/mg-scope:0.1.0", "", "management_group"),
        ("br/public:avm/res/authorization/role-assignment/rg-scope:0.1.0", "", "resource_group"),
        ("br/public:avm/ptn/authorization/role-assignment:0.2.0", "subscriptionId: 's'", "subscription"),
        ("br/public:avm/ptn/authorization/role-assignment:0.2.0", "", "management_group"),
        (
            "br/public:avm/ptn/authorization/role-assignment:0.2.0",
            "subscriptionId: 's'\n    resourceGroupName: 'g'",
            "resource_group",
        ),
    ],
)
def test_role_assignments_of_verified_modules(module, params, level):
    text = (
        f"targetScope = 'managementGroup'\nmodule given '{module}' = {{\n  name: 'given'\n  params: {{\n"
        f"    principalId: 'bot'\n    principalType: 'ServicePrincipal'\n    roleDefinitionIdOrName: 'Owner'\n"
        f"    {params}\n  }}\n}}\n"
    )
    (found,) = subjects({"main.bicep": text}).values()
    assert (value(found.grants[0].role), value(found.grants[0].scope_level)) == ("Owner", level)


def test_an_identity_of_a_verified_module_holds_roles_and_takes_tokens():
    text = (
        "targetScope = 'subscription'\n"
        "module job 'br/public:avm/res/managed-identity/user-assigned-identity:0.4.0' = {\n"
        "  scope: resourceGroup('site')\n  params: {\n    name: 'job'\n    federatedIdentityCredentials: [\n"
        "      {\n        name: 'gh'\n        audiences: ['api://AzureADTokenExchange']\n"
        "        issuer: 'https://token.actions.githubusercontent.com'\n        subject: 'repo:acme/x:pull_request'\n"
        "      }\n    ]\n  }\n}\n"
    ) + MAIN.replace("targetScope = 'subscription'\n", "").replace("'bot'", "job.outputs.principalId") % (
        "",
        f"'{OWNER}'",
    )
    found = subjects({"main.bicep": text})["job"]
    assert value(found.kind) == "service_account"
    assert value(found.grants[0].role) == "Owner"
    assert len(known_records(found.trusts)) == 1


@pytest.mark.parametrize(
    "address",
    ["br/public:storage/account:1.0", "br:acme.azurecr.io/avm/res/authorization/role-assignment:1", "./a.bicep"],
)
def test_other_modules_are_none_of_the_registry(address):
    assert module_of_registry(address) == ""


IDENTITY = """param called string
resource id 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: called
}
output principalId string = id.properties.principalId
"""
GIVEN = """
resource given%s 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid('%s')
  properties: {
    principalId: %s
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '%s')
  }
}
"""


def test_an_identity_is_called_as_its_module_is_told_to():
    main = "targetScope = 'subscription'\n"
    for name, role in (("reads", READER), ("owns", OWNER)):
        main += f"module {name} 'id.bicep' = {{\n  name: '{name}'\n  scope: resourceGroup('x')\n"
        main += f"  params: {{ called: '{name}-bot' }}\n}}\n"
        main += GIVEN % (name, name, f"{name}.outputs.principalId", role)
    found = subjects({"main.bicep": main, "id.bicep": IDENTITY})
    assert value(found["owns-bot"].grants[0].role) == "Owner"


def test_principals_that_are_not_followed_are_as_many_as_have_names():
    role = "targetScope = 'subscription'\nparam oneId string\nparam otherId string\n"
    role += GIVEN % ("A", "a", "oneId", READER) + GIVEN % ("B", "b", "otherId", OWNER)
    main = "targetScope = 'subscription'\nparam which bool\nmodule give 'role.bicep' = {\n  name: 'give'\n"
    main += "  params: { oneId: which ? 'a' : 'b', otherId: which ? 'c' : 'd' }\n}\n"
    found = subjects({"main.bicep": main, "role.bicep": role})
    assert {name: value(facts.grants[0].role) for name, facts in found.items()} == {
        "oneId": "Reader",
        "otherId": "Owner",
    }
