"""A scope tells its level by its form, unless a person left a part of it out."""

from __future__ import annotations

import pytest

from nhilint.formats.azure.scope import level_of


@pytest.mark.parametrize(
    ("scope", "level"),
    [
        ("/", "tenant"),
        ("/providers/Microsoft.Management/managementGroups/landing", "management_group"),
        ("/subscriptions/${var.id}", "subscription"),
        ("/subscriptions/00000000-0000-0000-0000-000000000000", "subscription"),
        ("/subscriptions/${var.id}/resourceGroups/web", "resource_group"),
        ("/subscriptions/....", None),
        ("/subscriptions/<id>/resourceGroups/…", None),
        ("${var.aks_cluster_id}", "resource"),
        ("${var.scope}", None),
    ],
)
def test_the_level_of_a_scope(scope, level):
    assert level_of(scope) == level
