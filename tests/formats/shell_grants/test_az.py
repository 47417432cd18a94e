"""What command lines of the Azure CLI give, and to whom."""

from __future__ import annotations

import pytest

from nhilint.model.fact import Unknown, value_of
from tests.formats.shell_grants.reading import identities

_OWNER = 'az role assignment create --role Owner --scope "/subscriptions/$S" '


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"{_OWNER}--assignee-object-id $ID --assignee-principal-type ServicePrincipal", "service_account"),
        (f"{_OWNER}--assignee-object-id $ID --assignee-principal-type Group", "group"),
        (f"ID=$(az ad signed-in-user show --query id -o tsv)\n{_OWNER}--assignee $ID", "user"),
        (f"ID=$(az identity show -n bot -g g --query principalId -o tsv)\n{_OWNER}--assignee $ID", "service_account"),
        (f"if x; then ID=$(az ad sp list); else ID=$(az ad sp create --id $A); fi\n{_OWNER}--assignee $ID", "app"),
        (f'give() {{ {_OWNER}--assignee "$1"; }}\nID=$(az ad group show -g a)\ngive $ID', "group"),
        (f"{_OWNER}--assignee jane@acme.example", "user"),
        ("az ad sp create-for-rbac -n bot --role Owner --scopes /subscriptions/$S", "app"),
    ],
)
def test_who_is_meant(text, kind):
    (facts,) = identities(text).values()
    assert value_of(facts.kind) == kind
    assert value_of(facts.grants[0].scope_level) == "subscription"


@pytest.mark.parametrize(
    "text",
    [
        f"{_OWNER}--assignee $ID",
        f"ID=$(az ad user show --id x)\nID=$(az ad sp show --id x)\n{_OWNER}--assignee $ID",
    ],
)
def test_who_is_not_said(text):
    (facts,) = identities(text).values()
    assert isinstance(facts.kind, Unknown)


@pytest.mark.parametrize(
    ("scope", "level"),
    [
        ("/subscriptions/$S/resourceGroups/$G", "resource_group"),
        ("/providers/Microsoft.Management/managementGroups/$M", "management_group"),
        ("$SCOPE", None),
    ],
)
def test_where_a_role_holds(scope, level):
    (facts,) = identities(f"az role assignment create --role Owner --scope {scope} --assignee a@b.example").values()
    assert value_of(facts.grants[0].scope_level) == level


def test_what_is_taken_away_again_and_roles_of_other_systems():
    assert identities(f"{_OWNER}--assignee $ID\naz role assignment delete --role Owner --assignee $ID") == {}
    assert (
        identities("az cosmosdb sql role assignment create --role-definition-id 0 --principal-id $ID --scope /") == {}
    )
