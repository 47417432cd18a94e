"""The shipped table is what the refresh tool makes of a role list."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[3] / "tools" / "refresh"))

import azure_roles

ROLES = [
    {
        "name": "b",
        "roleName": "Writer",
        "roleType": "BuiltInRole",
        "permissions": [{"actions": ["x/write", "x/read"], "notActions": [], "dataActions": [], "notDataActions": []}],
    },
    {
        "name": "a",
        "roleName": "Own",
        "roleType": "CustomRole",
        "permissions": [{"actions": ["y/*"], "notActions": [], "dataActions": [], "notDataActions": []}],
    },
]


def test_custom_roles_are_left_out_and_operations_numbered() -> None:
    made = azure_roles.table(ROLES)
    assert made["roles"] == [["b", "Writer", [[[0, 1], [], [], []]]]]
    assert made["operations"][0] == "x/read"


def test_another_source_is_refused() -> None:
    with pytest.raises(ValueError, match="not the file of commit"):
        azure_roles.packed(json.dumps(ROLES).encode())
