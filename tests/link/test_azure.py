"""Bicep files are joined by the modules they call; their fragments never reach a check."""

from __future__ import annotations

from msgspec.structs import replace

from nhilint.formats.azure.bicep import extract
from nhilint.formats.azure.claims import CLAIMS
from nhilint.link.azure import join
from nhilint.source.document import read

BICEP = next(claim for claim in CLAIMS if claim.format == "bicep")
ROLE = """
param who string
resource given 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  properties: {
    principalId: who
    principalType: 'ServicePrincipal'
    roleDefinitionId: '/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7'
  }
}
"""
CALL = """
resource %s 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '%s'
}
module role '../modules/role.bicep' = {
  name: 'role'
  params: { who: %s.properties.principalId }
}
"""


def joined(files):
    fragments = []
    for path, text in files.items():
        fragments.extend(extract(read(path, text.encode(), BICEP.syntax), BICEP).resources)
    return join(tuple(fragments))


def test_a_file_that_two_others_call_counts_for_each_of_them():
    found = joined(
        {
            "modules/role.bicep": ROLE,
            "a/main.bicep": CALL % (("one",) * 3),
            "b/main.bicep": CALL % (("two",) * 3),
        }
    )
    assert sorted(resource.name for resource in found) == ["one", "two"]
    assert all(len(resource.facts.grants) == 1 for resource in found)


def test_a_file_that_nobody_calls_is_read_by_itself():
    (found,) = joined({"modules/role.bicep": ROLE})
    assert found.name == "who"
    assert found.at.path == "modules/role.bicep"


def test_a_file_without_anything_of_interest_leaves_nothing():
    text = "resource store 'Microsoft.Storage/storageAccounts@2023-01-01' = {\n  name: 'x'\n}\n"
    assert joined({"main.bicep": text}) == ()


def test_what_a_test_deploys_is_a_test_wherever_its_module_lies():
    fragments = []
    for path, text, setting in (
        ("modules/role.bicep", ROLE, "production"),
        ("a/main.bicep", CALL % (("one",) * 3), "test"),
        ("b/main.bicep", CALL % (("two",) * 3), "production"),
    ):
        found = extract(read(path, text.encode(), BICEP.syntax), BICEP).resources
        fragments.extend(replace(one, setting=setting) for one in found)
    assert {one.name: one.setting for one in join(tuple(fragments))} == {"one": "test", "two": "production"}
