"""Patterns of operations as Azure means them, and the built-in roles."""

from __future__ import annotations

import pytest

from nhilint.knowledge import azure

ASSIGN = "Microsoft.Authorization/roleAssignments/write"


@pytest.mark.parametrize(
    ("pattern", "operation", "expected"),
    [
        ("*", ASSIGN, True),
        ("*/read", "Microsoft.Web/sites/read", True),
        ("*/read", ASSIGN, False),
        ("microsoft.authorization/*", ASSIGN, True),
        ("Microsoft.Authorization/*/write", ASSIGN, True),
        ("Microsoft.Authorization/*/write", "Microsoft.Authorization/write", False),
        ("Microsoft.Authorization/roleAssignments", ASSIGN, False),
        ("", ASSIGN, False),
    ],
)
def test_a_star_stands_for_any_text(pattern: str, operation: str, expected: bool) -> None:
    assert azure.matches(pattern, operation) is expected


def test_many_stars_take_no_long_time() -> None:
    assert not azure.matches("a*" * 500 + "c", "a" * 5_000 + "b")


def test_exclusions_thin_out_their_own_role_only() -> None:
    thin = azure.Permissions(actions=("*",), not_actions=("Microsoft.Authorization/*/write",))
    assert thin.allows("Microsoft.Web/sites/write")
    assert not thin.allows(ASSIGN)


def test_operations_on_data_are_apart() -> None:
    role = azure.Permissions(actions=("*",))
    assert not role.allows("data:Microsoft.KeyVault/vaults/secrets/getSecret/action")
    data = azure.Permissions(data_actions=("Microsoft.KeyVault/vaults/secrets/*",))
    assert data.allows("data:Microsoft.KeyVault/vaults/secrets/getSecret/action")


@pytest.mark.parametrize(
    "named",
    [
        "Owner",
        "owner",
        azure.OWNER,
        f"/providers/Microsoft.Authorization/roleDefinitions/{azure.OWNER}",
        f"/subscriptions/${{x}}/providers/Microsoft.Authorization/roleDefinitions/{azure.OWNER.upper()}",
    ],
)
def test_a_built_in_role_is_found_by_id_and_name(named: str) -> None:
    role = azure.built_in_role(named)
    assert role is not None
    assert role.name == "Owner"
    assert role.permissions[0].allows(ASSIGN)


def test_assigning_an_identity_is_known_in_both_spellings() -> None:
    operation = "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action"
    operator = azure.built_in_role("Managed Identity Operator")
    assert operator is not None
    assert operator.permissions[0].allows(operation)
    assert azure.Permissions(actions=(operation,)).allows(operation)
    without = azure.Permissions(actions=("*",), not_actions=("Microsoft.ManagedIdentity/*/*/assign/action",))
    assert not without.allows(operation)


def test_other_roles_are_not_known() -> None:
    assert azure.built_in_role("Deployer of acme") is None
    assert azure.built_in_role("") is None


def test_all_built_in_roles_are_at_hand() -> None:
    names = azure.built_in_names()
    assert len(names) == 928
    assert {"Contributor", "User Access Administrator", "Role Based Access Control Administrator"} <= set(names)


@pytest.mark.parametrize("named", ["62e90394-69f5-4237-9190-012177145e10", "global administrator"])
def test_directory_roles_that_control_are_known(named: str) -> None:
    assert azure.controlling_role(named) == "Global Administrator"


def test_directory_readers_control_nothing() -> None:
    assert azure.controlling_role("Directory Readers") is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Microsoft.Web/*", "Microsoft.Web/sites/delete", True),
        ("Microsoft.Web/sites/delete", "*/delete", True),
        ("Microsoft.Web/*", "Microsoft.Authorization/*/write", False),
        ("*/read", "Microsoft.Web/*", True),
        ("*/read", "Microsoft.Web/*/write", False),
    ],
)
def test_patterns_that_can_mean_the_same_overlap(one: str, other: str, expected: bool) -> None:
    assert azure.overlap(one, other) is expected
