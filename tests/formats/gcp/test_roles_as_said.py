"""A role whose project is a stand-in or left to a run is called as its own files call it."""

from __future__ import annotations

import pytest

from nhilint.formats.gcp.declared import CustomRole
from nhilint.formats.gcp.roles import meaning, said
from nhilint.model.fact import Known
from nhilint.model.place import Place

AT = Place("main.tf", ())
OWN = "projects/own/roles/rescue"


def rescue() -> CustomRole:
    permissions = (Known("iam.serviceAccounts.getAccessToken", AT),)
    return CustomRole(at=AT, label="rescueAdmin", names=frozenset({OWN}), permissions=permissions)


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        (OWN, "rescueAdmin"),
        ("projects/${var.project}/roles/rescue", "rescueAdmin"),
        ("projects/acme/roles/rescue", "projects/acme/roles/rescue"),
        ("roles/owner", "roles/owner"),
    ],
)
def test_a_declared_role(role: str, shown: str) -> None:
    assert said(role, rescue()) == shown


def test_a_role_of_another_folder_is_called_by_its_label() -> None:
    assert said(OWN, None) == "rescue"


def test_what_is_told_of_a_role_has_no_stand_in() -> None:
    assert meaning(Known(OWN, AT), {OWN: rescue()}).name == "rescueAdmin"
