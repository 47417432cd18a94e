"""Every known path is found from what it needs, and from nothing less."""

from __future__ import annotations

import pytest

from nhilint.knowledge import azure
from nhilint.knowledge.scopes import look_up

PATHS = azure.all_escalations()


def test_there_are_84_paths() -> None:
    assert len(PATHS) == 84
    assert len({path.id for path in PATHS}) == 84


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.id)
def test_a_path_opens_by_each_alternative_and_not_by_less(path: azure.Escalation) -> None:
    for needed in path.requires:
        assert path in azure.escalations(set(needed).__contains__)
        for left_out in needed:
            rest = set(needed) - {left_out}
            others = [other for other in path.requires if set(other) <= rest]
            assert others or path not in azure.escalations(rest.__contains__)


@pytest.mark.parametrize("path", [path for path in PATHS if path.guids], ids=lambda path: path.id)
def test_graph_ids_are_those_of_the_catalogue(path: azure.Escalation) -> None:
    known = look_up("microsoft-graph", path.guids[0])
    assert known is not None
    assert path.requires == ((f"graph:{known.id}",),)
    assert known.acts_as == "app"


def test_operations_exist_in_built_in_roles_or_below_a_provider_of_one() -> None:
    providers = set()
    for name in azure.built_in_names():
        role = azure.built_in_role(name)
        for block in role.permissions if role else ():
            providers.update(action.split("/")[0].lower() for action in (*block.actions, *block.data_actions))
    named = {
        right.removeprefix(azure.DATA).split("/")[0].lower()
        for path in PATHS
        for needed in path.requires
        for right in needed
        if not right.startswith(("graph:", "entra:"))
    }
    assert named <= providers | {"microsoft.managedservices"}


def test_paths_that_only_add_permissions_are_left_out() -> None:
    held = {
        "Microsoft.Resources/deploymentScripts/write",
        "Microsoft.Resources/deployments/write",
        "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
    }
    found = azure.escalations(held.__contains__)
    assert "az-deployments-write" in {path.id for path in found}
    kept = azure.simplest(found, held.__contains__)
    assert "az-deployments-write" not in {path.id for path in kept}
    assert "az-deployment-script" in {path.id for path in kept}


def test_reading_opens_nothing() -> None:
    reader = azure.built_in_role("Reader")
    assert reader is not None
    assert azure.escalations(lambda right: any(block.allows(right) for block in reader.permissions)) == ()
